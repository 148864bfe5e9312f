"""Workbooks and CSV."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from opora.indicators.dataset.cells import Raw, is_blank
from opora.intake.adapters.base import Asked, Dropped, FileTold, Organisations, SheetAsked
from opora.intake.adapters.organisations import proposed
from opora.intake.reading import Reading
from opora.intake.sheets.kinds import TABLE
from opora.intake.sheets.layout import body
from opora.intake.sheets.mapping import SheetMapping
from opora.intake.sheets.opening import Sheet, UnreadableBook, open_book
from opora.intake.sheets.proposing import layout_of, mapping_key, proposed_mapping
from opora.intake.sheets.read import read_sheets, sheets_to_read

_SURE = 0.8
_SHOWN, _LONGEST = 3, 60
_STAFF = "staff"


class Sheets:
    code = "sheet"
    title = "таблица"

    def knows(self, file: Dropped) -> bool:
        with _on_disk(file) as path:
            try:
                open_book(path, file.name)
            except UnreadableBook:
                return False
            return True

    def asks(self, file: Dropped, told: FileTold, organisations: Organisations) -> Asked:
        with _on_disk(file) as path:
            try:
                sheets = [_asked(sheet, told) for sheet in sheets_to_read(open_book(path, file.name))]
            except UnreadableBook:
                return Asked()
        lacks = any(_lacks_organisation(sheet.mapping) for sheet in sheets)
        open_ = lacks and not told.organisation_key and not told.nobodys
        titles = [file.name, *(sheet.title for sheet in sheets)]
        return Asked(open_, proposed(titles, organisations) if lacks else (), tuple(sheets))

    def read(self, file: Dropped, told: FileTold) -> Reading:
        with _on_disk(file) as path:
            return read_sheets(path, told.mappings, told.told, file.name)


@contextmanager
def _on_disk(file: Dropped) -> Iterator[Path]:
    """Parsers of workbooks read files."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(file.content)
        yield path


def _asked(sheet: Sheet, told: FileTold) -> SheetAsked:
    key = mapping_key(sheet)
    known = told.mappings.get(key)
    kind = told.kinds.get(key, "")
    mapping = known or proposed_mapping(sheet, kind)
    unheaded = not mapping.columns  # nothing to ask of it: its reading tells how to mend it
    sure = known is not None or unheaded or mapping.kind == TABLE or (not kind and _is_sure(mapping))
    return SheetAsked(key, sheet.title, mapping, _first_rows(sheet), sure)


def _is_sure(mapping: SheetMapping) -> bool:
    return bool(mapping.kind) and all(column.sureness >= _SURE for column in mapping.columns)


def _lacks_organisation(mapping: SheetMapping) -> bool:
    return mapping.kind == _STAFF and not any(column.meaning == "organisation" for column in mapping.columns)


def _first_rows(sheet: Sheet) -> tuple[tuple[str, ...], ...]:
    layout = layout_of(sheet)
    if layout is None:
        return tuple(_shown(cells) for _, cells in islice(sheet.raw_rows(), _SHOWN))
    places = [heading.place for heading in layout.headings]
    rows = [_shown(cells) for _, cells in islice(body(sheet, layout), _SHOWN)]
    return tuple(tuple(row[place] if place < len(row) else "" for place in places) for row in rows)


def _shown(cells: Sequence[Raw]) -> tuple[str, ...]:
    return tuple("" if is_blank(cell) else str(cell)[:_LONGEST] for cell in cells)
