"""What lines and rows say, in words: so that a person sees whom and what they are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from opora.indicators.dataset.schema import Kind
from opora.indicators.dataset.tables import STORED
from opora.intake.domain.as_json import cells_of, changes_of
from opora.intake.models import IntakeBatch, IntakeLine
from opora.intake.plan import Change, is_new
from opora.intake.reading import Cell, Ref, Value
from opora.registry.batch.words import described, shown
from opora.snapshot.tables import places

Told = tuple[str, str]
"""A title and what is said under it."""


@dataclass(frozen=True, slots=True)
class Becomes:
    title: str
    was: str
    becomes: str
    doubt: str


class Said:
    """Of the lines of one page: what they refer to is looked up once for all of them."""

    def __init__(self, batch: IntakeBatch, lines: Iterable[IntakeLine]) -> None:
        self._batch = batch
        self._lines = list(lines)
        self._of_lines = self._lines_referred()
        self._of_rows = self._rows_referred()

    def about(self, line: IntakeLine) -> str:
        """Whom it is about; of a line that names nobody, what it is."""
        cells = cells_of(line.table_name, line.cells)
        columns = [column.name for column in STORED[line.table_name].refs() if column.to == "person"]
        named = (self._value(line, name, cells[name]) for name in columns if name in cells)
        return next(filter(None, named), "") or _named(line)

    def cells(self, line: IntakeLine) -> list[Told]:
        cells = cells_of(line.table_name, line.cells)
        return [(self._title(line, name), self._value(line, name, cell)) for name, cell in cells.items()]

    def changes(self, line: IntakeLine) -> list[Becomes]:
        return [
            Becomes(
                self._title(line, each.column),
                self._side(line, each, each.was),
                self._side(line, each, each.becomes),
                each.doubt,
            )
            for each in changes_of(line.table_name, line.changes)
        ]

    def _side(self, line: IntakeLine, change: Change, value: Value | None) -> str:
        column = STORED[line.table_name].column(change.column)
        if column is None:
            return str(value)
        if column.kind is not Kind.REF or not isinstance(value, str):
            return shown(column, value)
        if is_new(value):
            _, file, name = value.split("\t", 2)
            return self._of_lines.get((int(file), name), "")
        return self._of_rows.get((column.to, value), value)

    def _value(self, line: IntakeLine, name: str, cell: Cell) -> str:
        column = STORED[line.table_name].column(name)
        if isinstance(cell.value, Ref):
            return self._of_lines.get((line.file.number, cell.value.line), "")
        if column is not None and column.kind is Kind.REF:
            return self._of_rows.get((column.to, str(cell.value)), str(cell.value))
        return shown(column, cell.value) if column else str(cell.value)

    @staticmethod
    def _title(line: IntakeLine, name: str) -> str:
        column = STORED[line.table_name].column(name)
        return column.title if column else name

    def _lines_referred(self) -> dict[tuple[int, str], str]:
        wanted = {cell["value"]["line"] for line in self._lines for cell in line.cells.values() if _is_ref(cell)}
        wanted |= {key.split("\t", 2)[2] for line in self._lines for _, key in _keys(line) if is_new(key)}
        found = self._batch.lines.filter(name__in=wanted).select_related("file").defer("file__content")
        return {(line.file.number, line.name): _named(line) for line in found}

    def _rows_referred(self) -> dict[tuple[str, str], str]:
        wanted: defaultdict[str, set[str]] = defaultdict(set)
        for line in self._lines:
            for table, key in _keys(line):
                wanted[table].add(key)
        found: dict[tuple[str, str], str] = {}
        for table, keys in wanted.items():
            if table in places():
                rows = places()[table].model._default_manager.filter(key__in=keys)
                found |= {(table, row.key): described(row) for row in rows}
        return found


def _is_ref(cell: dict[str, object]) -> bool:
    return isinstance(cell["value"], dict)


def _keys(line: IntakeLine) -> list[tuple[str, str]]:
    """Tables and keys of what a line refers to."""
    refs = {column.name: column.to for column in STORED[line.table_name].refs()}
    told = [(each["column"], each[side]) for each in line.changes for side in ("was", "becomes")]
    told += [(name, cell["value"]) for name, cell in line.cells.items()]
    return [(refs[name], value) for name, value in told if name in refs and isinstance(value, str)]


def _named(line: IntakeLine) -> str:
    cells = cells_of(line.table_name, line.cells)
    if line.table_name == "person":
        parts = (cells[name].value for name in ("last_name", "first_name", "patronymic") if name in cells)
        return " ".join(str(part) for part in parts if part)
    told = [
        shown(column, cell.value)
        for name, cell in cells.items()
        if (column := STORED[line.table_name].column(name)) is not None
        and column.kind in (Kind.TEXT, Kind.CHOICE)
        and not isinstance(cell.value, Ref)
        and cell.value is not None
    ]
    return ", ".join(told[:2])
