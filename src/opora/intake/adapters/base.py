"""What an adapter is: one file that knows one kind of source."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Protocol

from opora.intake.reading import Reading
from opora.intake.sheets.mapping import SheetMapping
from opora.intake.sheets.told import Told

Json = dict[str, Any]
Organisations = Sequence[tuple[str, str]]
"""Key and title of each that the registry knows."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file as it came."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class FileTold:
    """What a person has told of a file."""

    on: dt.date | None = None
    organisation_key: str = ""
    about: str = ""
    """Title of the association, the contest or the instrument that its sheets are about."""
    nobodys: bool = False
    """It is of no single organisation, or no matter of which."""
    kinds: Mapping[str, str] = field(default_factory=dict)
    """Of sheets that did not tell their kind (``sheets.kinds``), by ``mapping_key``."""
    mappings: Mapping[str, SheetMapping] = field(default_factory=dict)
    """By ``mapping_key``."""

    @property
    def told(self) -> Told:
        return Told(on=self.on, organisation_key=self.organisation_key, about=self.about)

    def with_mappings(self, known: Mapping[str, SheetMapping]) -> FileTold:
        """Those of earlier files of the same shapes, where this one was told nothing else."""
        return replace(self, mappings={**known, **self.mappings})

    def to_json(self) -> Json:
        return {
            "on": self.on.isoformat() if self.on else None,
            "organisation_key": self.organisation_key,
            "about": self.about,
            "nobodys": self.nobodys,
            "kinds": dict(self.kinds),
            "mappings": {key: json.loads(mapping.to_json()) for key, mapping in self.mappings.items()},
        }

    @staticmethod
    def from_json(told: Json) -> FileTold:
        mappings = {key: mapping_of(each) for key, each in told.get("mappings", {}).items()}
        on = told.get("on")
        return FileTold(
            dt.date.fromisoformat(on) if on else None,
            told.get("organisation_key", ""),
            told.get("about", ""),
            told.get("nobodys", False),
            told.get("kinds", {}),
            mappings,
        )


def mapping_of(told: Json) -> SheetMapping:
    return SheetMapping.from_json(json.dumps(told))


@dataclass(frozen=True, slots=True)
class Proposed:
    """An organisation that a file may be of."""

    key: str
    title: str
    sure: bool = False


@dataclass(frozen=True, slots=True)
class SheetAsked:
    """A sheet whose columns somebody should look at once: the answer is kept for the next of that shape."""

    key: str
    title: str
    mapping: SheetMapping
    rows: tuple[tuple[str, ...], ...] = ()
    """The first rows under the heading, by the places of the mapping's columns."""
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What a file leaves open."""

    organisation: bool = False
    """Whose it is must be told."""
    organisations: tuple[Proposed, ...] = ()
    """The likeliest first."""
    sheets: tuple[SheetAsked, ...] = ()

    @property
    def settled(self) -> bool:
        return not self.organisation and all(sheet.sure for sheet in self.sheets)

    def to_json(self) -> Json:
        sheets = [
            {**asdict(sheet), "mapping": json.loads(sheet.mapping.to_json()), "rows": [list(row) for row in sheet.rows]}
            for sheet in self.sheets
        ]
        organisations = [asdict(each) for each in self.organisations]
        return {"organisation": self.organisation, "organisations": organisations, "sheets": sheets}

    @staticmethod
    def from_json(asked: Json) -> Asked:
        sheets = (
            SheetAsked(
                each["key"],
                each["title"],
                mapping_of(each["mapping"]),
                tuple(tuple(row) for row in each["rows"]),
                each["sure"],
            )
            for each in asked["sheets"]
        )
        organisations = (Proposed(**each) for each in asked["organisations"])
        return Asked(asked["organisation"], tuple(organisations), tuple(sheets))


class Adapter(Protocol):
    """Knows one kind of source: whether a file is one, what must be told of it, and what it says."""

    code: str
    title: str
    """In Russian."""

    def knows(self, file: Dropped) -> bool:
        """By what it holds, whatever it is called."""

    def asks(self, file: Dropped, told: FileTold, organisations: Organisations) -> Asked: ...

    def read(self, file: Dropped, told: FileTold) -> Reading:
        """Never fails for what the file holds: that is told in the reading."""
