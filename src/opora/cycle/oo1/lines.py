"""Lines and boxes of the form's staff section, as far as the registry can count them.

Only titles are kept: the form's numbers of lines and columns change from year to year.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from opora.indicators.dataset.tables.choices import POST


@dataclass(frozen=True, slots=True)
class Line:
    """Who is counted. Empty group or post: any."""

    code: str
    title: str
    group: str = ""
    post: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Box:
    """What is counted of them: those whose ``trait`` has this ``value``."""

    code: str
    title: str
    trait: str
    value: str


@dataclass(frozen=True, slots=True)
class Part:
    code: str
    title: str
    boxes: tuple[Box, ...]


_EDUCATORS = ("teacher", "preschool_teacher", "senior_preschool_teacher", "supplementary_teacher", "methodist", "tutor")
_HELPERS = ("psychologist", "speech_therapist", "defectologist", "social_educator", "organiser")
_OTHERS = ("music_director", "physical_instructor", "coach", "other_educator")

LINES = (
    Line("all", "Численность работников — всего"),
    Line("managers", "руководящие работники — всего", "manager", depth=1),
    Line("director", "директор, заведующий", "manager", "director", 2),
    Line("deputy", "заместители директора", "manager", "deputy", 2),
    Line("department-head", "руководители подразделений", "manager", "department_head", 2),
    Line("educators", "педагогические работники — всего", "educator", depth=1),
    *(
        Line(post.replace("_", "-"), POST[post], "educator", post, 2)
        for post in (*_EDUCATORS, *_HELPERS, *_OTHERS)
    ),
    Line("support", "учебно-вспомогательный и иной персонал", "support", depth=1),
)  # fmt: skip

_YEARS = (3, 5, 10, 15, 20)
_AGES = (25, 30, 35, 40, 45, 50, 55, 60, 65)
TOTAL = Box("total", "Всего", "total", "yes")


def _bands(trait: str, code: str, edges: tuple[int, ...], titles: tuple[str, ...]) -> tuple[Box, ...]:
    """The value of a band is its place among the edges, as PostgreSQL's width_bucket tells it."""
    assert len(titles) == len(edges) + 1
    return tuple(Box(f"{code}-{place}", title, trait, str(place)) for place, title in enumerate(titles))


_LENGTHS = ("до 3 лет", "от 3 до 5", "от 5 до 10", "от 10 до 15", "от 15 до 20", "20 и более")
_AGE_TITLES = (
    "моложе 25",
    *(f"{low}–{high - 1}" for low, high in pairwise(_AGES)),
    "65 и старше",
)

PARTS = (
    Part(
        "education",
        "Образование и пол",
        (
            TOTAL,
            Box("higher", "высшее", "education", "higher"),
            Box("higher-pedagogical", "высшее педагогическое", "higher_pedagogical", "yes"),
            Box("vocational", "среднее профессиональное", "education", "vocational"),
            Box("vocational-pedagogical", "среднее проф. педагогическое", "vocational_pedagogical", "yes"),
            Box("women", "женщины", "sex", "female"),
        ),
    ),
    Part(
        "category",
        "Категория",
        (Box("highest", "высшая", "category", "highest"), Box("first", "первая", "category", "first")),
    ),
    Part("experience", "Общий стаж", _bands("experience", "experience", _YEARS, _LENGTHS)),
    Part(
        "pedagogical", "Педагогический стаж", _bands("pedagogical_experience", "pedagogical", _YEARS, _LENGTHS)
    ),
    Part("age", "Возраст", _bands("age", "age", _AGES, _AGE_TITLES)),
)  # fmt: skip

LINE = {line.code: line for line in LINES}
PART = {part.code: part for part in PARTS}
BOX = {box.code: box for part in PARTS for box in part.boxes}
EDGES = {"years": list(_YEARS), "ages": list(_AGES)}


def cells() -> Iterator[tuple[str, str]]:
    """Every cell of the section: the codes of its line and its box."""
    return ((line.code, box) for line in LINES for box in BOX)


def day_of(year: int) -> dt.date:
    """On which the form of the school year that begins in this year tells of the staff."""
    return dt.date(year, 9, 20)


def ages_on(year: int) -> dt.date:
    """On which the form takes whole years of age."""
    return dt.date(year + 1, 1, 1)


def last_year(today: dt.date) -> int:
    """Of the latest form whose day has come."""
    return today.year if today >= day_of(today.year) else today.year - 1
