"""Turns what was found in a cell into what the caller sees: with the file, the row and the cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from opora.intake.pages.record import Cell
from opora.intake.pages.result import Place, Read
from opora.intake.words.found import Found

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reader:
    file: str
    row: int

    def read(self, cell: Cell, found: Found[T]) -> Read[T]:
        place = Place(self.file, self.row, cell.meaning.heading, found.start, found.end)
        return Read(found.value, cell.text[found.start : found.end], place, found.doubt)
