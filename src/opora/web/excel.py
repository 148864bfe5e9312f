"""A table of a page as an Excel workbook: the same columns, the same words, all rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import TypeVar

import xlsxwriter
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from opora.web.layout.cells import words
from opora.web.layout.table import Column

R = TypeVar("R")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDEST = 60
_SHEET_NAME = 31
"""Letters, and no more, in the name of a sheet."""


def excel_answer(name: str, columns: Sequence[Column[R]], rows: Iterable[R]) -> HttpResponse:
    """To be downloaded as ``name``.xlsx. Numbers and days stay what they are, everything else is text: what begins with
    «=» is text too, so that nothing in a name is carried out as a formula."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet(_sheet_name(name))
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        day, plain = (
            book.add_format({"num_format": "dd.mm.yyyy"}),
            book.add_format({"text_wrap": True, "valign": "top"}),
        )
        sheet.write_row(0, 0, [column.title for column in columns], head)
        wide = [len(column.title) for column in columns]
        for number, row in enumerate(rows, 1):
            for place, column in enumerate(columns):
                value = column.of(row)
                if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
                    sheet.write_datetime(number, place, dt.datetime.combine(value, dt.time()), day)
                elif isinstance(value, int | float) and not isinstance(value, bool):
                    sheet.write_number(number, place, value)
                else:
                    sheet.write_string(number, place, words(value), plain)
                wide[place] = max(wide[place], len(words(value)))
        for place, width in enumerate(wide):
            sheet.set_column(place, place, min(width + 2, _WIDEST))
        sheet.freeze_panes(1, 1)
    return workbook_answer(name, buffer.getvalue())


def workbook_answer(name: str, content: bytes) -> HttpResponse:
    """A workbook that is made already, to be downloaded as ``name``.xlsx."""
    disposition = content_disposition_header(True, f"{name}.xlsx") or ""
    return HttpResponse(content, _XLSX, headers={"Content-Disposition": disposition})


def _sheet_name(name: str) -> str:
    return "".join(letter for letter in name if letter not in "[]:*?/\\'")[:_SHEET_NAME] or "Лист"
