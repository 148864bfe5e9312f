"""The workbook that people fill in: a sheet per table, with hints, lists and checks of what is typed."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import xlsxwriter

from opora.indicators.dataset.arrow import NUMBER_KEYS, empty_table
from opora.indicators.dataset.faults import DatasetFault, DatasetFaults
from opora.indicators.dataset.grid import asked_for
from opora.indicators.dataset.schema import Column, Kind, Table
from opora.indicators.dataset.store import Dataset
from opora.indicators.dataset.tables import STORED
from opora.indicators.dataset.workbook import HELP_SHEET, LISTS_SHEET, NUMBERED, SYNTHETIC

_CHECKED_ROWS = 20_000
"""Down to which row the sheets check what is typed."""
_ROOM = 1_000_000
"""Rows of one sheet; Excel itself takes 48 575 more."""
_FIRST_DAY, _LAST_DAY = dt.date(1900, 1, 1), dt.date(2100, 12, 31)
_A4 = 9
_FLAG_LABELS = {True: "да", False: "нет"}
_HELP = (
    "Один лист — одна таблица, одна строка — одна запись. Начните с листов «Территории», «Организации», «Люди», "
    "«Работа»; остальные заполняйте, когда есть что записать. Пустой лист можно оставить.",
    "Звёздочкой отмечены обязательные столбцы. Подсказка появляется, когда ячейка выбрана.",
    "«Код» придумываете вы сами: любой, лишь бы не повторялся на листе. В других листах на строку ссылаются этим "
    "кодом: в листе «Работа» в столбце «Человек» стоит код из листа «Люди». Где «Код» без звёздочки, его можно не "
    "писать.",
    "Чего не знаете — оставьте пустым: пустая ячейка значит «неизвестно», а не «нет».",
    "Если лист заполнен за какое-то время полностью, впишите это в лист «Полнота»: тогда «нет строки» будет значить "
    "«не было».",
    "Даты — 31.12.2022. «По (не включая)» — первый день, когда уже не так.",
    "Не объединяйте ячейки, не добавляйте строк над названиями столбцов и не переименовывайте столбцы и листы.",
)


@dataclass(frozen=True, slots=True)
class _Formats:
    """The looks of the cells."""

    heading: Any
    required: Any
    text: Any
    date: Any
    plain: Any
    title: Any
    paragraph: Any
    link: Any

    def of(self, column: Column) -> Any:
        """Codes and texts are kept as typed: Excel would make a number of «007» and a date of «1.2»."""
        if column.kind is Kind.DATE:
            return self.date
        return self.text if column.kind in (Kind.KEY, Kind.REF, Kind.TEXT) else self.plain


def write_template(path: Path) -> None:
    """An empty workbook to fill in."""
    _write(path, {})


def write_workbook(dataset: Dataset, path: Path) -> None:
    """The dataset as a workbook that ``read_dataset`` reads back. Raises ``DatasetFaults`` where it does not fit."""
    _refuse_too_long(dataset)
    notes = [SYNTHETIC] if dataset.synthetic else []
    if dataset.key_type == NUMBER_KEYS:
        notes.append(NUMBERED)
    _write(path, {name: dataset.table(name) for name in STORED}, notes)


def _refuse_too_long(dataset: Dataset) -> None:
    faults = [
        DatasetFault(
            f"Строк {dataset.rows(name)}, а в книге Excel помещается {_ROOM}",
            "Запишите папкой Parquet",
            f"таблица «{table.title}»",
            name,
            rule="too_long",
        )
        for name, table in STORED.items()
        if dataset.rows(name) > _ROOM
    ]
    if faults:
        raise DatasetFaults(faults)


def _write(path: Path, tables: Mapping[str, pa.Table], notes: Sequence[str] = ()) -> None:
    with xlsxwriter.Workbook(path) as workbook:
        formats = _formats(workbook)
        _write_help(workbook.add_worksheet(HELP_SHEET), formats, notes)
        sheets = {name: workbook.add_worksheet(table.title) for name, table in STORED.items()}
        lists = _write_lists(workbook.add_worksheet(LISTS_SHEET))
        for name, sheet in sheets.items():
            table = STORED[name]
            _write_sheet(sheet, table, formats, lists)
            _write_rows(sheet, table, tables.get(name, empty_table(table)), formats)


def _formats(workbook: Any) -> _Formats:
    heading = {"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#E8EDF3"}
    return _Formats(
        heading=workbook.add_format(heading),
        required=workbook.add_format(heading | {"bg_color": "#FFE9B8"}),
        text=workbook.add_format({"num_format": "@"}),
        date=workbook.add_format({"num_format": "dd.mm.yyyy", "align": "left"}),
        plain=workbook.add_format(),
        title=workbook.add_format({"bold": True, "font_size": 16}),
        paragraph=workbook.add_format({"text_wrap": True, "valign": "top"}),
        link=workbook.add_format({"font_color": "#0B5394", "underline": 1, "valign": "top"}),
    )


def _write_help(sheet: Any, formats: _Formats, notes: Sequence[str]) -> None:
    _set_page(sheet)
    sheet.set_portrait()
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 74)
    sheet.write_string(0, 0, "Как заполнять эту книгу", formats.title)
    paragraphs = (*notes, *_HELP)
    for row, paragraph in enumerate(paragraphs, start=1):
        sheet.merge_range(row, 0, row, 1, paragraph, formats.paragraph)
        sheet.set_row(row, 15 * (1 + len(paragraph) // 100))
    sheet.write_row(len(paragraphs) + 2, 0, ("Лист", "Что в нём"), formats.heading)
    for row, table in enumerate(STORED.values(), start=len(paragraphs) + 3):
        sheet.write_url(row, 0, f"internal:'{table.title}'!A1", formats.link, table.title)
        sheet.write_string(row, 1, table.meaning, formats.paragraph)
        sheet.set_row(row, 15 * (1 + len(table.meaning) // 74))


def _write_lists(sheet: Any) -> dict[tuple[str, str], str]:
    """Writes the values to choose from on a hidden sheet; a list inside a check may be only 255 characters long.

    Returns the range of each column's values.
    """
    sheet.hide()
    ranges = {}
    for place, (owner, labels) in enumerate(_lists()):
        sheet.write_column(0, place, labels)
        first, last = (xlsxwriter.utility.xl_rowcol_to_cell(row, place, True, True) for row in (0, len(labels) - 1))
        ranges[owner] = f"='{LISTS_SHEET}'!{first}:{last}"
    return ranges


def _lists() -> Iterable[tuple[tuple[str, str], list[str]]]:
    for table in STORED.values():
        for column in table.columns:
            if column.kind is Kind.CHOICE:
                yield (table.name, column.name), [label for _, label in column.choices]
    yield ("coverage", "table"), [table.title for table in STORED.values()]


def _write_sheet(sheet: Any, table: Table, formats: _Formats, lists: dict[tuple[str, str], str]) -> None:
    _set_page(sheet)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 1)
    sheet.set_row(0, 32)
    for place, column in enumerate(table.columns):
        must = asked_for(table, column)
        title = f"{column.title} *" if must else column.title
        sheet.set_column(place, place, _width(column), formats.of(column))
        sheet.write_string(0, place, title, formats.required if must else formats.heading)
        hint = {"input_title": column.title[:32], "input_message": _hint(column, must=must)}
        sheet.data_validation(0, place, 0, place, {"validate": "any"} | hint)
        check = _check(column, lists.get((table.name, column.name), ""))
        sheet.data_validation(1, place, _CHECKED_ROWS, place, check | hint)


def _set_page(sheet: Any) -> None:
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.set_footer("&L&A&RСтраница &P из &N")


def _width(column: Column) -> int:
    longest = max((len(label) for _, label in column.choices), default=0)
    usual = {Kind.DATE: 13, Kind.FLAG: 10, Kind.TEXT: 26}.get(column.kind, 12)
    return min(max(len(column.title) + 3, longest + 2, usual), 36)


def _hint(column: Column, *, must: bool) -> str:
    """What Excel shows beside a chosen cell; it takes 255 characters."""
    parts = [column.meaning]
    if column.kind is Kind.REF:
        parts.append(f"Код из листа «{STORED[column.to].title}»")
    if column.kind is Kind.CHOICE:
        parts.append("Выберите из списка")
    if column.kind is Kind.DATE:
        parts.append("Дата: 31.12.2022")
    if column.kind is Kind.KEY and not must:
        parts.append("Можно не заполнять: на эти строки никто не ссылается")
    parts.append("Обязательно" if must else "")
    return (". ".join(part for part in parts if part) or "Если неизвестно, оставьте пустым")[:255]


def _check(column: Column, choices: str) -> dict[str, Any]:
    """The check that Excel makes while one types."""
    if choices:
        return _refusing("list", "Выберите значение из списка", source=choices)
    if column.kind is Kind.FLAG:
        return _refusing("list", "Впишите «да» или «нет»", source=list(_FLAG_LABELS.values()))
    if column.kind is Kind.DATE:
        message = "Впишите дату, например 31.12.2022"
        return _refusing("date", message, criteria="between", minimum=_FIRST_DAY, maximum=_LAST_DAY)
    if column.kind in (Kind.INTEGER, Kind.NUMBER):
        kind, words = ("integer", "целое число") if column.kind is Kind.INTEGER else ("decimal", "число")
        least = column.minimum or 0
        return _refusing(kind, f"Впишите {words} не меньше {least:g}", criteria=">=", value=least)
    return {"validate": "any"}


def _refusing(validate: str, message: str, **check: Any) -> dict[str, Any]:
    return {"validate": validate, "error_title": "Проверьте значение", "error_message": message} | check


def _write_rows(sheet: Any, table: Table, data: pa.Table, formats: _Formats) -> None:
    for place, column in enumerate(table.columns):
        for row, value in enumerate(data[column.name].to_pylist(), start=1):
            if value is not None:
                _write_cell(sheet, row, place, _shown(column, value), formats.of(column))


def _shown(column: Column, value: Any) -> Any:
    if column.kind is Kind.CHOICE:
        return column.label(value)
    if column.name == "table" and value in STORED:
        return STORED[value].title
    if column.kind in (Kind.KEY, Kind.REF):
        return str(value)
    return _FLAG_LABELS[value] if column.kind is Kind.FLAG else value


def _write_cell(sheet: Any, row: int, place: int, value: Any, look: Any) -> None:
    """Texts are written as texts, whatever they begin with: «=1+1» must not become a formula. What Excel has no number
    or day for is a text too, so that nothing is lost unseen."""
    if isinstance(value, dt.date) and value < _FIRST_DAY:
        value = f"{value:%d.%m.%Y}"
    elif isinstance(value, float) and not math.isfinite(value):
        value = str(value)
    if isinstance(value, str):
        sheet.write_string(row, place, value, look)
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, place, value, look)
    else:
        sheet.write_number(row, place, value, look)
