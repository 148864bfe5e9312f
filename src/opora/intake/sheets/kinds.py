"""Kinds of sheets: which columns each may have, and by which it is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from opora.intake.sheets import meanings as m
from opora.intake.sheets.meanings import Meaning
from opora.intake.words.letters import plain

TABLE = "table"
"""The kind of a sheet of the dataset's own workbook."""


@dataclass(frozen=True, slots=True)
class Kind:
    code: str
    title: str
    meanings: tuple[Meaning, ...]
    """In the order in which a heading is tried."""
    marks: frozenset[str]
    """Columns that a sheet of this kind has, by code; one at least, unless its title tells."""
    told_by: str
    """A pattern of the words above the header or of the title of the sheet."""

    def meaning(self, code: str) -> Meaning | None:
        return next((meaning for meaning in self.meanings if meaning.code == code), None)

    def of_heading(self, text: str) -> Meaning | None:
        words = plain(text)
        if "-" in words:
            # «Долж-ность»: as narrow columns are hyphenated.
            words = f"{words} {words.replace('-', '')}"
        return next((meaning for meaning in self.meanings if _pattern(meaning.words).search(words)), None)


@cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words)


def _codes(*meanings: Meaning) -> frozenset[str]:
    return frozenset(meaning.code for meaning in meanings)


_PERSON = (*m.UNREAD, *m.NAMES, *m.ABOUT_PERSON)

STAFF = Kind(
    "staff",
    "Работники: тарификация, кадровый список",
    (
        *_PERSON,
        *m.EXPERIENCE,
        *m.COURSES_TOLD,
        *m.ATTESTATION,
        *m.LEAVE,
        *m.EDUCATION,
        *m.JOB,
        *m.TEACHING,
        m.PLACE,
    ),
    _codes(*m.EXPERIENCE[1:], *m.ATTESTATION, *m.LEAVE, *m.EDUCATION, *m.JOB[1:], *m.TEACHING, *m.COURSES_TOLD)
    | {"born", "career_start"},
    r"тарификац|кадр|список работник|педагогическ\w+ состав|штат",
)
COURSES = Kind(
    "courses",
    "Курсы: строка на каждый курс",
    (*_PERSON, *m.COURSE, m.POST, m.SUBJECT, m.PLACE),
    _codes(*m.COURSE),
    r"\bкурс|повышени\w+ квалификац|переподготовк",
)
DIAGNOSTICS = Kind(
    "diagnostics",
    "Результаты диагностики",
    (*_PERSON, *m.DIAGNOSTICS, m.POST, m.PLACE),
    frozenset({"score", "level"}),
    r"диагностик|дефицит",
)
CONTESTS = Kind(
    "contests",
    "Результаты конкурсов",
    (*_PERSON, *m.CONTESTS, m.POST, m.PLACE),
    frozenset({"contest_result", "contest"}),
    r"конкурс|олимпиад|призер|победител",
)
MEMBERS = Kind(
    "members",
    "Список членов объединения",
    (*_PERSON, *m.MEMBERS, m.POST, m.SUBJECT, m.PLACE),
    frozenset({"association", "member_role", "member_since"}),
    r"\b[ршг]?мо\b|объединени|сообществ|ассоциац|творческ\w+ групп|школ\w+ молодого",
)
KINDS = {kind.code: kind for kind in (STAFF, COURSES, DIAGNOSTICS, CONTESTS, MEMBERS)}


def may_head(text: str) -> bool:
    """Whether a text may head a column of some sheet."""
    return any(kind.of_heading(text) is not None for kind in KINDS.values())
