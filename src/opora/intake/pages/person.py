"""From a record to a person: each cell is read for what its heading announces, and for what strayed into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from opora.intake.pages.course_cells import read_trainings
from opora.intake.pages.headings import Field
from opora.intake.pages.reader import Reader
from opora.intake.pages.record import Cell, Record
from opora.intake.pages.result import Person, Read
from opora.intake.words.category import read_category
from opora.intake.words.dates import find_dates
from opora.intake.words.education import read_academic_title, read_degree, read_level
from opora.intake.words.experience import read_experience
from opora.intake.words.found import Found
from opora.intake.words.posts import read_posts, starts_post
from opora.intake.words.stages import Stage
from opora.intake.words.subjects import read_subjects
from opora.intake.words.values import Attested, Level, Span

T = TypeVar("T")

_ANYWHERE = (
    Field.QUALIFICATION,
    Field.EDUCATION,
    Field.POST,
    Field.AWARDS,
    Field.DEGREE,
    Field.ACADEMIC_TITLE,
    Field.OTHER,
)
_DEGREES = (Field.DEGREE, Field.ACADEMIC_TITLE, Field.QUALIFICATION, Field.EDUCATION, Field.AWARDS, Field.CATEGORY)
_LEVELS = (Field.EDUCATION, Field.QUALIFICATION, Field.DEGREE, Field.ACADEMIC_TITLE)
_SHORT = 30
"""A longer text under «Квалификация» is no bare «высшая»."""


def read_person(file: str, row: int, record: Record) -> Person:
    return _PersonReader(Reader(file, row), record).person()


@dataclass(frozen=True, slots=True)
class _PersonReader:
    reader: Reader
    record: Record

    def person(self) -> Person:
        name = self.record.name
        found = Found(name.name, name.start, name.end, self.record.doubt or name.doubt)
        posts, subjects = self._posts_and_subjects()
        experience = self._experience()
        return Person(
            name=self.reader.read(self.record.name_cell, found),
            posts=posts,
            subjects=subjects,
            education=self._level(),
            degree=self._first(_DEGREES, read_degree),
            academic_title=self._first((*_DEGREES[:2], Field.QUALIFICATION, Field.CATEGORY), read_academic_title),
            category=self._category(),
            experience=experience.get(Stage.TOTAL),
            pedagogical_experience=experience.get(Stage.PEDAGOGICAL),
            experience_in_post=experience.get(Stage.IN_POST),
            trainings=tuple(read_trainings(self.reader, self.record)),
        )

    def _posts_and_subjects(self) -> tuple[tuple[Read[str], ...], tuple[Read[str], ...]]:
        posts: list[Read[str]] = []
        beside: list[Read[str]] = []
        cells, lists = self.record.of(Field.POST), self.record.of(Field.SUBJECTS)
        if not cells:
            cells = [cell for cell in lists if starts_post(cell.text)]
            lists = [cell for cell in lists if cell not in cells]
        for cell in cells:
            found = read_posts(cell.text)
            posts += [self.reader.read(cell, post) for post in found.posts]
            beside += [self.reader.read(cell, subject) for subject in found.subjects]
        own = [self.reader.read(cell, subject) for cell in lists for subject in read_subjects(cell.text)]
        return tuple(_distinct(posts)), tuple(_distinct(own or beside))

    def _level(self) -> Read[Level] | None:
        """What is named in any cell goes before what one of them only suggests."""
        found = list(self._all(_LEVELS, read_level))
        guessed = next(self._all((Field.EDUCATION, Field.QUALIFICATION), read_level), None)
        return next((read for read in found if read.sure), guessed)

    def _category(self) -> Read[Attested] | None:
        for cell in self.record.of(Field.CATEGORY):
            if attested := read_category(cell.text, announced=cell.meaning.announced):
                return self.reader.read(cell, self._dated(attested, cell))
        for cell in self.record.of(*_ANYWHERE):
            bare = cell.field is Field.QUALIFICATION and len(cell.text) < _SHORT and "," not in cell.text
            if attested := read_category(cell.text, announced=bare):
                return self.reader.read(cell, attested)
        return None

    def _dated(self, attested: Found[Attested], cell: Cell) -> Found[Attested]:
        """With the date that stands in a cell of its own."""
        if attested.value.year is not None:
            return attested
        for other in self.record.of(Field.CATEGORY):
            if other is not cell and (dates := find_dates(other.text)):
                period = dates[0].period
                return replace(attested, value=replace(attested.value, year=period.year, on=period.issued))
        return attested

    def _experience(self) -> dict[Stage, Read[Span | None]]:
        read: dict[Stage, Read[Span | None]] = {}
        for cell in self.record.of(Field.EXPERIENCE):
            for stage, found in read_experience(cell.text, cell.meaning.stages).items():
                read.setdefault(stage, self.reader.read(cell, found))
        return read

    def _first(self, fields: Sequence[Field], read: Callable[[str], Found[T] | None]) -> Read[T] | None:
        return next(self._all(fields, read), None)

    def _all(self, fields: Sequence[Field], read: Callable[[str], Found[T] | None]) -> Iterator[Read[T]]:
        for cell in self.record.of(*fields):
            if found := read(cell.text):
                yield self.reader.read(cell, found)


def _distinct(reads: Sequence[Read[str]]) -> list[Read[str]]:
    return list({read.value.casefold(): read for read in reversed(reads)}.values())[::-1]
