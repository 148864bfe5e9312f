"""From a file to a reading."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

from opora.indicators.dataset.schema import Kind
from opora.indicators.dataset.tables import STORED
from opora.intake.reading import Cell, Line, Misread, Place, Reading, Ref
from opora.intake.sheets.kinds import KINDS, TABLE
from opora.intake.sheets.mapping import SheetMapping
from opora.intake.sheets.opening import Book, Sheet, UnreadableBook, open_book
from opora.intake.sheets.people import read_people
from opora.intake.sheets.people.person import People
from opora.intake.sheets.people.row import Gathered
from opora.intake.sheets.proposing import layout_of, mapping_key, proposed_mapping
from opora.intake.sheets.tables import read_table
from opora.intake.sheets.told import Told

_SERVICE_SHEETS = frozenset({"Как заполнять", "Списки"})
_MACROS = Misread(
    Place(""),
    "В книге есть макросы: они не выполняются, ячейки прочитаны такими, какими сохранены",
    "Если числа считает макрос, откройте книгу в Excel, обновите их и сохраните как .xlsx",
)


def read_sheets(
    path: Path, mappings: Mapping[str, SheetMapping] | None = None, told: Told | None = None, name: str = ""
) -> Reading:
    """All that a file says. ``mappings``: those that people have corrected, by `mapping_key`; other sheets are read as
    `proposed_mapping` has it. ``name``: how the user calls the file. Never fails for what a file holds."""
    name = name or path.name
    try:
        with _no_cycles():
            return _read(open_book(path, name), mappings or {}, told or Told())
    except UnreadableBook as refused:
        return Reading(misread=(Misread(Place(name), refused.message, refused.mend),))


@contextmanager
def _no_cycles() -> Iterator[None]:
    """The collector would look through all that is read again and again and find no cycles: a third of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def sheets_to_read(book: Book) -> list[Sheet]:
    """Those that a person sees when she opens the book, and that hold something."""
    return [
        sheet
        for sheet in book.sheets
        if not sheet.hidden and sheet.title not in _SERVICE_SHEETS and next(sheet.raw_rows(), None) is not None
    ]


def _read(book: Book, mappings: Mapping[str, SheetMapping], told: Told) -> Reading:
    gathered, people = Gathered(), People()
    if book.macros:
        gathered.misread.append(replace(_MACROS, place=Place(book.name)))
    _tell_hidden(book, gathered)
    sheets = sheets_to_read(book)
    if not sheets:
        message = "В книге нет ни одной заполненной ячейки" if not gathered.misread else "Читать в книге нечего"
        gathered.misread.append(Misread(Place(book.name), message, "Проверьте, тот ли это файл"))
    for number, sheet in enumerate(sheets, start=1):
        gathered.sheet = number
        _read_sheet(gathered, people, book.name, sheet, mappings, told)
    return Reading(tuple(_ordered(gathered.lines)), tuple(gathered.misread))


def _tell_hidden(book: Book, gathered: Gathered) -> None:
    for sheet in book.sheets:
        if sheet.hidden and sheet.title not in _SERVICE_SHEETS and next(sheet.raw_rows(), None) is not None:
            place = Place(book.name, sheet.title)
            mend = "Если он нужен, покажите его в Excel («Показать лист») и дайте книгу снова"
            gathered.misread.append(Misread(place, "Лист скрыт и не прочитан", mend))


def _read_sheet(
    gathered: Gathered,
    people: People,
    file: str,
    sheet: Sheet,
    mappings: Mapping[str, SheetMapping],
    told: Told,
) -> None:
    layout = layout_of(sheet)
    corrected = mappings.get(mapping_key(sheet))
    mapping = corrected or proposed_mapping(sheet)
    if layout is not None and mapping.kind == TABLE:
        read_table(gathered, file, sheet, layout, mapping)
    elif layout is not None and mapping.kind in KINDS:
        read_people(gathered, people, file, sheet, layout, mapping, told)
    elif corrected is None:
        mend = "Назовите столбцы в первой строке: ФИО, Должность, Предмет… — или укажите при загрузке, где что"
        place = Place(file, "" if sheet.is_file else sheet.title)
        gathered.misread.append(Misread(place, "Не понято, о чём этот лист: нет столбца с именами людей", mend))


def _ordered(lines: Sequence[Line]) -> list[Line]:
    """Each after those to which it refers, by the order of the tables."""
    order = _order()
    keyed = {line.name for line in lines if ":" in line.name}
    referred = (_with_refs(line, keyed) for line in lines) if keyed else lines
    return sorted(referred, key=lambda line: order[line.table])


def _with_refs(line: Line, keyed: set[str]) -> Line:
    """Keys of rows that stand in the same file become references to their lines."""
    found: dict[str, Cell] = {}
    for column in STORED[line.table].refs():
        cell = line.cells.get(column.name)
        if cell is not None and isinstance(cell.value, str) and f"{column.to}:{cell.value}" in keyed:
            found[column.name] = replace(cell, value=Ref(f"{column.to}:{cell.value}"))
    return replace(line, cells={**line.cells, **found}) if found else line


@cache
def _order() -> dict[str, int]:
    """A table after those to which it refers."""
    order: dict[str, int] = {}

    def place(name: str) -> None:
        if name not in order:
            for column in STORED[name].columns:
                if column.kind is Kind.REF and column.to != name:
                    place(column.to)
            order.setdefault(name, len(order))

    for name in STORED:
        place(name)
    return order
