"""What a source says, row by row, before it is held against the registry: readers give it, plans take it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

Value = str | int | float | bool | dt.date
"""Of the type that the column of the dataset declares."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands, as whoever opens the file finds it."""

    file: str
    sheet: str = ""
    row: int | None = None
    """From 1, as the file counts. On a page it is the number of the person."""
    column: str = ""
    """Its letter or its heading."""

    def __str__(self) -> str:
        told = (
            self.file,
            f"лист «{self.sheet}»" if self.sheet else "",
            "" if self.row is None else f"строка {self.row}",
            f"столбец «{self.column}»" if self.column else "",
        )
        return ", ".join(filter(None, told))


@dataclass(frozen=True, slots=True)
class Ref:
    """Another line of the same reading, by its name."""

    line: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A stated value. What a source does not say has no cell: it changes nothing."""

    value: Value | Ref | None
    """None: the source says that there is nothing."""
    column: str = ""
    """Of the file: its letter or its heading."""
    doubt: str = ""
    """In Russian, why a person must look at it; empty where it is sure."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table of the dataset, as far as the source tells it."""

    table: str
    name: str
    """Unique within a reading, and the same when the file is read again."""
    cells: Mapping[str, Cell]
    """By the columns of the table. The column ``id`` only where the source itself knows the row's key."""
    place: Place
    doubt: str = ""
    """Why the row as a whole may not be one; empty where it is sure."""
    year: int | None = None
    """In which it was, where the source tells no day: days are not invented."""


@dataclass(frozen=True, slots=True)
class Misread:
    """What could not be read, and how to mend it; in Russian."""

    place: Place
    message: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one file says. Lines come after those to which they refer."""

    lines: tuple[Line, ...] = ()
    misread: tuple[Misread, ...] = ()
