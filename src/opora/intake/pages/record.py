"""One person of a page before her cells are read: which text stands under which heading."""

from __future__ import annotations

from dataclasses import dataclass, field

from opora.intake.pages.headings import Field, Meaning
from opora.intake.words.names import FoundName


@dataclass(frozen=True, slots=True)
class Cell:
    meaning: Meaning
    text: str

    @property
    def field(self) -> Field:
        return self.meaning.field


@dataclass(slots=True)
class Record:
    name: FoundName
    name_cell: Cell
    cells: list[Cell] = field(default_factory=list)
    course_rows: list[dict[Field, Cell]] = field(default_factory=list)
    """Where a table has a row for each course: its parts by what they are."""
    doubt: str = ""
    """Why the person may not belong here."""

    def of(self, *fields: Field) -> list[Cell]:
        """In the order of the fields, then of the page."""
        return [cell for wanted in fields for cell in self.cells if cell.field is wanted]
