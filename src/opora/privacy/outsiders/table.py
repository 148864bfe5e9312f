"""The table: organisations and totals × shares of a counted programme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from opora.indicators.formula import bound as b
from opora.indicators.results import Breakdown, IndicatorResult, ProgrammeResult, Shape, Value
from opora.privacy.outsiders.kinship import Traits, are_kin, traits_of
from opora.privacy.outsiders.suppression import Count
from opora.privacy.outsiders.versions import Told, hidden_beside
from opora.programmes.compute import bound_indicators
from opora.programmes.model import Programme

_ALL = ""
_ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Groups:
    """Totals between the organisations and the whole."""

    by: str
    """A breakdown of the programme's result: ``organisation_kind``, ``municipality``."""
    of: Mapping[str, str]
    """By the key of an organisation that of its group."""


@dataclass(frozen=True, slots=True)
class Shown:
    """``n`` of ``total``."""

    n: int
    total: int


@dataclass(frozen=True, slots=True)
class Row:
    place: str
    """The same in tables of other days."""
    title: str
    cells: tuple[Shown | None, ...]
    """One for each indicator; None where it is hidden."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A column that was published before."""

    traits: Traits
    told: Told
    forbids: bool
    """A question that is kin to it is not told beside it at all: it is too near, or of places that lie within these."""


@dataclass(frozen=True, slots=True)
class OutsidersTable:
    """Nothing else of the result goes to outsiders: no filters, no lists, no other breakdown of it."""

    codes: tuple[str, ...]
    titles: tuple[str, ...]
    """Of the indicators."""
    traits: tuple[Traits, ...]
    """Of the indicators: by these a later table knows its kin."""
    rows: tuple[Row, ...]
    """The whole first, then the groups, then the organisations."""
    left_out: tuple[str, ...]
    """Codes of shares that could be subtracted from one that is shown, here or in an earlier table."""


def outsiders_table(
    result: ProgrammeResult, programme: Programme, groups: Groups | None = None, earlier: Sequence[Earlier] = ()
) -> OutsidersTable:
    """Of the shares of the result that are broken down by organisations (and by the groups), as the programme orders
    them. ``earlier``: all that was ever published of these places, or of those in which they lie, or that lie in
    them: without it two tables can be subtracted from each other."""
    candidates = [one for one in result.indicators if _counts(one, groups) is not None]
    forbidden = [each.traits for each in earlier if each.forbids]
    chosen, taken, left_out = _without_kin(candidates, programme, forbidden)
    columns = [
        _column(one, groups, [each.told for each in earlier if not each.forbids and are_kin(each.traits, traits)])
        for one, traits in zip(chosen, taken, strict=True)
    ]
    titles: dict[str, str] = {}
    for one in chosen:
        titles |= _titles(one, groups)
    order = sorted(titles, key=lambda place: (place != _ALL, not place.startswith("g"), titles[place]))
    return OutsidersTable(
        codes=tuple(one.code for one in chosen),
        titles=tuple(one.title for one in chosen),
        traits=tuple(taken),
        rows=tuple(Row(place, titles[place], tuple(column.get(place) for column in columns)) for place in order),
        left_out=left_out,
    )


def _without_kin(
    candidates: list[IndicatorResult], programme: Programme, forbidden: Sequence[Traits]
) -> tuple[list[IndicatorResult], list[Traits], tuple[str, ...]]:
    formulas = {one.indicator.code: one.formula for one in bound_indicators(programme)}
    chosen: list[IndicatorResult] = []
    taken: list[Traits] = []
    for one in candidates:
        formula = formulas[one.code]
        assert isinstance(formula, b.ShareOf)
        traits = traits_of(formula)
        if not any(are_kin(traits, other) for other in (*forbidden, *taken)):
            chosen.append(one)
            taken.append(traits)
    return chosen, taken, tuple(one.code for one in candidates if one not in chosen)


def _column(indicator: IndicatorResult, groups: Groups | None, earlier: Sequence[Told]) -> dict[str, Shown]:
    counts = _counts(indicator, groups)
    assert counts is not None
    kept_back = hidden_beside(counts, _above(counts, groups), earlier)
    return {place: Shown(count.n, count.total) for place, count in counts.items() if place not in kept_back}


def _counts(indicator: IndicatorResult, groups: Groups | None) -> dict[str, Count] | None:
    """By place; None where the indicator is no share of whole numbers, or is not broken down so."""
    found: dict[str, Count | None] = {_ALL: _count(indicator.value)}
    for prefix, by in _levels(groups):
        breakdown = _breakdown(indicator, by)
        if breakdown is None:
            return None
        found |= {f"{prefix}{group.key or ''}": _count(group.value) for group in breakdown.groups}
    counts = {place: count for place, count in found.items() if count is not None}
    return counts if len(counts) == len(found) else None


def _levels(groups: Groups | None) -> list[tuple[str, str]]:
    """How the places of each level begin, and the breakdown that they come from."""
    return [*([("g", groups.by)] if groups else []), ("o", _ORGANISATION)]


def _above(counts: Mapping[str, Count], groups: Groups | None) -> dict[str, str]:
    above = {}
    for place in counts:
        if place != _ALL:
            group = groups.of.get(place[1:]) if groups and place.startswith("o") else None
            above[place] = f"g{group}" if group is not None and f"g{group}" in counts else _ALL
    return above


def _titles(indicator: IndicatorResult, groups: Groups | None) -> dict[str, str]:
    titles = {_ALL: "Всего"}
    for prefix, by in _levels(groups):
        breakdown = _breakdown(indicator, by)
        titles |= {f"{prefix}{one.key or ''}": one.title for one in (breakdown.groups if breakdown else ())}
    return titles


def _breakdown(indicator: IndicatorResult, by: str) -> Breakdown | None:
    return next((one for one in indicator.breakdowns if one.by == by), None)


def _count(value: Value) -> Count | None:
    """Where nobody is counted there are no numbers."""
    numbers = (value.n or 0, value.total or 0, value.unknown)
    if value.shape is not Shape.SHARE or not all(float(one).is_integer() for one in numbers):
        return None
    return Count(*map(int, numbers))
