"""What each column of a sheet may be, from its heading and its cells; and the shape by which a correction is kept."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice

from opora.indicators.dataset.cells import Raw, is_blank
from opora.indicators.dataset.faults import plain as plain_title
from opora.indicators.dataset.schema import Table
from opora.indicators.dataset.table_names import table_called
from opora.intake.sheets.headed import by_classes, of_hours, of_score, one_of_each, without_sums
from opora.intake.sheets.kinds import KINDS, TABLE, Kind, may_head
from opora.intake.sheets.layout import Heading, Layout, body, find_layout
from opora.intake.sheets.mapping import MappedColumn, SheetMapping
from opora.intake.sheets.meanings import SKIPPED, Meaning
from opora.intake.sheets.opening import Sheet
from opora.intake.words.letters import plain

_SAMPLE = 120
_BY_BOTH, _BY_HEADING, _BY_CONTENT, _CONTRADICTED = 0.95, 0.8, 0.6, 0.3
_MOST_LOOK_SO, _FEW_LOOK_SO = 0.7, 0.3
_TITLE_TELLS, _HEADING_TELLS = 1.5, 0.4
_DIGITS = re.compile(r"\d{2,}")


def layout_of(sheet: Sheet) -> Layout | None:
    table = table_called(sheet.title)
    names = _column_names(table) if table else {}
    return find_layout(sheet, lambda text: plain_title(text) in names or may_head(text))


def mapping_key(sheet: Sheet) -> str:
    """Of the shape of a sheet: the same for the same headings, whatever years and dates stand in them."""
    layout = layout_of(sheet)
    texts = [_DIGITS.sub("#", plain(heading.whole)) for heading in layout.headings] if layout else []
    while texts and not texts[-1]:
        texts.pop()
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:32]


def proposed_mapping(sheet: Sheet, kind: str = "") -> SheetMapping:
    """``kind``: what a person says that the sheet is, a code of `KINDS`; else it is seen from the sheet."""
    layout = layout_of(sheet)
    if layout is None:
        return SheetMapping("")
    if kind in KINDS:
        return SheetMapping(kind, _of_kind(KINDS[kind], layout, _samples(sheet, layout)))
    table = table_called(sheet.title)
    if table is not None and (mapping := _of_table(table, layout)):
        return mapping
    samples = _samples(sheet, layout)
    told = plain(" ".join([sheet.title, *layout.titles]))
    proposals = [(kind, _of_kind(kind, layout, samples)) for kind in KINDS.values()]
    scored = [(_score(kind, columns, told), kind.code, columns) for kind, columns in proposals]
    score, code, columns = max(scored, key=lambda each: each[0])
    return SheetMapping(code, columns) if score else SheetMapping("", columns)


def _column_names(table: Table) -> dict[str, str]:
    return {plain_title(column.title): column.name for column in table.columns} | {
        column.name: column.name for column in table.columns
    }


def _of_table(table: Table, layout: Layout) -> SheetMapping | None:
    names = _column_names(table)
    found = [names.get(plain_title(heading.text), SKIPPED) for heading in layout.headings]
    headed = sum(1 for heading in layout.headings if heading.text)
    if sum(map(bool, found)) * 2 <= headed:
        return None
    columns = [
        MappedColumn(heading.place, heading.shown, name if name not in found[:place] else SKIPPED)
        for place, (heading, name) in enumerate(zip(layout.headings, found, strict=True))
    ]
    return SheetMapping(TABLE, tuple(columns), table.name)


def _samples(sheet: Sheet, layout: Layout) -> list[list[Raw]]:
    """By place: the first cells of each column that are not empty."""
    samples: list[list[Raw]] = [[] for _ in layout.headings]
    for _, cells in islice(body(sheet, layout), _SAMPLE):
        for sample, cell in zip(samples, cells, strict=False):
            if not is_blank(cell):
                sample.append(cell)
    return samples


def _of_kind(kind: Kind, layout: Layout, samples: Sequence[Sequence[Raw]]) -> tuple[MappedColumn, ...]:
    guessed = [_guess(kind, heading, samples[heading.place]) for heading in layout.headings]
    if kind.meaning("classes") is not None:
        headed = by_classes(layout.headings)
        guessed = [of_hours(each, samples[each.place], layout.headings[each.place], headed) for each in guessed]
        guessed = without_sums(guessed)
    if kind.meaning("score") is not None:
        guessed = [of_score(each, samples[each.place]) for each in guessed]
    return tuple(_once(kind, one_of_each(guessed)))


def _guess(kind: Kind, heading: Heading, sample: Sequence[Raw]) -> MappedColumn:
    meaning = (kind.of_heading(heading.text) or kind.of_heading(heading.whole)) if heading.text else None
    column = MappedColumn(heading.place, heading.shown)
    if meaning is not None:
        return replace(column, meaning=meaning.code, sureness=_sureness(meaning, sample))
    told = next((each for each in kind.meanings if each.telling and _share(each, sample) >= _MOST_LOOK_SO), None)
    if told is not None:
        return replace(column, meaning=told.code, sureness=_BY_CONTENT)
    return replace(column, sureness=_BY_CONTENT if sample else 1.0)


def _sureness(meaning: Meaning, sample: Sequence[Raw]) -> float:
    if meaning.looks is None or not sample:
        return _BY_HEADING
    share = _share(meaning, sample)
    return _BY_BOTH if share >= _MOST_LOOK_SO else _CONTRADICTED if share < _FEW_LOOK_SO else _BY_HEADING


def _share(meaning: Meaning, sample: Sequence[Raw]) -> float:
    looks = meaning.looks
    return sum(map(looks, sample)) / len(sample) if looks and sample else 0.0


def _once(kind: Kind, columns: Iterable[MappedColumn]) -> list[MappedColumn]:
    """Of several columns for one meaning the surest, and of those the first; the rest are asked about."""
    columns = list(columns)
    best: dict[str, MappedColumn] = {}
    for column in columns:
        if column.meaning not in best or column.sureness > best[column.meaning].sureness:
            best[column.meaning] = column
    kept = []
    for column in columns:
        meaning = kind.meaning(column.meaning) if column.meaning else None
        again = meaning is not None and not meaning.several and best[column.meaning] is not column
        kept.append(replace(column, meaning=SKIPPED, sureness=0.0) if again else column)
    return kept


def _score(kind: Kind, columns: Sequence[MappedColumn], told: str) -> float:
    """Nothing for a sheet that names nobody."""
    found = {column.meaning for column in columns if column.meaning}
    if not found & {"name", "last_name"}:
        return 0.0
    told_so = bool(re.search(kind.told_by, told))
    if not (found & kind.marks or told_so):
        return 0.0
    fits = sum(column.sureness for column in columns if column.meaning)
    headed_so = any(re.search(kind.told_by, plain(column.heading)) for column in columns)
    return fits + len(found & kind.marks) / 2 + _TITLE_TELLS * told_so + _HEADING_TELLS * headed_so
