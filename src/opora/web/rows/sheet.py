"""Many rows of one table entered together: what all have in common is told once, the rest in a line for each."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields, replace
from functools import cached_property

from opora.access.keeping import places_of
from opora.access.seeing import Standing
from opora.access.seeing.concerns import CONCERNS
from opora.indicators.dataset.cells import Value
from opora.indicators.dataset.schema import Column, Kind
from opora.indicators.dataset.tables import TABLES
from opora.web.rows.kept import KEPT, Kept

_COUNTED = (Kind.NUMBER, Kind.INTEGER, Kind.FLAG)
_HERS = {
    "attestation": {"post"},
    "contest_entry": {"result"},
    "diagnostic_result": {"level"},
    "participation": {"role"},
    "team_member": {"role"},
    "training": {"document_number"},
}
"""What else differs from person to person, besides numbers and what is yes or no."""
_INSTEAD = {"contest_entry": {"team", "organisation"}, "project_participant": {"organisation"}}
"""Who takes part in place of a person."""
_SAME = (Kind.FLAG, Kind.CHOICE)
"""What differs but may be the same for nearly all: told for all, and for one otherwise."""


@dataclass(frozen=True)
class Sheet:
    kept: Kept
    owner: str = ""
    """The field of the row to which these belong, where that is entered with them: only lines are told then."""

    @property
    def name(self) -> str:
        return self.kept.name

    @cached_property
    def of_people(self) -> bool:
        """A line for each person; else each line is filled by hand."""
        return "person" in self.kept.entered

    @cached_property
    def own(self) -> dict[str, Column]:
        """Told in each line; may be left empty there, if it is told for all."""
        told = {name: column for name, column in self._entered.items() if self._differs(name, column)}
        return {name: self._eased(name, column) for name, column in told.items()}

    @cached_property
    def common(self) -> dict[str, Column]:
        if self.owner:
            return {}
        own = {name for name in self.own if self._entered[name].kind not in _SAME}
        return {name: column for name, column in self._entered.items() if name not in own}

    @cached_property
    def usual(self) -> dict[str, Value]:
        """What the verbs take where nothing is told: who is named was there."""
        told = {each.name: each.default for each in fields(self.kept.new) if each.name in self._entered}
        return {name: value for name, value in told.items() if value is not MISSING and value is not None}

    @property
    def fits(self) -> bool:
        """With its owner: all that it must be told can be told in a line."""
        return not any(column.required and name not in self.own for name, column in self._entered.items())

    @cached_property
    def _entered(self) -> dict[str, Column]:
        left_out = {"person", self.owner, *_INSTEAD.get(self.name, ())}
        entered = {name: column for name, column in self.kept.entered.items() if name not in left_out}
        return {name: column for name, column in entered.items() if not self._of_one_person(column)}

    def _of_one_person(self, column: Column) -> bool:
        """Her deficit, her request: of many people there is none in common."""
        concerns = KEPT[column.to].model if column.kind is Kind.REF and column.to in KEPT else None
        return self.of_people and concerns is not None and column.to != "person" and bool(CONCERNS[concerns].people)

    def _differs(self, name: str, column: Column) -> bool:
        if column.kind is Kind.REF:
            return False
        if not self.of_people:
            return True
        must = bool(self.owner) and column.required
        return must or column.kind in _COUNTED or name in _HERS.get(self.name, ())

    def _eased(self, name: str, column: Column) -> Column:
        return replace(column, required=False) if column.kind in _SAME and not self.owner else column


def sheet_for(what: str, standing: Standing) -> Sheet | None:
    """None where there are no such rows of many people or of one owner, or she keeps none."""
    kept = KEPT.get(what)
    if kept is None or not places_of(standing, kept.model):
        return None
    sheet = Sheet(kept)
    return sheet if sheet.of_people and kept.name != "person" else None


def sheets_for(standing: Standing) -> list[Sheet]:
    """All that she may enter of many people."""
    found = (sheet_for(name, standing) for name in KEPT)
    return [sheet for sheet in found if sheet is not None]


def parts_for(kept: Kept, standing: Standing) -> list[Sheet]:
    """What may be told together with a new row of this table: its steps, who was there"""
    told = [Sheet(KEPT[name], owner) for name, owner in parts_of(kept) if name not in _LATER]
    found = [sheet for sheet in told if places_of(standing, sheet.kept.model)]
    return [sheet for sheet in found if sheet.fits and (sheet.of_people or TABLES[sheet.name].owner == sheet.owner)]


def parts_of(kept: Kept) -> list[tuple[str, str]]:
    """Tables of which a row cannot be without one of this, and the field that names it."""
    return [
        (other.name, name)
        for other in (KEPT.values() if kept.name not in _NO_OWNERS else ())
        for name, column in other.entered.items()
        if column.required and column.to == kept.name
    ]


_NO_OWNERS = {"person", "organisation"}
"""They have pages of their own, and nearly everything is theirs."""
_LATER = {"meeting", "card_answer", "execution"}
"""What comes when its owner has been there for long."""
