"""A sheet of the dataset's own workbook: each column is one of its table, each row one of its rows."""

from __future__ import annotations

from collections.abc import Sequence

from opora.indicators.dataset.cells import Raw, Unread, cell_reader, is_blank
from opora.indicators.dataset.schema import Kind, Table
from opora.indicators.dataset.tables import STORED
from opora.intake.reading import Cell, Line, Misread, Place, Value
from opora.intake.sheets.layout import Layout, body
from opora.intake.sheets.mapping import MappedColumn, SheetMapping
from opora.intake.sheets.opening import Sheet
from opora.intake.sheets.people.row import Gathered
from opora.intake.sheets.values import words

_REMEMBERED = frozenset({Kind.CHOICE, Kind.FLAG, Kind.DATE, Kind.INTEGER, Kind.NUMBER})
_FAILED = Unread("Ошибка в формуле", "Исправьте формулу или впишите значение")


def read_table(gathered: Gathered, file: str, sheet: Sheet, layout: Layout, mapping: SheetMapping) -> None:
    """References are left as keys: what they refer to may stand on another sheet, or in the registry already."""
    table = STORED[mapping.table]
    reader = _TableReader(gathered, file, sheet, table, [column for column in mapping.columns if column.meaning])
    for number, cells in body(sheet, layout):
        reader.take(number, cells)


class _TableReader:
    def __init__(
        self, gathered: Gathered, file: str, sheet: Sheet, table: Table, columns: Sequence[MappedColumn]
    ) -> None:
        self._gathered, self._file, self._sheet, self._table = gathered, file, sheet, table
        self._title = "" if sheet.is_file else sheet.title
        declared = {column.name: column for column in table.columns}
        self._columns = [
            (column, declared[column.meaning], cell_reader(declared[column.meaning])) for column in columns
        ]

    def take(self, number: int, cells: Sequence[Raw]) -> None:
        stated: dict[str, Cell] = {}
        for mapped, column, read in self._columns:
            raw = cells[mapped.place] if mapped.place < len(cells) else None
            if (number, mapped.place) in self._sheet.broken:
                self._misread(number, mapped, _FAILED)
                continue
            if is_blank(raw):
                continue
            known = self._gathered.understood(read, raw) if column.kind in _REMEMBERED else read(raw)
            if isinstance(known, Unread):
                self._misread(number, mapped, known)
            elif known is not None:
                stated[column.name] = Cell(_typed(known, column.kind), mapped.heading)
        if stated:
            self._add(number, stated)

    def _add(self, number: int, stated: dict[str, Cell]) -> None:
        place = Place(self._file, self._title, number)
        key = stated.get("id")
        if key is None:
            self._gathered.always_refer(place, self._table.name, stated)
            return
        self._gathered.lines.append(Line(self._table.name, f"{self._table.name}:{key.value}", stated, place))

    def _misread(self, number: int, mapped: MappedColumn, unread: Unread) -> None:
        place = Place(self._file, self._title, number, mapped.heading)
        self._gathered.misread.append(Misread(place, unread.message, unread.how_to_mend))


def _typed(value: Value, kind: Kind) -> Value:
    return words(value) if kind in (Kind.KEY, Kind.REF) and not isinstance(value, str) else value
