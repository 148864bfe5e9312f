"""A workbook of old Excel (.xls).

Its stream of cells is taken out of the compound file, looked through, and given to the parser in a clean compound file
of its own, so that nothing else in the file reaches a parser.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from opora.intake.sheets.opening.book import Book, UnreadableBook
from opora.intake.sheets.opening.compound import CompoundFile, wrapped
from opora.intake.sheets.opening.parser import LOCKED, Room, sheets_of, spoilt

_STREAMS = ("Workbook", "Book")
_BEGINNING, _DIMENSIONS, _STRINGS, _LOCK, _SHEET = 0x0809, 0x0200, 0x00FC, 0x002F, 0x0085
_CELLS = frozenset({0x0006, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E})
_SEVERAL = frozenset({0x00BD, 0x00BE})
"""Records of a run of cells: their last two bytes tell its last column."""
_FAILED, _FORMULA = 0x0205, 0x0006
_LEAST_STRING = 3
"""Bytes: a text of the table of texts takes no less."""


def open_old(path: Path, name: str) -> Book:
    try:
        file = CompoundFile(path.read_bytes())
        names = file.names()
        _refuse_others(names)
        stream = file.stream(next(each for each in _STREAMS if each in names))
        broken = _look_through(stream)
    except (struct.error, ValueError, IndexError, KeyError, StopIteration) as error:
        raise spoilt() from error
    return Book(name, sheets_of(BytesIO(wrapped(stream)), broken), macros="_VBA_PROJECT_CUR" in names)


def _refuse_others(names: frozenset[str]) -> None:
    if "EncryptedPackage" in names:
        raise LOCKED
    if "WordDocument" in names:
        mend = "Откройте его в Word, перенесите таблицу в Excel и сохраните как .xlsx, а не переименуйте"
        raise UnreadableBook("Это документ Word, а не книга Excel", mend)
    if not names & set(_STREAMS):
        mend = "Откройте его в той программе, где он сделан, и сохраните таблицу как .xlsx"
        raise UnreadableBook("Это не книга Excel, хотя файл так назван", mend)


def _look_through(stream: bytes) -> dict[str, frozenset[tuple[int, int]]]:
    """The cells whose formula failed, by sheet. Refuses what would take the parser too much memory."""
    titles: dict[int, str] = {}
    broken: dict[str, set[tuple[int, int]]] = {}
    room, title, rows, width = Room(), "", 0, 0
    for at, kind, data in _records(stream):
        if kind == _LOCK:
            raise LOCKED
        if kind == _SHEET:
            titles[struct.unpack_from("<I", data)[0]] = _title(data)
        elif kind == _BEGINNING:
            room.take(title, rows, width)
            title, rows, width = titles.get(at, ""), 0, 0
        elif kind == _DIMENSIONS:
            Room(room.left).take(title, *_declared(data))
        elif kind == _STRINGS:
            _refuse_many_strings(data, len(stream))
        elif kind in _CELLS:
            row, place = struct.unpack_from("<HH", data)
            rows, width = max(rows, row + 1), max(width, _last_place(kind, data) + 1)
            if _is_failed(kind, data):
                broken.setdefault(title, set()).add((row + 1, place))
    room.take(title, rows, width)
    return {title: frozenset(cells) for title, cells in broken.items()}


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == 0 and length == 0:
            return
        yield at, kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _title(data: bytes) -> str:
    length, wide = data[6], data[7] & 1
    return data[8 : 8 + length * 2].decode("utf-16-le") if wide else data[8 : 8 + length].decode("latin-1")


def _declared(data: bytes) -> tuple[int, int]:
    if len(data) >= 14:
        first, last, left, right = struct.unpack_from("<IIHH", data)
    else:
        first, last, left, right = struct.unpack_from("<HHHH", data)
    if first > last or left > right:
        raise ValueError("a sheet that ends before it begins")
    return last, right


def _last_place(kind: int, data: bytes) -> int:
    return int(struct.unpack_from("<H", data, len(data) - 2 if kind in _SEVERAL else 2)[0])


def _refuse_many_strings(data: bytes, size: int) -> None:
    count = struct.unpack_from("<I", data, 4)[0]
    if count * _LEAST_STRING > size:
        raise ValueError("more texts than the file could hold")


def _is_failed(kind: int, data: bytes) -> bool:
    if kind == _FAILED:
        return data[7] == 1
    return kind == _FORMULA and data[6] == 2 and data[12:14] == b"\xff\xff"
