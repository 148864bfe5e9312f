"""One row of a sheet of people, asked by meanings; and what the file has told so far."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from opora.indicators.dataset.cells import Raw, Unread, is_blank
from opora.intake.reading import Cell, Line, Misread, Place, Ref, Value
from opora.intake.sheets.mapping import MappedColumn
from opora.intake.sheets.people.values import Day, Told, is_nothing, text_of, words

T = TypeVar("T")
_FAILED = Unread("Ошибка в формуле", "Исправьте формулу или впишите значение")


@dataclass(slots=True)
class Gathered:
    """Of all the sheets of a file: a person who stands in two of them is one."""

    lines: list[Line] = field(default_factory=list)
    misread: list[Misread] = field(default_factory=list)
    _told: dict[tuple[object, ...], Ref] = field(default_factory=dict)
    _cells: dict[tuple[object, ...], Cell] = field(default_factory=dict)
    _understood: dict[tuple[object, Raw], Any] = field(default_factory=dict)
    _row: tuple[str, int | None] = ("", None)
    _in_row: Counter[str] = field(default_factory=Counter)

    def understood(self, reader: Callable[[Raw], T], raw: Raw) -> T:
        """Texts of a sheet are repeated, so each is understood once."""
        if not isinstance(raw, str):
            return reader(raw)
        key = (reader, raw)
        if key not in self._understood:
            self._understood[key] = reader(raw)
        found: T = self._understood[key]
        return found

    def cell(self, value: Value | Ref | None, column: str = "", doubt: str = "") -> Cell:
        """Equal cells are one object, to spare memory."""
        key = (type(value), value, column, doubt)
        if key not in self._cells:
            self._cells[key] = Cell(value, column, doubt)
        return self._cells[key]

    def add(self, place: Place, table: str, cells: Mapping[str, Cell | None], doubt: str = "") -> Ref:
        """A line, unless the file has said the same before."""
        stated = {name: cell for name, cell in cells.items() if cell is not None}
        key = (table, *((name, cell.value) for name, cell in stated.items()))
        if key not in self._told:
            self._told[key] = self.always_add(place, table, stated, doubt)
        return self._told[key]

    def always_add(self, place: Place, table: str, cells: dict[str, Cell], doubt: str = "") -> Ref:
        if self._row != (place.sheet, place.row):
            self._row = (place.sheet, place.row)
            self._in_row.clear()
        self._in_row[table] += 1
        name = f"{place.sheet}!{place.row}.{table}.{self._in_row[table]}"
        self.lines.append(Line(table, name, cells, place, doubt))
        return Ref(name)


@dataclass(slots=True)
class Of:
    """What is the same for all the rows of a sheet."""

    gathered: Gathered
    file: str
    sheet: str
    columns: Mapping[str, Sequence[MappedColumn]]
    """By meaning."""
    broken: frozenset[tuple[int, int]] = frozenset()
    on: dt.date | None = None
    """The day for which the sheet was made."""
    about: str = ""
    """The association, contest or instrument that the whole sheet is about."""
    organisation: Cell | None = None
    """Where no column names one."""


@dataclass(slots=True)
class Row:
    of: Of
    number: int
    cells: Sequence[Raw]
    place: Place

    def columns(self, meaning: str) -> Sequence[MappedColumn]:
        return self.of.columns.get(meaning, ())

    def column(self, meaning: str) -> str:
        """The heading by which the file calls it."""
        return next((column.heading for column in self.columns(meaning)), "")

    def raw(self, meaning: str) -> Raw:
        return next((self.at(column) for column in self.columns(meaning)), None)

    def at(self, column: MappedColumn) -> Raw:
        """None for an empty cell and for «нет»."""
        raw = self.cells[column.place] if column.place < len(self.cells) else None
        if is_blank(raw) or (isinstance(raw, str) and is_nothing(raw)):
            return None
        return raw

    def text(self, meaning: str) -> str:
        return words(self.raw(meaning))

    def read(self, meaning: str, reader: Callable[[Raw], Told[T] | Unread]) -> Told[T] | None:
        """None where nothing is said, and where it cannot be read, which is told."""
        raw = self.raw(meaning)
        if raw is None:
            return None
        found = self.of.gathered.understood(reader, raw)
        if isinstance(found, Unread):
            self.misread(self.column(meaning), found)
            return None
        return found

    def cell(self, meaning: str, reader: Callable[[Raw], Told[Value] | Unread] = text_of) -> Cell | None:
        found = self.read(meaning, reader)
        return self.stated(found.value, meaning, found.doubt) if found else None

    def stated(self, value: Value | Ref | None, meaning: str = "", doubt: str = "") -> Cell:
        return self.of.gathered.cell(value, self.column(meaning), doubt)

    def day(self, meaning: str, told: Told[Day] | None, *, after: bool = False) -> Cell | None:
        """None where only the year is known. ``after``: the sheet names the last day, the dataset the one after it."""
        if told is None or told.value.on is None:
            return None
        return self.stated(told.value.on + dt.timedelta(days=after), meaning, told.doubt)

    def held(self) -> Cell | None:
        """The day on which what the sheet says was so."""
        return self.stated(self.of.on) if self.of.on else None

    def add(self, table: str, cells: Mapping[str, Cell | None], doubt: str = "") -> Ref:
        return self.of.gathered.add(self.place, table, cells, doubt)

    def misread(self, column: str, unread: Unread) -> None:
        place = Place(self.of.file, self.of.sheet, self.number, column)
        self.of.gathered.misread.append(Misread(place, unread.message, unread.how_to_mend))

    def tell_broken(self) -> None:
        for columns in self.of.columns.values():
            for column in columns:
                if (self.number, column.place) in self.of.broken:
                    self.misread(column.heading, _FAILED)

    def says(self, *meanings: str) -> bool:
        return any(self.raw(meaning) is not None for meaning in meanings)

    def filled(self) -> list[str]:
        """Meanings of the columns in which the row says something."""
        return [meaning for meaning in self.of.columns if self.says(meaning)]
