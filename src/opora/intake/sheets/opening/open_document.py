"""A workbook of LibreOffice. Repeated cells stand in it once with a count, so a small file may hold a vast sheet."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from opora.indicators.dataset.inflating import Inflating, TooLarge
from opora.indicators.dataset.workbook_scan import BROKEN, well_formed, whole_tags
from opora.intake.sheets.opening.book import MAX_UNPACKED, Area, Book, UnreadableBook
from opora.intake.sheets.opening.parser import LOCKED, Room, sheets_of, spoilt
from opora.intake.sheets.opening.xlsx import TOO_LARGE

_TAG = re.compile(
    rb"<(?P<end>/?)table:(?P<what>table|table-row|table-cell|covered-table-cell)(?P<attributes>(?=[\s/>])[^>]*)>"
)
_ATTRIBUTE = re.compile(rb"""\s(?:table|office|calcext):([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


@dataclass(slots=True)
class _Table:
    title: str
    rows: int = 0
    width: int = 0
    """Up to the last cell that holds something."""
    merged: list[Area] = field(default_factory=list)
    broken: set[tuple[int, int]] = field(default_factory=set)
    row: int = 0
    place: int = 0
    repeats: int = 1

    def begin_row(self, said: dict[str, str]) -> None:
        self.place, self.repeats = 0, _count(said, "number-rows-repeated")

    def end_row(self) -> None:
        self.row += self.repeats

    def take_cell(self, said: dict[str, str]) -> None:
        last = self.place + _count(said, "number-columns-repeated")
        if "value-type" in said or "formula" in said:
            self.width, self.rows = max(self.width, last), self.row + self.repeats
            if said.get("value-type") == "error":
                self.broken.add((self.row + 1, self.place))
        self._take_merged(said)
        self.place = last

    def _take_merged(self, said: dict[str, str]) -> None:
        down, right = _count(said, "number-rows-spanned"), _count(said, "number-columns-spanned")
        if down > 1 or right > 1:
            self.merged.append((self.row, self.place, self.row + down - 1, self.place + right - 1))


def open_ods(path: Path, name: str) -> Book:
    tables = {table.title: table for table in _scanned(path)}
    room = Room()
    for table in tables.values():
        room.take(table.title, table.rows, table.width)
    merged = {title: table.merged for title, table in tables.items()}
    broken = {title: frozenset(table.broken) for title, table in tables.items()}
    with path.open("rb") as file:
        return Book(name, sheets_of(file, broken, merged))


def _scanned(path: Path) -> list[_Table]:
    try:
        with zipfile.ZipFile(path) as archive:
            return _tables_of(Inflating(archive, MAX_UNPACKED))
    except TooLarge:
        raise TOO_LARGE from None
    except UnreadableBook:
        raise
    except BROKEN as error:
        raise spoilt() from error


def _tables_of(parts: Inflating) -> list[_Table]:
    found: list[_Table] = []
    for info in parts.infolist():
        if info.filename == "content.xml":
            found = list(_tables(whole_tags(well_formed(parts.chunks(info)))))
        elif info.filename == "META-INF/manifest.xml":
            if any(b"encryption-data" in piece for piece in whole_tags(well_formed(parts.chunks(info)))):
                raise LOCKED
        else:
            for _ in parts.chunks(info):
                pass
    return found


def _tables(pieces: Iterator[bytes]) -> Iterator[_Table]:
    table: _Table | None = None
    for piece in pieces:
        if b"\0" in piece:
            raise ValueError("UTF-16: the patterns below would see nothing in it, but the parser would")
        for tag in _TAG.finditer(piece):
            what, said = tag["what"], _attributes(tag["attributes"])
            if what == b"table" and not tag["end"]:
                table = _Table(said.get("name", ""))
                yield table
            elif table is not None:
                _take(table, what, said, ends=bool(tag["end"]))


def _take(table: _Table, what: bytes, said: dict[str, str], *, ends: bool) -> None:
    if what == b"table-row":
        table.end_row() if ends else table.begin_row(said)
    elif what != b"table" and not ends:
        table.take_cell(said)


def _attributes(text: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, double, single in _ATTRIBUTE.findall(text):
        found.setdefault(name.decode(), html.unescape((double or single).decode("utf-8")))
    if text.count(b"calcext:value-type") and b'"error"' in text:
        found["value-type"] = "error"
    return found


def _count(said: dict[str, str], name: str) -> int:
    return max(int(said.get(name, "1")), 1)
