"""Reads a workbook back: its cells as a reader's program gives them, and its set-up from the XML itself."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree import ElementTree

from python_calamine import CalamineWorkbook

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
Row = dict[str, object]


def sheets(path: Path) -> list[str]:
    return CalamineWorkbook.from_path(str(path)).sheet_names


def cells(path: Path, sheet: str) -> list[list[object]]:
    found = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet)
    return [list(row) for row in found.to_python(skip_empty_area=False)]


def table(path: Path, sheet: str, first: str) -> list[Row]:
    """The rows under the header row, which begins with ``first``."""
    rows = cells(path, sheet)
    header = next(place for place, row in enumerate(rows) if row[0] == first)
    titles = [str(title) for title in rows[header]]
    return [dict(zip(titles, row, strict=True)) for row in rows[header + 1 :]]


def xml(path: Path, number: int) -> ElementTree.Element:
    """The XML of the sheet with this number, from 1."""
    with zipfile.ZipFile(path) as archive:
        return ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode("utf-8")


def grounds(path: Path, number: int) -> list[list[str]]:
    """The colours of the cells of a sheet, row by row; empty where there is none."""
    styles = ElementTree.fromstring(part(path, "xl/styles.xml"))
    fills = [fill.find(f".//{MAIN}fgColor") for fill in styles.iter(f"{MAIN}fill")]
    formats = styles.find(f"{MAIN}cellXfs")
    assert formats is not None
    painted = [
        "" if (ink := fills[int(one.get("fillId", 0))]) is None else f"#{ink.get('rgb', '')[2:]}" for one in formats
    ]
    rows = xml(path, number).iter(f"{MAIN}row")
    return [[painted[int(cell.get("s", 0))] for cell in row.iter(f"{MAIN}c")] for row in rows]
