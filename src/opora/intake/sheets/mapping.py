"""Which column of a sheet is what: proposed from headings and contents, corrected by a person, kept by shape."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice

from opora.indicators.dataset.cells import Raw, Unread, is_blank
from opora.indicators.dataset.faults import plain as plain_title
from opora.indicators.dataset.schema import Table
from opora.indicators.dataset.table_names import table_called
from opora.indicators.dataset.tables import STORED
from opora.intake.sheets.choices import MEASURES
from opora.intake.sheets.kinds import KINDS, TABLE, Kind, may_head
from opora.intake.sheets.layout import Heading, Layout, body, find_layout
from opora.intake.sheets.meanings import SKIPPED, Meaning, is_number
from opora.intake.sheets.opening import Sheet
from opora.intake.sheets.values import choice_of
from opora.intake.words.letters import plain
from opora.intake.words.subjects import is_known

_SAMPLE = 120
_BY_TITLE, _BY_BOTH, _BY_HEADING, _BY_CONTENT, _CONTRADICTED = 1.0, 0.95, 0.8, 0.6, 0.3
_MOST_LOOK_SO, _FEW_LOOK_SO = 0.7, 0.3
_TITLE_TELLS = 1.5
_DIGITS = re.compile(r"\d{2,}")
_CLASSES = re.compile(
    r"(?<!\w)((?:\d{1,2}|[ivx]{1,4})(?:\s*[-–—,и]\s*(?:\d{1,2}|[ivx]{1,4}))*)\s*(?:-?[хйые]+\s*)?(?:кл\b|кл\.|класс)"
)
_BARE_CLASSES = re.compile(r"\d{1,2}(?:\s*[-–—]\s*\d{1,2})?\s*[«\"]?[а-я]?[»\"]?")
_CLASSES_IN_A_ROW = 3
"""So many columns that are headed «5а», «5б», «6» are of hours, whether or not it says so."""
_OF_HOURS = re.compile(r"час|нагрузк|класс")
_ALL_HOURS = re.compile(r"всего|итого|общ")


@dataclass(frozen=True, slots=True)
class MappedColumn:
    place: int
    heading: str
    """As the sheet has it, with the letter of the column."""
    meaning: str = SKIPPED
    """Code of a `Meaning` of the kind, or the name of a column of the table; empty: not read."""
    classes: str = ""
    """Of a column of hours: whose they are, where its heading names classes."""
    subject: str = ""
    """Likewise, where it names a subject."""
    measures: str = ""
    """Of a column of scores: the code of what its heading says is measured."""
    sureness: float = 1.0
    """From 0 to 1; 1 once a person has said so."""


@dataclass(frozen=True, slots=True)
class SheetMapping:
    kind: str
    """A code of `KINDS`, `TABLE`, or empty: the sheet is not read."""
    columns: tuple[MappedColumn, ...] = ()
    table: str = ""
    """Of the dataset, where the kind is `TABLE`."""

    def corrected(self, meanings: dict[int, str]) -> SheetMapping:
        """With other meanings, by place, as a person has chosen them."""
        columns = (
            replace(column, meaning=meanings[column.place], sureness=1.0) if column.place in meanings else column
            for column in self.columns
        )
        return replace(self, columns=tuple(columns))

    def choices(self) -> list[tuple[str, str]]:
        """Code and Russian title of everything that a column may be."""
        if self.kind == TABLE:
            return [(column.name, column.title) for column in STORED[self.table].columns]
        kind = KINDS.get(self.kind)
        return [(meaning.code, meaning.title) for meaning in kind.meanings if meaning.code] if kind else []

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @staticmethod
    def from_json(text: str) -> SheetMapping:
        """What is kept may be of an older Opora: meanings that it no longer has are not read."""
        kept = json.loads(text)
        mapping = SheetMapping(kept["kind"], tuple(MappedColumn(**column) for column in kept["columns"]), kept["table"])
        if mapping.kind == TABLE and mapping.table not in STORED:
            return SheetMapping("")
        known = {code for code, _ in mapping.choices()}
        gone = {column.place: SKIPPED for column in mapping.columns if column.meaning not in known}
        return mapping.corrected(gone)


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


def proposed_mapping(sheet: Sheet) -> SheetMapping:
    layout = layout_of(sheet)
    if layout is None:
        return SheetMapping("")
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
        bare = sum(1 for heading in layout.headings if _BARE_CLASSES.fullmatch(plain(heading.text)))
        headed = bare >= _CLASSES_IN_A_ROW
        guessed = [_of_hours(each, samples[each.place], layout.headings[each.place], headed) for each in guessed]
        guessed = _without_sums(guessed)
    if kind.meaning("score") is not None:
        guessed = [_of_score(each, samples[each.place]) for each in guessed]
    return tuple(_once(kind, guessed))


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


def _of_score(column: MappedColumn, sample: Sequence[Raw]) -> MappedColumn:
    """«Предметные», «Методические»: a column of scores for each."""
    measured = choice_of(column.heading, MEASURES, "")
    if (
        column.meaning not in (SKIPPED, "score", "measures", "subject")
        or isinstance(measured, Unread)
        or not _numbers(sample)
    ):
        return column
    return replace(column, meaning="score", measures=measured.value, sureness=_BY_HEADING)


def _numbers(sample: Sequence[Raw]) -> bool:
    return bool(sample) and sum(map(is_number, sample)) >= _MOST_LOOK_SO * len(sample)


def _of_hours(column: MappedColumn, sample: Sequence[Raw], heading: Heading, by_classes: bool) -> MappedColumn:
    """Columns of a tariff list that are headed by classes or by subjects hold hours."""
    whole, text = plain(heading.whole), plain(heading.text)
    if column.meaning not in (SKIPPED, "hours", "classes", "subject") or (sample and not _numbers(sample)):
        return column
    if is_known(text):
        return replace(column, meaning="hours", subject=heading.text, sureness=_BY_HEADING)
    of_hours = by_classes or bool(_OF_HOURS.search(whole))
    classes = _CLASSES.search(text) or (of_hours and _BARE_CLASSES.fullmatch(text))
    if classes and of_hours:
        said = classes[1].upper() if classes.re is _CLASSES else heading.text
        return replace(column, meaning="hours", classes=said, sureness=_BY_HEADING)
    return column


def _without_sums(columns: Sequence[MappedColumn]) -> list[MappedColumn]:
    """«Всего часов» beside the columns that it sums is not read."""
    hours = [column for column in columns if column.meaning == "hours"]
    apart = [column for column in hours if column.classes or column.subject]
    sums = [column for column in hours if column not in apart and (apart or _ALL_HOURS.search(plain(column.heading)))]
    if len(sums) == len(hours):
        sums = []
    return [replace(column, meaning=SKIPPED) if column in sums else column for column in columns]


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
    return fits + len(found & kind.marks) / 2 + _TITLE_TELLS * told_so
