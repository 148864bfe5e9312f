"""Columns whose headings say of what they hold numbers: hours of classes and subjects, scores of competences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from opora.indicators.dataset.cells import Raw, Unread
from opora.intake.sheets.choices import MEASURES
from opora.intake.sheets.layout import Heading
from opora.intake.sheets.mapping import MappedColumn
from opora.intake.sheets.meanings import SKIPPED, is_number
from opora.intake.sheets.values import choice_of
from opora.intake.words.letters import plain
from opora.intake.words.subjects import is_known

_NUMBERS = ("hours", "score")
_MOST, _SURENESS = 0.7, 0.8
_CLASSES = re.compile(
    r"(?<!\w)((?:\d{1,2}|[ivx]{1,4})(?:\s*[-–—,и]\s*(?:\d{1,2}|[ivx]{1,4}))*)\s*(?:-?[хйые]+\s*)?(?:кл\b|кл\.|класс)"
)
_BARE_CLASSES = re.compile(r"\d{1,2}(?:\s*[-–—]\s*\d{1,2})?\s*[«\"]?[а-я]?[»\"]?")
_CLASSES_IN_A_ROW = 3
_OF_HOURS = re.compile(r"час|нагрузк|класс")
_ALL_HOURS = re.compile(r"всего|итого|общ")


def by_classes(headings: Sequence[Heading]) -> bool:
    """Whether classes head several columns, be it said or not that there are hours under them."""
    return sum(1 for heading in headings if _BARE_CLASSES.fullmatch(plain(heading.text))) >= _CLASSES_IN_A_ROW


def of_score(column: MappedColumn, sample: Sequence[Raw]) -> MappedColumn:
    """«Предметные», «Методические»: a column of scores for each."""
    measured = choice_of(column.heading, MEASURES, "")
    if (
        column.meaning not in (SKIPPED, "score", "measures", "subject")
        or isinstance(measured, Unread)
        or not _numbers(sample)
    ):
        return column
    return replace(column, meaning="score", measures=measured.value, sureness=_SURENESS)


def _numbers(sample: Sequence[Raw]) -> bool:
    return bool(sample) and sum(map(is_number, sample)) >= _MOST * len(sample)


def of_hours(column: MappedColumn, sample: Sequence[Raw], heading: Heading, headed: bool) -> MappedColumn:
    """Columns that are headed by classes or by subjects hold hours; ``headed``: several are by classes."""
    whole, text = plain(heading.whole), plain(heading.text)
    if column.meaning not in (SKIPPED, "hours", "classes", "subject") or (sample and not _numbers(sample)):
        return column
    if is_known(text):
        return replace(column, meaning="hours", subject=heading.text, sureness=_SURENESS)
    hours = headed or bool(_OF_HOURS.search(whole))
    classes = _CLASSES.search(text) or (hours and _BARE_CLASSES.fullmatch(text))
    if classes and hours:
        said = classes[1].upper() if classes.re is _CLASSES else heading.text
        return replace(column, meaning="hours", classes=said, sureness=_SURENESS)
    return column


def without_sums(columns: Sequence[MappedColumn]) -> list[MappedColumn]:
    """«Всего часов» beside the columns that it sums is not read."""
    hours = [column for column in columns if column.meaning == "hours"]
    apart = [column for column in hours if column.classes or column.subject]
    sums = [column for column in hours if column not in apart and (apart or _ALL_HOURS.search(plain(column.heading)))]
    if len(sums) == len(hours):
        sums = []
    return [replace(column, meaning=SKIPPED) if column in sums else column for column in columns]


def one_of_each(columns: Sequence[MappedColumn]) -> list[MappedColumn]:
    """«По плану» and «фактически» would be told as if they were two loads: the second is asked about."""
    bare = [column for column in columns if not (column.classes or column.subject or column.measures)]
    more = [column for meaning in _NUMBERS for column in [each for each in bare if each.meaning == meaning][1:]]
    return [replace(column, meaning=SKIPPED, sureness=0.0) if column in more else column for column in columns]
