"""A workbook of plain tables: heads, widths, filters and print set-up, the same on every sheet.

Whatever comes from the data is written as text: ``=cmd…`` stays six signs, never a formula.
"""

from __future__ import annotations

import datetime as dt
import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import xlsxwriter

from .words import NO_DATA, Look, shown

LONGEST_TEXT = 32_767
LONGEST_NAME = 31
FOOTER_TITLE = 100
A4 = 9
TITLE_SIZE = 14
LINE_HEIGHT = 15.0
HIGHEST_ROW = 409.0
TITLE_HEIGHT = 20.0
LETTERS_IN_WIDTH = 0.94

INK, MUTED, LINE, HEAD = "#17202B", "#556070", "#D5DDE5", "#E8EFF4"
TONES = {
    "met": ("#09664A", "#DCF1E8"),
    "not_met": ("#A8321C", "#FBE6E0"),
    "undecided": ("#7A5100", "#FDEFCF"),
    "no_data": ("#4F5A69", "#ECEFF3"),
    "not_due": ("#2C569C", "#E6EDFA"),
    "no_target": ("#4F5A69", "#FFFFFF"),
}
"""The same as in ``report.css``: ink and ground."""

Style = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    width: float
    kind: Literal["text", "number"] = "text"
    turned: bool = False
    printed: bool = True


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in its look; «н/д» where there is none."""

    value: float | None
    look: Look = Look.NUMBER
    strong: bool = False
    ground: str = ""
    """Colour of the cell; empty for none."""


@dataclass(frozen=True, slots=True)
class Toned:
    """Words on the ground of their standing."""

    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    sheet: str


Cell = str | int | Figure | Toned | Link | None


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a table."""

    title: str
    lines: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    legend: tuple[tuple[str, str], ...] = ()
    """What the grounds of the cells mean: colour and words."""


class Book:
    """An open workbook; close it by leaving ``with``."""

    def __init__(self, path: Path, *, title: str, made: dt.date) -> None:
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._file = xlsxwriter.Workbook(str(path), options)
        created = dt.datetime.combine(made, dt.time())
        self._file.set_properties({"title": title, "author": "Opora", "created": created})
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._footer = f"&L&8 {_footer(title)}&R&8 стр. &P из &N · {made:%d.%m.%Y}"

    def __enter__(self) -> Book:
        return self

    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None:
        if failure is None:
            self._file.close()

    def look(self, **style: Any) -> Any:
        """A format, made once."""
        key = tuple(sorted(style.items()))
        if key not in self._formats:
            self._formats[key] = self._file.add_format({"font_color": INK, "valign": "top", **style})
        return self._formats[key]

    def sheet(self, name: str, columns: Sequence[Column], head: Head) -> Sheet:
        return Sheet(self, self._file.add_worksheet(name), columns, head, self._footer)


