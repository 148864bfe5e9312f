"""Courses in free text: what a template writes is read back, and no text breaks the reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.intake.words.courses import Course, read_courses
from opora.intake.words.values import TrainingKind

PP, PK = TrainingKind.RETRAINING, TrainingKind.TRAINING


@dataclass(frozen=True)
class Written:
    title: str
    year: int
    hours: int
    provider: str


def told(course: Course) -> tuple[TrainingKind, str, int | None, int | None]:
    title = course.title.value if course.title else ""
    year = course.period.value.year if course.period else None
    return course.kind.value, title, year, course.hours.value if course.hours else None


WORDS = """методика|обучение|развитие|школьников|чтение|проект|грамотность|урок|оценка|безопасность|дети|класс|речь
|среда|опыт|навыки|физика|химия|музыка|театр|игра|семья|поддержка|здоровье|наставник"""
_word = st.sampled_from(WORDS.replace("\n", "").split("|"))
_tail = st.sampled_from(
    ["", " по ФГОС НОО, ФГОС ООО", ": теория и практика", " «Сферум»", ", опыт и навыки", " в 5-9 классах"]
)
_title = st.builds(
    lambda words, tail: " ".join(words).capitalize() + tail, st.lists(_word, min_size=2, max_size=6), _tail
)
_provider = st.sampled_from(
    ["ООО «Инфоурок»", "ГАУ ДПО «ИРО»", "РАНХиГС", "ЦНППМ", "Северский государственный университет"]
)
_courses = st.lists(
    st.builds(Written, _title, st.integers(2005, 2026), st.integers(16, 240), _provider), min_size=1, max_size=5
)

TEMPLATES: dict[str, Callable[[Written], str]] = {
    "title first": lambda c: f"«{c.title}», {c.hours} ч., {c.year} г.",
    "year first": lambda c: f"{c.year} – «{c.title}», {c.hours} часов",
    "provider first": lambda c: f"{c.provider}, «{c.title}», {c.year} г., {c.hours} ч",
    "provider last": lambda c: f"«{c.title}», {c.year}, {c.hours} час., {c.provider}",
    "in brackets": lambda c: f"«{c.title}» ({c.hours} ч., {c.year} г.)",
    "days": lambda c: f"с 03.03 по 17.03.{c.year} «{c.title}» в объёме {c.hours} часов",
    "document": lambda c: f"Удостоверение № 7024{c.hours:04}{c.year} от 15.04.{c.year}, «{c.title}», {c.hours} ак.ч.",
    "straight quotes": lambda c: f'"{c.title.replace("«", "").replace("»", "")}", {c.hours}ч, {c.year}г',
}
JOINTS = {"lines": "\n", "semicolons": "; ", "commas": ", "}


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("joint", JOINTS)
@given(_courses)
def test_what_a_template_writes_is_read_back(template: str, joint: str, courses: list[Written]) -> None:
    text = JOINTS[joint].join(TEMPLATES[template](course) for course in courses)
    signs = str.maketrans("", "", '«»"')
    read = [(kind, title.translate(signs), year, hours) for kind, title, year, hours in map(told, read_courses(text))]
    assert read == [(PK, course.title.translate(signs), course.year, course.hours) for course in courses]


@given(_courses)
def test_numbered_courses_without_quotes_are_read_back(courses: list[Written]) -> None:
    plain = [course.title.replace("«", "").replace("»", "") for course in courses]
    lines = [
        f"{n}. {title}, {c.hours} ч., {c.year} г." for n, (title, c) in enumerate(zip(plain, courses, strict=True), 1)
    ]
    read = [told(course) for course in read_courses("\n".join(lines))]
    assert read == [(PK, title, c.year, c.hours) for title, c in zip(plain, courses, strict=True)]


@given(_courses, _courses)
def test_retraining_is_told_from_courses_by_the_headings_of_lists(some: list[Written], others: list[Written]) -> None:
    line = TEMPLATES["title first"]
    text = "\n".join(
        [
            "Повышение квалификации:",
            *map(line, some),
            "Профессиональная переподготовка:",
            *(line(course).replace(f"{course.hours} ч.", f"{course.hours + 250} ч.") for course in others),
        ]
    )
    assert [course.kind.value for course in read_courses(text)] == [PK] * len(some) + [PP] * len(others)


_signs = st.text(alphabet="«»\"„“()[];:,.–-№ \n0123456789гчяАПК/'`\0&", max_size=200)


@given(
    st.lists(
        st.one_of(_signs, st.text(max_size=60), _word, st.builds(TEMPLATES["year first"], _courses.map(lambda c: c[0])))
    )
)
def test_no_text_breaks_the_reader_and_every_part_stands_in_the_text(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for course in read_courses(text):
        for part in (course.kind, course.title, course.period, course.hours, course.provider):
            if part is not None:
                assert 0 <= part.start < part.end <= len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "«А и Б, ФГОС НОО, ФГОС ООО», 2023, «В школе», 2022",
            [(PK, "А и Б, ФГОС НОО, ФГОС ООО", 2023, None), (PK, "В школе", 2022, None)],
        ),
        (
            "«Современный урок; Цифровая среда», 2022",
            [(PK, "Современный урок", 2022, None), (PK, "Цифровая среда", 2022, None)],
        ),
        ("«Урок А», «Урок Б», 2022", [(PK, "Урок А", 2022, None), (PK, "Урок Б", 2022, None)]),
        ("«Работа в системе «Сферум»», 16 ч., 2023 г.", [(PK, "Работа в системе «Сферум»", 2023, 16)]),
        ("«Грамотность чтения, 36 ч., 2022 г.", [(PK, "Грамотность чтения", 2022, 36)]),
        ('"Смысловое чтение», 72 ч., 2021 r.', [(PK, "Смысловое чтение", 2021, 72)]),
        ("«Урок», рег. № 72, 2021 г., 36 ч.", [(PK, "Урок", 2021, 36)]),
        ("Институт повышения квалификации и переподготовки, «Урок», 2020, 72 ч", [(PK, "Урок", 2020, 72)]),
        ("диплом о ПП, «Логопедия», 620 ч., 2020 г.", [(PP, "Логопедия", 2020, 620)]),
        (
            "ПК: 2022 – «А школа», 36 ч.; ПП: 2016 – «Переводчик», 256 ч.",
            [(PK, "А школа", 2022, 36), (PP, "Переводчик", 2016, 256)],
        ),
        (
            "Реализация ФГОС ООО, ФГОС СОО в работе учителя, 36 ч., 2022 г.",
            [(PK, "Реализация ФГОС ООО, ФГОС СОО в работе учителя", 2022, 36)],
        ),
        (
            "2019 г. География в школе, 108 часов.\n2023 г. Новые программы, 24 часа.",
            [(PK, "География в школе", 2019, 108), (PK, "Новые программы", 2023, 24)],
        ),
        ("«Урок», 36 ч., 2022 г. Награждена медалью «За труд», 2020 г.", [(PK, "Урок", 2022, 36)]),
        (
            "переподготовка по программе «Учитель», квалификация «учитель физики», 2019 г.",
            [(PP, "Учитель", 2019, None)],
        ),
        ("2020 год, КРИПКиПРО", [(PK, "", 2020, None)]),
    ],
)
def test_cases_met_on_sites(text: str, expected: list[tuple[TrainingKind, str, int | None, int | None]]) -> None:
    assert [told(course) for course in read_courses(text)] == expected


@pytest.mark.parametrize(
    "text", ["", "-", "#", "нет", "Не проходил(а)", "Нет данных", "Планирует в 2025 году", "Молодой специалист"]
)
def test_no_course_is_made_of_words_that_say_there_is_none(text: str) -> None:
    assert read_courses(text) == []


def test_what_is_unsure_says_why() -> None:
    (school_year,) = read_courses("«Урок», 2019-2020 уч.г., 72 ч.")
    (bare,) = read_courses("«Урок», 2021, 72")
    (long,) = read_courses("«Урок», 2021, 520 ч.")
    assert school_year.period is not None
    assert bare.hours is not None
    assert (school_year.period.doubt, bare.hours.doubt, long.kind.doubt) == (
        "указан учебный год: неясно, в каком из двух лет выдан документ",
        "число без слова «часов»",
        "от 250 часов — обычно переподготовка, но так не названа",
    )


def test_a_number_without_a_unit_is_hours_where_the_heading_promises_hours() -> None:
    (course,) = read_courses("Экспертиза программ, 2020, 18", hours_announced=True)
    assert (told(course), course.hours and course.hours.doubt) == ((PK, "Экспертиза программ", 2020, 18), "")
