"""What is asked of a workbook before anything in it is parsed: it may have come from anybody."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO
from xml.etree import ElementTree

from opora.indicators.dataset.faults import unreadable

MAX_UNPACKED = 300_000_000
MAX_RATIO = 200
"""How many times a part may grow on unpacking; a sheet of real data grows by 10 to 50."""
MAX_CELLS = 20_000_000
"""The parser keeps a cell for every place of the rectangle, so one cell in a far corner would take all the memory."""

_BIG_PART = 1_000_000
_CHUNK = 1 << 20
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s>])([^>]*[^>/])?>")
_ADDRESS = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")
_FAILED = re.compile(rb"""\st\s*=\s*["']e["']""")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


BrokenCells = dict[str, frozenset[tuple[int, int]]]
"""By sheet: row (from 1) and place (from 0) of the cells whose formula failed; the parser gives them as empty."""


def inspect_workbook(path: Path) -> BrokenCells:
    """Refuses what is no workbook and what would eat the memory; otherwise tells what the parser would not."""
    _refuse_other_formats(path)
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_bomb(archive)
            return _scan(archive)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        ElementTree.ParseError,
        KeyError,
        EOFError,
        ValueError,
        RuntimeError,
    ) as error:
        raise unreadable("Книга испорчена", "Откройте её в Excel и сохраните заново", f"файл {path.name}") from error


def _refuse_other_formats(path: Path) -> None:
    source = f"файл {path.name}"
    if path.suffix.lower() in (".csv", ".parquet"):
        mend = "Положите его в папку с другими таблицами и укажите эту папку"
        raise unreadable("Это одна таблица, а нужен весь набор", mend, source)
    if path.suffix.lower() != ".xlsx":
        message = f"Файлы {path.suffix or 'без расширения'} не читаются"
        raise unreadable(message, "Сохраните книгу Excel как .xlsx", source)
    with path.open("rb") as file:
        if file.read(len(_OLD_EXCEL)) == _OLD_EXCEL:
            message = "Это старый формат .xls или книга под паролем"
            raise unreadable(message, "Снимите пароль и сохраните книгу как .xlsx", source)
    if not zipfile.is_zipfile(path) or "xl/workbook.xml" not in _parts(path):
        message = "Это не книга Excel, хотя файл так назван"
        raise unreadable(message, "Откройте его в Excel и сохраните как .xlsx, а не переименуйте", source)


def _parts(path: Path) -> list[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.namelist()
    except zipfile.BadZipFile:
        return []


def _refuse_bomb(archive: zipfile.ZipFile) -> None:
    """By the table of contents alone; that it does not lie shows when the parts are read through."""
    parts = archive.infolist()
    grown = any(part.file_size > _BIG_PART and part.file_size > MAX_RATIO * part.compress_size for part in parts)
    if grown or sum(part.file_size for part in parts) > MAX_UNPACKED:
        message = "Книга распаковывается в слишком большой объём"
        mend = "Такие файлы не читаются ради безопасности; большие данные дайте папкой CSV или Parquet"
        raise unreadable(message, mend, f"файл {Path(archive.filename or '').name}")


def _scan(archive: zipfile.ZipFile) -> BrokenCells:
    broken: BrokenCells = {}
    sheets = _sheet_parts(archive)
    for part in archive.infolist():
        title = sheets.get(part.filename)
        with archive.open(part) as file:
            if title is not None:
                broken[title] = _scan_sheet(_chunks(file), title)
            # Every part is read to its end: one larger than the table of contents says fails here, not in the parser.
            for _ in _chunks(file):
                pass
    return broken


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Title of the sheet by its part of the archive."""
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    workbook = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    sheets = (element for element in workbook.iter() if element.tag.endswith("}sheet"))
    return {_part_name(targets[sheet.get(_RELATION)]): sheet.get("name", "") for sheet in sheets}


def _part_name(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)


def _scan_sheet(chunks: Iterator[bytes], title: str) -> frozenset[tuple[int, int]]:
    """The cells whose formula failed. Refuses a sheet whose rectangle is vast."""
    row = width = 0
    broken: set[tuple[int, int]] = set()
    for piece in _whole_tags(chunks):
        if b"\0" in piece:
            raise ValueError("UTF-16: the patterns below would see nothing in it, but the parser would")
        for cell in _CELL.finditer(piece):
            attributes = cell.group(1) or b""
            here = _address(attributes, title)
            row, width = max(row, here[0]), max(width, here[1] + 1)
            if _FAILED.search(attributes):
                broken.add(here)
    if row * width > MAX_CELLS:
        message = f"Лист занят до ячейки {_letters(width)}{row}: это слишком много"
        mend = "Удалите лишние строки и столбцы; большие данные дайте папкой CSV или Parquet"
        raise unreadable(message, mend, f"лист «{title}»")
    return frozenset(broken)


def _address(attributes: bytes, title: str) -> tuple[int, int]:
    """Row (from 1) and place (from 0) of a cell; without them it could not be told how far a sheet reaches."""
    address = _ADDRESS.search(attributes)
    if address is None:
        mend = "Откройте книгу в Excel или LibreOffice и сохраните заново"
        raise unreadable("У ячеек нет адресов", mend, f"лист «{title}»")
    return int(address.group(2)), _place(address.group(1))


def _whole_tags(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes, cut between tags."""
    rest = b""
    for chunk in chunks:
        head, opening, tail = (rest + chunk).rpartition(b"<")
        yield head
        rest = opening + tail
    yield rest


def _place(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def _letters(width: int) -> str:
    letters = ""
    while width:
        width, rest = divmod(width - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
