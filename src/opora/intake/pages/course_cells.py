"""The courses of a person: in one text, in the text about education, or a row of cells for each course."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from opora.intake.pages.headings import Field
from opora.intake.pages.reader import Reader
from opora.intake.pages.record import Cell, Record
from opora.intake.pages.result import Read, Training
from opora.intake.words.courses import Course, read_courses
from opora.intake.words.courses.marks import Sort, find_marks
from opora.intake.words.courses.trainings import LEAST_RETRAINING, MANY_HOURS
from opora.intake.words.courses.words import NOTHING, find_kinds
from opora.intake.words.dates import find_dates
from opora.intake.words.found import Found
from opora.intake.words.hours import find_hours
from opora.intake.words.letters import plain
from opora.intake.words.values import Period, TrainingKind

_HOURS_ANNOUNCED = re.compile(r"\bчас|объем")
_EDGES = ' \t\n,;:.–—-/|•*"«»'


def read_trainings(reader: Reader, record: Record) -> Iterator[Training]:
    for row in record.course_rows:
        yield from _of_row(reader, row)
    for cell in record.of(Field.TRAINING, Field.RETRAINING):
        kind = TrainingKind.RETRAINING if cell.field is Field.RETRAINING else None
        announced = bool(_HOURS_ANNOUNCED.search(plain(cell.meaning.heading)))
        for course in read_courses(cell.text, kind=kind, hours_announced=announced):
            yield _training(reader, cell, course)
    for cell in record.of(Field.EDUCATION, Field.QUALIFICATION):
        for course in _in_education(cell.text):
            yield _training(reader, cell, course)


def _training(reader: Reader, cell: Cell, course: Course) -> Training:
    return Training(
        kind=reader.read(cell, course.kind),
        title=reader.read(cell, course.title) if course.title else None,
        period=reader.read(cell, course.period) if course.period else None,
        hours=reader.read(cell, course.hours) if course.hours else None,
        provider=reader.read(cell, course.provider) if course.provider else None,
    )


def _in_education(text: str) -> Iterator[Course]:
    """Retraining that is told of beside the diploma: each from its name to the next."""
    kinds = [mark for mark in find_marks(text) if mark.sort is Sort.KIND and mark.kind is TrainingKind.RETRAINING]
    for start, end in pairwise([*(mark.start for mark in kinds), len(text)]):
        for course in read_courses(text[start:end])[:1]:
            yield course.moved(start)


def _of_row(reader: Reader, row: dict[Field, Cell]) -> Iterator[Training]:
    lines = {part: _lines(cell.text) for part, cell in row.items() if cell.text}
    counts = {len(places) for places in lines.values()}
    if len(counts) > 1 or not counts:
        lines = {part: [(0, len(row[part].text))] for part in lines}
        counts = {1}
    for number in range(counts.pop()):
        yield from _of_parts(reader, row, {part: places[number] for part, places in lines.items()})


def _lines(text: str) -> list[tuple[int, int]]:
    return [(line.start(), line.end()) for line in re.finditer(r"[^\n]+", text)]


def _of_parts(reader: Reader, row: dict[Field, Cell], parts: dict[Field, tuple[int, int]]) -> Iterator[Training]:
    found = {part: (row[part], row[part].text[start:end], start) for part, (start, end) in parts.items()}
    training = Training(
        kind=_kind(reader, row, found),
        title=_title(reader, found),
        period=_period(reader, found),
        hours=_hours(reader, found),
        provider=_provider(reader, found),
    )
    if training.title or training.period:
        yield training


_Parts = dict[Field, tuple[Cell, str, int]]


def _only_course(parts: _Parts) -> Course | None:
    """What the cell of titles tells by itself: «Переподготовка «…»»."""
    if Field.COURSE_TITLE not in parts:
        return None
    _, text, start = parts[Field.COURSE_TITLE]
    courses = read_courses(text)
    return courses[0].moved(start) if len(courses) == 1 else None


def _kind(reader: Reader, row: dict[Field, Cell], parts: _Parts) -> Read[TrainingKind]:
    if stated := _stated_kind(parts):
        return reader.read(row[Field.COURSE_KIND], stated)
    cell = row.get(Field.COURSE_TITLE) or next(iter(row.values()))
    course = _only_course(parts)
    kind = course.kind if course else Found(TrainingKind.TRAINING, 0, len(cell.text))
    hours = _hours(reader, parts)
    if kind.value is TrainingKind.TRAINING and hours and hours.value >= LEAST_RETRAINING:
        kind = Found(TrainingKind.RETRAINING, kind.start, kind.end, MANY_HOURS)
    return reader.read(cell, kind)


def _stated_kind(parts: _Parts) -> Found[TrainingKind] | None:
    """What a column of kinds says: «Повышение квалификации», «Переподготовка»."""
    if Field.COURSE_KIND not in parts:
        return None
    _, text, start = parts[Field.COURSE_KIND]
    kinds = find_kinds(text)
    if len(kinds) != 1:
        return None
    ((first, last, kind),) = kinds
    return Found(kind, start + first, start + last) if kind else None


def _title(reader: Reader, parts: _Parts) -> Read[str] | None:
    if Field.COURSE_TITLE not in parts:
        return None
    cell, text, start = parts[Field.COURSE_TITLE]
    if NOTHING.fullmatch(text.strip()):
        return None
    course = _only_course(parts)
    if course and course.title:
        return reader.read(cell, Found(course.title.value, course.title.start, course.title.end))
    return reader.read(cell, Found(" ".join(text.split()).strip(_EDGES), start, start + len(text)))


def _period(reader: Reader, parts: _Parts) -> Read[Period] | None:
    course = _only_course(parts)
    if Field.COURSE_YEAR in parts:
        cell, text, start = parts[Field.COURSE_YEAR]
        if dates := find_dates(text):
            last = dates[-1]
            return reader.read(cell, Found(last.period, start + last.start, start + last.end, last.doubt))
    if course and course.period:
        return reader.read(parts[Field.COURSE_TITLE][0], course.period)
    return None


def _hours(reader: Reader, parts: _Parts) -> Read[int] | None:
    course = _only_course(parts)
    if Field.COURSE_HOURS in parts:
        cell, text, start = parts[Field.COURSE_HOURS]
        if named := find_hours(text):
            return reader.read(cell, Found(named[0].hours, start + named[0].start, start + named[0].end))
        if bare := re.fullmatch(r"\s*(\d{1,4})(?:[.,]0+)?\s*", text):
            return reader.read(cell, Found(int(bare[1]), start + bare.start(1), start + bare.end(1)))
    if course and course.hours:
        return reader.read(parts[Field.COURSE_TITLE][0], course.hours)
    return None


def _provider(reader: Reader, parts: _Parts) -> Read[str] | None:
    if Field.COURSE_PROVIDER not in parts:
        course = _only_course(parts)
        return reader.read(parts[Field.COURSE_TITLE][0], course.provider) if course and course.provider else None
    cell, text, start = parts[Field.COURSE_PROVIDER]
    words = " ".join(text.split())
    if not words or NOTHING.fullmatch(words):
        return None
    return reader.read(cell, Found(words, start, start + len(text)))
