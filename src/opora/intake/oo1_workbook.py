"""The staff section of the form ОО-1 as an Excel workbook: a sheet for each part, a row for each line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
from python_calamine import CalamineSheet, CalamineWorkbook

from opora.cycle.oo1.counting import Cell
from opora.cycle.oo1.lines import LINES, PARTS, Line, Part
from opora.indicators.dataset.faults import DatasetFaults, plain
from opora.indicators.dataset.workbook import readable
from opora.indicators.dataset.workbook_guard import BrokenCells, inspect_workbook

LARGEST = 1_000_000
"""Bytes: the template has twenty thousand."""
MOST = 100_000
_TOP = 2
"""Rows above the lines: the title and the head."""


@dataclass
class Read:
    figures: dict[Cell, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    """Each says where and how to mend."""


def template(title: str, year: int, figures: Mapping[Cell, int]) -> bytes:
    """The workbook to fill in; what is stated already stands in it."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        head = workbook.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#E8EDF3"}
        )
        bold = workbook.add_format({"bold": True, "font_size": 13})
        for part in PARTS:
            sheet = workbook.add_worksheet(part.title)
            sheet.write_string(0, 0, f"{title}. Форма ОО-1 на 20.09.{year}, персонал: {part.title.lower()}", bold)
            _fill(sheet, part, figures, head)
    return buffer.getvalue()


def _fill(sheet: Any, part: Part, figures: Mapping[Cell, int], head: Any) -> None:
    sheet.write_row(1, 0, ["Строка", *(box.title for box in part.boxes)], head)
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, len(part.boxes), 14)
    sheet.freeze_panes(_TOP, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for row, line in enumerate(LINES, start=_TOP):
        sheet.write_string(row, 0, "    " * line.depth + line.title)
        for column, box in enumerate(part.boxes, start=1):
            if (value := figures.get((line.code, box.code))) is not None:
                sheet.write_number(row, column, value)


def read(content: bytes) -> Read:
    """What the workbook states; its empty cells state nothing. All faults at once."""
    found = Read()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "форма.xlsx"
        path.write_bytes(content)
        try:
            broken = inspect_workbook(path)
            with readable(path), CalamineWorkbook.from_path(path) as workbook:
                _read_sheets(workbook, broken, found)
        except DatasetFaults as refused:
            found.faults += [f"{fault.message}. {fault.how_to_mend}" for fault in refused.faults]
    if not found.figures and not found.faults:
        found.faults.append("В книге нет ни одного числа. Впишите числа в шаблон и загрузите его")
    return found


def _read_sheets(workbook: CalamineWorkbook, broken: BrokenCells, found: Read) -> None:
    sheets = {plain(name): name for name in workbook.sheet_names}
    parts = [(part, sheets[plain(part.title)]) for part in PARTS if plain(part.title) in sheets]
    if not parts:
        names = ", ".join(f"«{part.title}»" for part in PARTS)
        found.faults.append(
            f"Ни один лист не назван как в шаблоне ({names}). Скачайте шаблон и перенесите числа в него"
        )
    for part, name in parts:
        found.faults += [
            f"Лист «{name}», строка {row}, столбец {place + 1}: формула с ошибкой. Впишите число"
            for row, place in sorted(broken.get(name, ()))
        ]
        _read_part(workbook.get_sheet_by_name(name), part, found)


def _read_part(sheet: CalamineSheet, part: Part, found: Read) -> None:
    rows = sheet.to_python(skip_empty_area=False)
    boxes = {plain(box.title): box.code for box in part.boxes}
    top = next((place for place, row in enumerate(rows) if row and plain(str(row[0])) == plain("Строка")), None)
    if top is None:
        found.faults.append(f"Лист «{sheet.name}»: нет шапки со словом «Строка». Не удаляйте её из шаблона")
        return
    columns = [(place, boxes[plain(str(title))]) for place, title in enumerate(rows[top]) if plain(str(title)) in boxes]
    lines = {plain(line.title): line for line in LINES}
    for number, row in enumerate(rows[top + 1 :], start=top + 2):
        line = lines.get(plain(str(row[0]))) if row else None
        if line is None:
            if any(cell != "" for cell in row):
                found.faults.append(
                    f"Лист «{sheet.name}», строка {number}: в форме нет строки «{row[0]}». Верните название"
                )
            continue
        for place, box, value in _cells(row, columns):
            _take(found, f"Лист «{sheet.name}», строка {number}, столбец {place + 1}", (line, box), value)


def _cells(row: list[Any], columns: list[tuple[int, str]]) -> Iterator[tuple[int, str, Any]]:
    for place, box in columns:
        if place < len(row) and str(row[place]).strip():
            yield place, box, row[place]


def _take(found: Read, where: str, cell: tuple[Line, str], value: Any) -> None:
    number = whole(value)
    if number is None:
        found.faults.append(f"{where}: «{value}» — не число людей. Впишите целое число от 0")
    else:
        found.figures[cell[0].code, cell[1]] = number


def whole(value: Any) -> int | None:
    """A number of people, as a cell or a person gives it; None if it is none."""
    try:
        number = float(str(value).replace("\xa0", "").replace(" ", "").replace(",", "."))
    except ValueError:
        return None
    return int(number) if number.is_integer() and 0 <= number < MOST else None
