"""An Excel workbook, a sheet per table, as a person fills it in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from opora.indicators.dataset.faults import DatasetFault, plain, unreadable
from opora.indicators.dataset.grid import Grid, Line, read_grid
from opora.indicators.dataset.reading import Reading, number_keys
from opora.indicators.dataset.schema import Table
from opora.indicators.dataset.table_names import table_called, twice, unknown_table
from opora.indicators.dataset.workbook_guard import inspect_workbook

HELP_SHEET = "Как заполнять"
LISTS_SHEET = "Списки"
SYNTHETIC = "Данные условные: люди и числа выдуманы."
"""Written on the sheet of help where it is so: there it outlives every program that saves the workbook again."""

NUMBERED = "Коды в этой книге — целые числа."
"""Written there too, so that keys come back as they were: a cell does not tell a number from its digits."""

_SERVICE_SHEETS = {plain(HELP_SHEET), plain(LISTS_SHEET)}


def read_workbook(path: Path) -> Reading:
    broken = inspect_workbook(path)
    reading = Reading(path.stem)
    with readable(path), CalamineWorkbook.from_path(path) as workbook:
        said = _said_on_help(workbook)
        reading.synthetic = SYNTHETIC in said
        for title, table in _sheets(workbook, reading):
            _read_sheet(workbook.get_sheet_by_name(title), table, broken.get(title, frozenset()), reading)
    if not reading.sources:
        mend = "Скачайте шаблон и перенесите данные в него"
        raise unreadable("В книге нет ни одного листа с таблицей", mend, f"файл {path.name}")
    if NUMBERED in said:
        number_keys(reading)
    return reading


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """What the parser cannot make out is told as ``DatasetFaults``."""
    try:
        yield
    except BaseException as error:
        # A panic of the Rust parser is no Exception, and its class has no name that could be imported.
        if isinstance(error, CalamineError) or type(error).__name__ == "PanicException":
            mend = "Откройте её в Excel и сохраните заново"
            raise unreadable("Книга испорчена", mend, f"файл {path.name}") from error
        raise


def _sheets(workbook: CalamineWorkbook, reading: Reading) -> Iterator[tuple[str, Table]]:
    """The sheets that are tables; of the others those that hold something are reported."""
    taken: dict[str, str] = {}
    for sheet in workbook.sheets_metadata:
        table = table_called(sheet.name)
        if sheet.typ != SheetTypeEnum.WorkSheet or plain(sheet.name) in _SERVICE_SHEETS:
            continue
        if table is None:
            if workbook.get_sheet_by_name(sheet.name).height:
                reading.faults.add(unknown_table("лист", sheet.name))
        elif table.name in taken:
            reading.faults.add(twice("лист", (taken[table.name], sheet.name)))
        else:
            taken[table.name] = sheet.name
            yield sheet.name, table


def _said_on_help(workbook: CalamineWorkbook) -> set[object]:
    if HELP_SHEET not in workbook.sheet_names:
        return set()
    return {cell for row in workbook.get_sheet_by_name(HELP_SHEET).to_python(nrows=20) for cell in row}


def _read_sheet(sheet: CalamineSheet, table: Table, broken: frozenset[tuple[int, int]], reading: Reading) -> None:
    source = f"лист «{sheet.name}»"
    for fault in _merged(sheet, table, source):
        reading.faults.add(fault)
    grid = Grid(table, source, _lines(sheet), broken)
    reading.sources[table.name], reading.origins[table.name] = read_grid(grid, reading.faults)


def _lines(sheet: CalamineSheet) -> Iterator[Line]:
    if sheet.start is None:
        return
    # The parser drops the empty columns on the left, but not the empty rows above.
    left = [""] * sheet.start[1]
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        yield number, [*left, *cells] if left else cells


def _merged(sheet: CalamineSheet, table: Table, source: str) -> Iterator[DatasetFault]:
    """Only the first of merged cells holds the value: the rows below would silently lose it."""
    for (top, _), (bottom, _) in sheet.merged_cell_ranges or ():
        rows = f"строки {top + 1}–{bottom + 1}" if bottom > top else f"строка {top + 1}"
        mend = "Снимите объединение и впишите значение в каждую ячейку"
        yield DatasetFault(f"Объединённые ячейки: {rows}", mend, source, table.name, row=top + 1, rule="merged")