class Sheet:
    """One table under its head. Rows go in from top to bottom; ``finish`` when all are in."""

    def __init__(self, book: Book, page: Any, columns: Sequence[Column], head: Head, footer: str) -> None:
        self._book, self._page, self._columns = book, page, columns
        self._set_up(footer)
        self.row = self._write_head(head)
        self.header = self.row
        self._write_header()

    def add(self, *cells: Cell) -> None:
        lines = max(_lines(cell, column) for cell, column in zip(cells, self._columns, strict=True))
        self._page.set_row(self.row, min(LINE_HEIGHT * lines + 2, HIGHEST_ROW))
        for place, (cell, column) in enumerate(zip(cells, self._columns, strict=True)):
            self._write(self.row, place, cell, column)
        self.row += 1

    def finish(self, *, frozen_columns: int = 0, pages_wide: int = 1) -> None:
        last_row, last_column = max(self.row - 1, self.header), len(self._columns) - 1
        printed = sum(column.printed for column in self._columns)
        self._page.freeze_panes(self.header + 1, frozen_columns)
        self._page.autofilter(self.header, 0, last_row, last_column)
        self._page.repeat_rows(self.header)
        if pages_wide > 1 and frozen_columns:
            self._page.repeat_columns(0, frozen_columns - 1)
        self._page.fit_to_pages(pages_wide, 0)
        self._page.print_area(0, 0, last_row, printed - 1)

    def _set_up(self, footer: str) -> None:
        self._page.set_landscape()
        self._page.set_paper(A4)
        self._page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self._page.hide_gridlines(2)
        self._page.set_footer(footer)
        for place, column in enumerate(self._columns):
            self._page.set_column(place, place, column.width)

    def _write_head(self, head: Head) -> int:
        row = self._line(0, head.title, size=TITLE_SIZE, bold=True)
        for line in head.lines:
            row = self._line(row, line, font_color=MUTED)
        if head.marks:
            ink, ground = TONES["undecided"]
            row = self._line(row, " · ".join(head.marks), bold=True, font_color=ink, bg_color=ground)
        for ground, words in head.legend:
            self._page.write_blank(row, 0, None, self._book.look(bg_color=ground, border=1, border_color=LINE))
            self._page.write_string(row, 1, words, self._book.look(font_color=MUTED, align="left", indent=1))
            row += 1
        return row + 1

    def _line(self, row: int, text: str, *, size: int = 11, **style: Any) -> int:
        """A line over the whole printed width, as high as its text needs."""
        printed = [column.width for column in self._columns if column.printed]
        lines = _wrapped(text, sum(printed) * 11 / size)
        look = self._book.look(text_wrap=True, font_size=size, **style)
        self._page.set_row(row, lines * (TITLE_HEIGHT if size > 11 else LINE_HEIGHT) + 2)
        self._page.merge_range(row, 0, row, len(printed) - 1, "", look)
        self._page.write_string(row, 0, text[:LONGEST_TEXT], look)
        return row + 1

    def _write_header(self) -> None:
        base = {
            "bold": True,
            "text_wrap": True,
            "bg_color": HEAD,
            "bottom": 1,
            "bottom_color": MUTED,
            "valign": "bottom",
        }
        for place, column in enumerate(self._columns):
            style = {**base, **_align(column, place)}
            if column.turned:
                style |= {"rotation": 90, "align": "center", "indent": 0}
            self._page.write_string(self.header, place, column.title, self._book.look(**style))
        turned = max((len(column.title) for column in self._columns if column.turned), default=0)
        self._page.set_row(self.header, min(max(turned * 6.4, 32), 190) if turned else 32)
        self.row += 1

    def _write(self, row: int, place: int, cell: Cell, column: Column) -> None:
        style: dict[str, Any] = {"bottom": 1, "bottom_color": LINE}
        if isinstance(cell, Figure) and cell.ground:
            style["bg_color"] = cell.ground
        if isinstance(cell, Figure) and cell.value is not None and cell.look is not Look.YES_NO:
            look = self._book.look(**style, num_format=_pattern(cell), bold=cell.strong)
            self._page.write_number(row, place, cell.value, look)
        elif isinstance(cell, int):
            self._page.write_number(row, place, cell, self._book.look(**style))
        elif isinstance(cell, Link):
            look = self._book.look(**style, font_color="#10597D", underline=1)
            self._page.write_url(row, place, f"internal:'{cell.sheet}'!A1", look, cell.text)
        else:
            text, own = _words(cell)
            look = self._book.look(**style, **own, **_align(column, place), text_wrap=True)
            self._page.write_string(row, place, text[:LONGEST_TEXT], look)


def _align(column: Column, place: int) -> Style:
    """Words keep off the numbers to their left."""
    return {"align": "right"} if column.kind == "number" else {"align": "left", "indent": 1 if place else 0}


def _lines(cell: Cell, column: Column) -> int:
    text = cell if isinstance(cell, str) else cell.text if isinstance(cell, Toned) else ""
    return _wrapped(text, column.width * 0.92 if isinstance(cell, Toned) else column.width)


def _wrapped(text: str, width: float) -> int:
    """So many lines does a text take in a column: Excel fits rows by itself only when somebody edits them."""
    letters = max(int(width * LETTERS_IN_WIDTH), 1)
    return sum(max(1, len(textwrap.wrap(part, letters))) for part in text.splitlines()) if text else 1


def sheet_names(wanted: Sequence[str], taken: Sequence[str]) -> list[str]:
    """Names that Excel takes: 31 letters, none of ``[]:*?/\\'``, no two that differ only in case."""
    used = {name.casefold() for name in taken}
    return [_free_name(_valid_name(name), used) for name in wanted]


def _valid_name(name: str) -> str:
    plain = re.sub(r"[\[\]:*?/\\'\x00-\x1f]", "-", name).strip()[:LONGEST_NAME]
    return "Лист" if not plain or plain.casefold() == "history" else plain


def _free_name(name: str, used: set[str]) -> str:
    number, free = 1, name
    while free.casefold() in used:
        number += 1
        free = f"{name[: LONGEST_NAME - len(str(number)) - 1]}~{number}"
    used.add(free.casefold())
    return free


def _pattern(figure: Figure) -> str:
    if figure.look is Look.PERCENT:
        # What is not all and not nothing must not look like it: 99,96 % is not 100 %.
        edge = figure.value is not None and 0 < abs(figure.value) < 1 and round(figure.value, 3) in (0, 1)
        return "0.0### %" if edge else "0.0 %"
    return "#,##0" if figure.value is not None and float(figure.value).is_integer() else "#,##0.0#"


def _words(cell: str | Figure | Toned | None) -> tuple[str, Style]:
    if isinstance(cell, Toned):
        ink, ground = TONES[cell.tone]
        return cell.text, {"font_color": ink, "bg_color": ground, "bold": True}
    if isinstance(cell, Figure):
        if cell.value is None:
            return NO_DATA, {"font_color": MUTED}
        return shown(cell.look, cell.value), {"bold": cell.strong}
    return cell or "", {}


def _footer(title: str) -> str:
    """Excel takes 255 signs, and reads ``&`` as a command."""
    short = title if len(title) <= FOOTER_TITLE else f"{title[: FOOTER_TITLE - 1].rstrip()}…"
    return short.replace("&", "&&")
