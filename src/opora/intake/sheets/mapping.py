"""Which column of a sheet is what: proposed, corrected by a person, kept as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace

from opora.indicators.dataset.tables import STORED
from opora.intake.sheets.kinds import KINDS, TABLE
from opora.intake.sheets.meanings import SKIPPED


@dataclass(frozen=True, slots=True)
class MappedColumn:
    place: int
    heading: str
    """As the sheet has it, with the letter of the column."""
    meaning: str = SKIPPED
    """Code of a `Meaning` of the kind, or the name of a column of the table; empty: not read."""
    classes: str = ""
    """Of a column of hours: whose they are, where its heading names classes."""
    subject: str = ""
    """Likewise, where it names a subject."""
    measures: str = ""
    """Of a column of scores: the code of what its heading says is measured."""
    sureness: float = 1.0
    """From 0 to 1; 1 once a person has said so."""


@dataclass(frozen=True, slots=True)
class SheetMapping:
    kind: str
    """A code of `KINDS`, `TABLE`, or empty: the sheet is not read. Of a sheet that nobody has mapped this is told."""
    columns: tuple[MappedColumn, ...] = ()
    table: str = ""
    """Of the dataset, where the kind is `TABLE`."""

    def corrected(self, meanings: dict[int, str]) -> SheetMapping:
        """With other meanings, by place, as a person has chosen them."""
        columns = (
            replace(column, meaning=meanings[column.place], sureness=1.0) if column.place in meanings else column
            for column in self.columns
        )
        return replace(self, columns=tuple(columns))

    def choices(self) -> list[tuple[str, str]]:
        """Code and Russian title of everything that a column may be."""
        if self.kind == TABLE:
            return [(column.name, column.title) for column in STORED[self.table].columns]
        kind = KINDS.get(self.kind)
        return [(meaning.code, meaning.title) for meaning in kind.meanings if meaning.code] if kind else []

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @staticmethod
    def from_json(text: str) -> SheetMapping:
        """What is kept may be of an older Opora: meanings that it no longer has are not read."""
        kept = json.loads(text)
        mapping = SheetMapping(kept["kind"], tuple(MappedColumn(**column) for column in kept["columns"]), kept["table"])
        if mapping.kind == TABLE and mapping.table not in STORED:
            return SheetMapping("")
        known = {code for code, _ in mapping.choices()}
        gone = {column.place: SKIPPED for column in mapping.columns if column.meaning not in known}
        return mapping.corrected(gone)
