"""What a parser of workbooks does not tell: how far a sheet reaches, and which of its formulas failed."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from xml.etree import ElementTree
from xml.parsers import expat

from opora.indicators.dataset.inflating import Inflating

BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    ElementTree.ParseError,
    expat.ExpatError,
    LookupError,
    EOFError,
    ValueError,
    RuntimeError,  # zipfile: a part is encrypted; of it, NotImplementedError: packed in a way that it does not know
    OSError,
)
"""What reading a workbook that is none, or is spoilt, raises."""

_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s>])([^>]*[^>/])?>")
_ADDRESS = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")
_FAILED = re.compile(rb"""\st\s*=\s*["']e["']""")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_LONGEST_TAG = 1 << 23
"""Bytes of a tag and the text after it; Excel keeps 32,767 letters in a cell."""


class NoAddresses(Exception):
    """Cells without addresses: it cannot be told how far the sheet of this title reaches."""


@dataclass(frozen=True, slots=True)
class SheetScan:
    """Of one sheet, as its cells give their addresses."""

    rows: int
    width: int
    broken: frozenset[tuple[int, int]]
    """Row (from 1) and place (from 0) of the cells whose formula failed."""


def scan_workbook(parts: Inflating) -> dict[str, SheetScan]:
    """By title. Every part is inflated to its end, so that none does what its table of contents does not say."""
    sheets = _sheet_parts(parts)
    scans: dict[str, SheetScan] = {}
    for info in parts.infolist():
        title = sheets.get(info.filename)
        if title is not None:
            scans[title] = _scan_sheet(whole_tags(well_formed(parts.chunks(info))), title)
            continue
        for _ in well_formed(parts.chunks(info)) if info.filename.endswith((".xml", ".rels")) else parts.chunks(info):
            pass
    return scans


def well_formed(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes. What is not well formed is refused, for the parser of workbooks may wait for its end for ever; so
    is a DTD: no office program writes one, and entities defined in one grow without bound."""
    checker = expat.ParserCreate()
    checker.StartDoctypeDeclHandler = _refuse_definitions
    for chunk in chunks:
        checker.Parse(chunk, False)
        yield chunk
    checker.Parse(b"", True)


def _refuse_definitions(*_: object) -> None:
    raise ValueError("a document type definition")


def _sheet_parts(parts: Inflating) -> dict[str, str]:
    """Title of the sheet by its part of the archive."""
    relations = _document(parts, "xl/_rels/workbook.xml.rels")
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    workbook = _document(parts, "xl/workbook.xml")
    sheets = (element for element in workbook.iter() if element.tag.endswith("}sheet"))
    return {_part_name(targets[sheet.get(_RELATION)]): sheet.get("name", "") for sheet in sheets}


def _document(parts: Inflating, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(b"".join(well_formed(parts.chunks(parts.getinfo(name)))))


def _part_name(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)


def _scan_sheet(pieces: Iterator[bytes], title: str) -> SheetScan:
    row = width = 0
    broken: set[tuple[int, int]] = set()
    for piece in pieces:
        if b"\0" in piece:
            raise ValueError("UTF-16: the patterns below would see nothing in it, but the parser would")
        for cell in _CELL.finditer(piece):
            attributes = cell.group(1) or b""
            here = _address(attributes, title)
            row, width = max(row, here[0]), max(width, here[1] + 1)
            if _FAILED.search(attributes):
                broken.add(here)
    return SheetScan(row, width, frozenset(broken))


def _address(attributes: bytes, title: str) -> tuple[int, int]:
    """Row (from 1) and place (from 0) of a cell."""
    address = _ADDRESS.search(attributes)
    if address is None:
        raise NoAddresses(title)
    return int(address.group(2)), _place(address.group(1))


def whole_tags(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes, cut between tags."""
    rest = b""
    for chunk in chunks:
        head, opening, tail = (rest + chunk).rpartition(b"<")
        yield head
        rest = opening + tail
        if len(rest) > _LONGEST_TAG:
            raise ValueError("no office program writes so long a tag or text")
    yield rest


def _place(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def column_letters(width: int) -> str:
    """Of the last of so many columns: «AB» of 28."""
    letters = ""
    while width:
        width, rest = divmod(width - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
