"""The header of a table: one storey or several, in any of its first rows, or told by the marks of its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from opora.intake.pages.grid import GridRow
from opora.intake.pages.headings import COURSE_PARTS, STAFF_PROP, Field, Meaning, of_course_column, of_heading, of_prop
from opora.intake.pages.lines import prop_of
from opora.intake.words.letters import plain
from opora.intake.words.names import any_name

_FIRST_ROWS = 15
_STOREYS = 4
_STAFF = frozenset(
    {
        Field.SUBJECTS,
        Field.EDUCATION,
        Field.QUALIFICATION,
        Field.CATEGORY,
        Field.EXPERIENCE,
        Field.TRAINING,
        Field.RETRAINING,
        Field.DEGREE,
    }
)
_COURSE_DATES = re.compile(r"прохо|обучени|курс|выдач|оконч|^год$|^дата$|^срок")
_ASKS_FOR_NAME = re.compile(r"\bф\.? ?и\.? ?о\b|фамили")
"""«Должность | учитель» is no header."""
_CONTACTS = re.compile(r"телефон|почт|e-?mail|кабинет|при[её]м")


@dataclass(frozen=True, slots=True)
class Columns:
    meanings: tuple[Meaning, ...]
    first_row: int
    """Of people."""
    marked: bool = False

    @property
    def name_at(self) -> int:
        return next(place for place, meaning in enumerate(self.meanings) if meaning.field is Field.NAME)

    @property
    def has_course_parts(self) -> bool:
        return any(meaning.field in COURSE_PARTS for meaning in self.meanings)

    @property
    def about_staff(self) -> bool:
        """And not a list of telephones."""
        fields = {meaning.field for meaning in self.meanings}
        if self.marked or self.has_course_parts or fields & _STAFF:
            return True
        return Field.POST in fields and not any(_CONTACTS.search(plain(meaning.heading)) for meaning in self.meanings)

    def without_header(self) -> Columns:
        return replace(self, first_row=0)


def header_of(rows: Sequence[GridRow]) -> Columns | None:
    for number, row in enumerate(rows[:_FIRST_ROWS]):
        meanings = _meanings(row, None)
        if not _is_header(row, meanings):
            continue
        last = _last_storey(rows, number, meanings)
        for storey in range(number + 1, last + 1):
            meanings = _meanings(rows[storey], rows[storey - 1])
        marked = any(row.prop.lower() == STAFF_PROP for row in rows)
        return Columns(tuple(_with_course_parts(meanings)), last + 1, marked)
    return _by_marks(rows)


def _meanings(row: GridRow, above: GridRow | None) -> list[Meaning]:
    meanings = []
    for column, cell in enumerate(row.cells):
        over = above.cell(column) if above else None
        if cell is None:
            meanings.append(Meaning(Field.OTHER))
            continue
        meanings.append(of_heading(cell.text, over.text if over is not None and over is not cell else ""))
    return meanings


def _is_header(row: GridRow, meanings: Sequence[Meaning]) -> bool:
    fields = {meaning.field for meaning in meanings}
    if Field.NAME not in fields or not fields - {Field.NAME, Field.NUMBER, Field.OTHER}:
        return Field.NAME in fields and len(row.distinct) > 2 and _course_columns(meanings)
    if len(row.distinct) == 2:
        return any(_ASKS_FOR_NAME.search(plain(meaning.heading)) for meaning in meanings)
    return len(row.distinct) > 2


def _course_columns(meanings: Sequence[Meaning]) -> bool:
    return Field.COURSE_TITLE in {of_course_column(meaning.heading) for meaning in meanings}


def _last_storey(rows: Sequence[GridRow], number: int, meanings: Sequence[Meaning]) -> int:
    """The lowest row of the header: those that the cell of names reaches down to, or that only have headings."""
    column = next(place for place, meaning in enumerate(meanings) if meaning.field is Field.NAME)
    top = rows[number].cell(column)
    last = number
    while last + 1 < len(rows) and last - number < _STOREYS and rows[last + 1].cell(column) is top:
        last += 1
    return last


def _with_course_parts(meanings: Sequence[Meaning]) -> list[Meaning]:
    """Columns «Тема», «Год», «Часы» are parts of a course where there is a row for each course."""
    if any(meaning.field in COURSE_PARTS for meaning in meanings):
        return list(meanings)
    parts = {place: _part(meaning) for place, meaning in enumerate(meanings) if meaning.field is Field.OTHER}
    found = set(parts.values())
    titled = Field.COURSE_TITLE in found or any(meaning.field is Field.TRAINING for meaning in meanings)
    if not titled or not found & {Field.COURSE_HOURS, Field.COURSE_YEAR}:
        return list(meanings)
    made = []
    for place, meaning in enumerate(meanings):
        part = parts.get(place)
        if part is None and meaning.field is Field.TRAINING and Field.COURSE_TITLE not in found:
            part = Field.COURSE_TITLE
        made.append(replace(meaning, field=part) if part else meaning)
    return made


def _part(meaning: Meaning) -> Field | None:
    part = of_course_column(meaning.heading)
    if part is Field.COURSE_YEAR and not _COURSE_DATES.search(plain(meaning.heading)):
        return None
    return part


def _by_marks(rows: Sequence[GridRow]) -> Columns | None:
    """A table without a header whose rows are marked."""
    for number, row in enumerate(rows):
        if row.prop.lower() != STAFF_PROP:
            continue
        meanings = [(of_prop(prop_of(cell.node)) if cell else None) or Meaning(Field.OTHER) for cell in row.cells]
        names = [cell for cell, meaning in zip(row.cells, meanings, strict=True) if meaning.field is Field.NAME]
        if names and names[0] is not None:
            return Columns(tuple(meanings), number if any_name(names[0].text) else number + 1, marked=True)
    return None
