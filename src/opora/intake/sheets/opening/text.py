"""A file of separated values, as Excel and as programs write them: any encoding, any separator."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from opora.indicators.dataset.formula_guard import unguarded
from opora.intake.sheets.opening.book import SAVE_ANEW, Book, Row, Sheet, UnreadableBook
from opora.intake.sheets.opening.parser import Room
from opora.intake.words.encoding import decoded

_SEPARATORS = ";\t,|"
_SAMPLE = 60
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f]")
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
"""Excel writes and obeys such a first line."""
_MARKUP = re.compile(r"\s*<(?:!doctype|\?xml|html|table|meta)", re.IGNORECASE)
_UNCLOSED = "Незакрытая кавычка в строке {} или ячейка длиннее {} знаков"
_LONGEST = 131_072


def open_text(path: Path, name: str) -> Book:
    text = _text(path.read_bytes())
    told = _SEPARATOR_LINE.match(text)
    separator = told[1] if told else _separator(text)
    sheet = Sheet(Path(name).stem, lambda: _rows(text, separator, 1 if told else 0), is_file=True)
    _measure(sheet)
    return Book(name, (sheet,))


def _text(content: bytes) -> str:
    encoding = _unmarked_utf16(content)
    text = content.decode(encoding, errors="replace") if encoding else decoded(content)
    text = text.removeprefix("\ufeff")
    if "\n" not in text:
        # As old Macintoshes ended lines.
        text = text.replace("\r", "\n")
    if _MARKUP.match(text):
        raise UnreadableBook("Это страница HTML или XML, хотя файл назван таблицей", SAVE_ANEW)
    if _NOT_TEXT.search(text):
        raise UnreadableBook("Это не таблица и не текст: такие файлы не читаются", SAVE_ANEW)
    return text


def _unmarked_utf16(content: bytes) -> str:
    """Without its mark, UTF-16 shows by the zeros of its spaces, digits and separators."""
    sample = content[:4000]
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or sample.count(0) * 20 < len(sample):
        return ""
    return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"


def _separator(text: str) -> str:
    """The one that cuts the most lines into the same number of cells."""
    return max(_SEPARATORS, key=lambda separator: _evenness(text, separator))


def _evenness(text: str, separator: str) -> tuple[int, int]:
    try:
        widths = [len(row) for row in islice(csv.reader(_lines(text), delimiter=separator), _SAMPLE)]
    except csv.Error:
        return 0, 0
    counted = Counter(width for width in widths if width > 1)
    width, lines = max(counted.items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))
    return lines, width


def _lines(text: str) -> Iterator[str]:
    """One by one: a file in memory would take four bytes for each letter."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _rows(text: str, separator: str, skipped: int) -> Iterator[Row]:
    """Numbered as a spreadsheet would show them: a cell of several lines is one row."""
    rows = csv.reader(_lines(text), delimiter=separator)
    for number, cells in enumerate(islice(rows, skipped, None), start=1):
        yield number, [unguarded(cell) for cell in cells]


def _measure(sheet: Sheet) -> None:
    rows = width = 0
    try:
        for rows, cells in sheet.raw_rows():  # the last number is wanted
            width = max(width, len(cells))
            Room().take(sheet.title, rows, width)
    except csv.Error:
        mend = "Исправьте её или сохраните таблицу как .xlsx"
        raise UnreadableBook(_UNCLOSED.format(rows + 1, _LONGEST), mend) from None
