"""Rows of cells under a heading, be it a sheet or a CSV file, as a table of the dataset."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

import pyarrow as pa

from opora.indicators.dataset.arrow import arrow_schema, missing_column
from opora.indicators.dataset.cells import Raw, Unread, Value, cell_reader, is_blank
from opora.indicators.dataset.faults import DatasetFault, FaultList, did_you_mean, plain
from opora.indicators.dataset.letters import strayed_letters
from opora.indicators.dataset.schema import Column, Kind, Table
from opora.indicators.dataset.tables import REFERRED_TO

Line = tuple[int, Sequence[Raw]]
"""Number of the row as a person sees it, and its cells."""

_HEAD = 5
"""Among how many first rows the heading is looked for."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the rows of a table came from, so that a fault found later can be shown in its place."""

    source: str
    lines: pa.Array | None = None
    """The row of the sheet for each row of the table."""
    unread: dict[str, frozenset[int]] = field(default_factory=dict)
    """Per column: the rows in which something is written that could not be read."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet or a file before it is understood."""

    table: Table
    source: str
    lines: Iterable[Line]
    broken: frozenset[tuple[int, int]] = frozenset()
    """Row (from 1) and place (from 0) of the cells whose formula failed; Excel gives them as empty."""


def read_grid(grid: Grid, faults: FaultList) -> tuple[pa.Table, Origin]:
    """Reads all that can be read. A cell that cannot is reported and stays unknown."""
    lines = ((number, cells) for number, cells in grid.lines if not all(map(is_blank, cells)))
    head = list(islice(lines, _HEAD))
    heading = _find_heading(grid, head, faults)
    if heading is None:
        return arrow_schema(grid.table).empty_table(), Origin(grid.source)
    columns = _match_columns(grid, head[heading][1], faults)
    named = {place for place, cell in enumerate(head[heading][1]) if not is_blank(cell)}
    body = _Body(grid, columns, named, faults)
    first = heading + 1
    while first < len(head) and _is_heading(grid.table, head[first][1]):
        first += 1
    for number, cells in chain(head[first:], lines):
        body.take(number, cells)
    return body.table(), body.origin()


def _find_heading(grid: Grid, head: list[Line], faults: FaultList) -> int | None:
    """Place of the heading in the head; None where there is none."""
    if not head:
        return None
    known = [_known_headings(grid.table, cells) for _, cells in head]
    best = known.index(max(known))
    if not known[best]:
        names = ", ".join(f"«{column.title}»" for column in grid.table.columns)
        faults.add(_heading_fault(grid, "Нет строки с названиями столбцов", f"Впишите в первую строку: {names}"))
        return None
    also = [number for place, (number, cells) in enumerate(head) if place != best and _is_heading(grid.table, cells)]
    if also:
        numbers = ", ".join(map(str, sorted([head[best][0], *also])))
        mend = "Оставьте одну строку с названиями столбцов"
        faults.add(_heading_fault(grid, f"Несколько строк с названиями столбцов: {numbers}", mend))
    elif best > 0:
        message = f"Названия столбцов стоят в строке {head[best][0]}, а над ними есть другие строки"
        faults.add(_heading_fault(grid, message, "Удалите строки над названиями столбцов"))
    return best


def _heading_fault(grid: Grid, message: str, mend: str) -> DatasetFault:
    return DatasetFault(message, mend, grid.source, grid.table.name, rule="heading")


def _names(table: Table) -> dict[str, Column]:
    by_title = {plain(column.title): column for column in table.columns}
    return by_title | {column.name: column for column in table.columns}


def _known_headings(table: Table, cells: Sequence[Raw]) -> int:
    names = _names(table)
    return sum(1 for cell in cells if isinstance(cell, str) and plain(cell) in names)


def _is_heading(table: Table, cells: Sequence[Raw]) -> bool:
    """Whether a row names columns: no row of facts says «Фамилия» and «Имя» in most of its cells."""
    filled = sum(1 for cell in cells if not is_blank(cell))
    known = _known_headings(table, cells)
    return known >= 2 and known * 2 >= filled


