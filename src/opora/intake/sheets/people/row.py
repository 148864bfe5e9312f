"""One row of a sheet of people, asked by meanings; and what the file has told so far."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from opora.indicators.dataset.cells import Raw, Unread
from opora.intake.reading import Cell, Line, Misread, Place, Ref, Value
from opora.intake.sheets.mapping import MappedColumn
from opora.intake.sheets.meanings import UNREAD
from opora.intake.sheets.values import Day, Understood, day_of, is_nothing, number_of, text_of, words

T = TypeVar("T")
_REMEMBERED = 3_000
"""Texts; names and titles of which none is like another would fill it for nothing."""
_LONGEST_NOTHING = 16
"""Letters of «не установлено»."""
_UNREAD = frozenset(meaning.code for meaning in UNREAD)
_FAILED = Unread("Ошибка в формуле", "Исправьте формулу или впишите значение")


@dataclass(slots=True)
class Gathered:
    """Of all the sheets of a file: a person who stands in two of them is one."""

    lines: list[Line] = field(default_factory=list)
    misread: list[Misread] = field(default_factory=list)
    sheet: int = 0
    """The number of the sheet that is being read; names of lines begin with it."""
    _told: set[int] = field(default_factory=set)
    """Hashes of 64 bits: two rows of a million share one by chance once in forty million files."""
    _referred: dict[tuple[object, ...], Ref] = field(default_factory=dict)
    _cells_of: dict[Ref, dict[str, Cell]] = field(default_factory=dict)
    _understood: dict[object, dict[Raw, Any]] = field(default_factory=dict)
    _row: tuple[int, int | None] = (0, None)
    _in_row: Counter[str] = field(default_factory=Counter)

    def understood(self, reader: Callable[[Raw], T], raw: Raw) -> T:
        """Texts of a sheet are repeated, so each is understood once."""
        if type(raw) not in (str, float):
            return reader(raw)
        known = self._understood.setdefault(reader, {})
        if raw not in known:
            if len(known) > _REMEMBERED:
                known.clear()
            known[raw] = reader(raw)
        found: T = known[raw]
        return found

    def tell(
        self, place: Place, table: str, cells: Mapping[str, Cell | None], doubt: str = "", year: int | None = None
    ) -> None:
        """A line, unless the file has said the same before. The same table is always told by the same columns."""
        key = hash((year, *_key(table, cells)))
        if key not in self._told:
            self._told.add(key)
            self._add(place, table, _stated(cells), doubt, year)

    def refer(self, place: Place, table: str, cells: Mapping[str, Cell | None], doubt: str = "") -> Ref:
        """Likewise, of what other lines refer to."""
        key = _key(table, cells)
        found = self._referred.get(key)
        if found is None:
            stated = _stated(cells)
            found = self._referred[key] = self.always_refer(place, table, stated, doubt)
            self._cells_of[found] = stated
        return found

    def add_to(self, referred: Ref, column: str, cell: Cell) -> None:
        """What a later row says of something that has a line already."""
        self._cells_of[referred].setdefault(column, cell)

    def always_refer(self, place: Place, table: str, cells: dict[str, Cell], doubt: str = "") -> Ref:
        """The line keeps this very dictionary, so that what is found out later can be added to it."""
        return Ref(self._add(place, table, cells, doubt))

    def _add(self, place: Place, table: str, cells: dict[str, Cell], doubt: str, year: int | None = None) -> str:
        if self._row != (self.sheet, place.row):
            self._row = (self.sheet, place.row)
            self._in_row.clear()
        self._in_row[table] += 1
        name = f"{self.sheet}.{place.row}.{table}.{self._in_row[table]}"
        self.lines.append(Line(table, name, cells, place, doubt, year))
        return name


def _key(table: str, cells: Mapping[str, Cell | None]) -> tuple[object, ...]:
    return (table, *[cell and cell.value for cell in cells.values()])


def _stated(cells: Mapping[str, Cell | None]) -> dict[str, Cell]:
    return {name: cell for name, cell in cells.items() if cell is not None}


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
    held: Cell | None = field(init=False)
    """The day as a cell."""
    _headings: dict[str, str] = field(init=False)
    _stated: dict[tuple[object, ...], Cell] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.held = Cell(self.on) if self.on else None
        self._headings = {meaning: columns[0].heading for meaning, columns in self.columns.items()}

    def stated(self, value: Value | Ref | None, meaning: str, doubt: str) -> Cell:
        """Equal cells are mostly one object, to spare memory."""
        key = (type(value), value, meaning, doubt)
        found = self._stated.get(key)
        if found is None:
            if len(self._stated) > 8 * _REMEMBERED:
                self._stated.clear()
            found = self._stated[key] = Cell(value, self.heading(meaning), doubt)
        return found

    def heading(self, meaning: str) -> str:
        """By which the file calls the column; empty where there is none."""
        return self._headings.get(meaning, "")


class Row:
    def __init__(self, of: Of, number: int, cells: Sequence[Raw]) -> None:
        self.of, self.number, self._cells = of, number, cells
        self.place = Place(of.file, of.sheet, number)
        self._said: dict[str, Raw] = {}
        for meaning, columns in of.columns.items():
            if meaning in _UNREAD:
                continue
            raw = self.at(columns[0])
            if raw is not None:
                self._said[meaning] = raw

    def raw(self, meaning: str) -> Raw:
        return self._said.get(meaning)

    def at(self, column: MappedColumn) -> Raw:
        """None for an empty cell and for «нет»."""
        raw = self._cells[column.place] if column.place < len(self._cells) else None
        if not isinstance(raw, str):
            return raw
        if len(raw) > _LONGEST_NOTHING and raw[0].isalnum():
            return raw
        return None if not raw or self.of.gathered.understood(_says_nothing, raw) else raw

    def text(self, meaning: str) -> str:
        return self.of.gathered.understood(words, self.raw(meaning))

    def read(self, meaning: str, reader: Callable[[Raw], Understood[T] | Unread]) -> Understood[T] | None:
        """None where nothing is said, and where it cannot be read, which is told."""
        raw = self.raw(meaning)
        if raw is None:
            return None
        found = self.of.gathered.understood(reader, raw)
        if isinstance(found, Unread):
            self.misread(self.of.heading(meaning), found)
            return None
        return found

    def cell(self, meaning: str, reader: Callable[[Raw], Understood[Value] | Unread] = text_of) -> Cell | None:
        found = self.read(meaning, reader)
        return self.stated(found.value, meaning, found.doubt) if found else None

    def stated(self, value: Value | Ref | None, meaning: str = "", doubt: str = "") -> Cell:
        return self.of.stated(value, meaning, doubt)

    def day(self, meaning: str, told: Understood[Day] | None, *, after: bool = False) -> Cell | None:
        """None where only the year is known. ``after``: the sheet names the last day, the dataset the one after it."""
        if told is None or told.value.on is None:
            return None
        return self.stated(told.value.on + dt.timedelta(days=after), meaning, told.doubt)

    def exact_day(self, meaning: str, *, after: bool = False) -> Cell | None:
        """Where a year alone is no use, and is told."""
        told = self.read(meaning, day_of)
        if told is not None and told.value.on is None:
            self.misread(self.of.heading(meaning), _no_day(self.text(meaning)))
        return self.day(meaning, told, after=after)

    def tell(self, table: str, cells: Mapping[str, Cell | None], doubt: str = "", year: int | None = None) -> None:
        self.of.gathered.tell(self.place, table, cells, doubt, year)

    def refer(self, table: str, cells: Mapping[str, Cell | None], doubt: str = "") -> Ref:
        return self.of.gathered.refer(self.place, table, cells, doubt)

    def numbers(self, meaning: str) -> Iterator[tuple[MappedColumn, Cell]]:
        """Of all the columns that are this; what cannot be read is told."""
        for column in self.of.columns.get(meaning, ()):
            raw = self.at(column)
            found = self.of.gathered.understood(number_of, raw) if raw is not None else None
            if isinstance(found, Unread):
                self.misread(column.heading, found)
            elif found is not None:
                yield column, Cell(found.value, column.heading, found.doubt)

    def misread(self, column: str, unread: Unread) -> None:
        place = Place(self.of.file, self.of.sheet, self.number, column)
        self.of.gathered.misread.append(Misread(place, unread.message, unread.how_to_mend))

    def tell_broken(self) -> None:
        for columns in self.of.columns.values():
            for column in columns:
                if (self.number, column.place) in self.of.broken:
                    self.misread(column.heading, _FAILED)

    def says(self, *meanings: str) -> bool:
        return any(meaning in self._said for meaning in meanings)

    def filled(self) -> list[str]:
        """Meanings of the columns in which the row says something."""
        return list(self._said)


def _no_day(written: str) -> Unread:
    message = f"«{written}» — без дня: день из этого не выводится"
    return Unread(message, "Впишите дату полностью, например 31.12.1985")


def _says_nothing(raw: Raw) -> bool:
    return is_nothing(words(raw))