def _match_columns(grid: Grid, heading: Sequence[Raw], faults: FaultList) -> dict[int, Column]:
    names = _names(grid.table)
    found: dict[int, Column] = {}
    for place, cell in enumerate(heading):
        if is_blank(cell):
            continue
        title = str(cell).strip()
        column = names.get(plain(title))
        if column is None:
            mend = did_you_mean(title, (column.title for column in grid.table.columns))
            message = f"Непонятный столбец «{title}»{strayed_letters(title)}"
            faults.add(_column_fault(grid, message, mend or "Удалите его", title))
        elif column in found.values():
            mend = "Оставьте один; сейчас прочитан первый"
            faults.add(_column_fault(grid, f"Столбец «{column.title}» повторяется", mend, column.name))
        else:
            found[place] = column
    for column in grid.table.columns:
        if asked_for(grid.table, column) and column not in found.values():
            faults.add(missing_column(grid.table, column, grid.source))
    return found


def asked_for(table: Table, column: Column) -> bool:
    """Whether a person must fill the column in. Rows that nobody refers to are numbered where they have no key."""
    return column.required and (column.kind is not Kind.KEY or table.name in REFERRED_TO)


def _column_fault(grid: Grid, message: str, mend: str, column: str) -> DatasetFault:
    return DatasetFault(message, mend, grid.source, grid.table.name, column, rule="unknown_column")


class _Body:
    """The rows under the heading, gathered column by column."""

    def __init__(self, grid: Grid, columns: dict[int, Column], named: set[int], faults: FaultList) -> None:
        self._grid = grid
        self._named = named
        self._faults = faults
        self._lines: list[int] = []
        self._columns = {place: _ColumnCells(column) for place, column in columns.items()}

    def take(self, number: int, cells: Sequence[Raw]) -> None:
        self._lines.append(number)
        for place, column in self._columns.items():
            unread = column.take(number, cells[place] if place < len(cells) else None)
            if (number, place) in self._grid.broken:
                unread = column.unread_cell(
                    number, Unread("Ошибка в формуле", "Исправьте формулу или впишите значение")
                )
            if unread:
                self._report(number, column.name, unread)
        for place, cell in enumerate(cells):
            if place not in self._named and not is_blank(cell):
                self._report_homeless(number, place, cell)

    def _report(self, number: int, column: str, unread: Unread) -> None:
        fault = DatasetFault(
            unread.message, unread.how_to_mend, self._grid.source, self._grid.table.name, column, number, rule="cell"
        )
        self._faults.add(fault)

    def _report_homeless(self, number: int, place: int, cell: Raw) -> None:
        message = f"Значение «{cell}» стоит в столбце без названия ({place + 1}-м по счёту)"
        fault = DatasetFault(
            message,
            "Назовите столбец или удалите значение",
            self._grid.source,
            self._grid.table.name,
            row=number,
            rule="homeless",
        )
        self._faults.add(fault)

    def table(self) -> pa.Table:
        schema = arrow_schema(self._grid.table)
        by_name = {column.name: column.values for column in self._columns.values()}
        empty: list[Value] = [None] * len(self._lines)
        if self._grid.table.name not in REFERRED_TO:
            by_name["id"] = self._numbered(by_name.get("id", empty))
        arrays = [pa.array(by_name.get(column.name, empty), column.type) for column in schema]
        return pa.Table.from_arrays(arrays, schema=schema)

    def _numbered(self, keys: list[Value]) -> list[Value]:
        """Rows without a key are called by their line."""
        return [f"строка {line}" if key is None else key for line, key in zip(self._lines, keys, strict=True)]

    def origin(self) -> Origin:
        unread = {column.name: frozenset(column.unread) for column in self._columns.values() if column.unread}
        return Origin(self._grid.source, pa.array(self._lines, pa.int64()), unread)


class _ColumnCells:
    """One column being read. Most texts of a sheet are repeated, so each is understood once."""

    def __init__(self, column: Column) -> None:
        self.name = column.name
        self.values: list[Value] = []
        self.unread: set[int] = set()
        self._read = cell_reader(column)
        self._remembers = column.kind not in (Kind.KEY, Kind.REF, Kind.TEXT)
        self._known: dict[str, Value | Unread] = {}

    def take(self, number: int, raw: Raw) -> Unread | None:
        value = self._understand(raw)
        if isinstance(value, Unread):
            self.values.append(None)
            return self.unread_cell(number, value)
        self.values.append(value)
        return None

    def unread_cell(self, number: int, reason: Unread) -> Unread:
        self.unread.add(number)
        return reason

    def _understand(self, raw: Raw) -> Value | Unread:
        if not (self._remembers and isinstance(raw, str)):
            return self._read(raw)
        if raw not in self._known:
            self._known[raw] = self._read(raw)
        return self._known[raw]
