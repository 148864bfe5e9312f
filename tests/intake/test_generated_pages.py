"""Whatever the order of columns, the words of headings and the markup: what is written on a page is read from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.intake.pages import Person, read_page
from opora.intake.words.values import Category, Level, Span, TrainingKind

SURNAMES = ["Рябинина", "Горицвет", "Синицына-Гром", "Вешняя", "Ли", "Кочубей", "Зимняя", "Дубравина"]
GIVEN = ["Майя", "Олеся", "Инна", "Ева", "Злата", "Юлиана", "Рената", "Эмма"]
PATRONYMICS = ["Львовна", "Ильинична", "Марковна", "Саввична", "Фоминична", "Олеговна"]
TITLES = [
    "Функциональная грамотность: теория, практика",
    "Урок по ФГОС НОО, ФГОС ООО",
    "Первая помощь",
    "Работа в «Сферуме»",
]


@dataclass(frozen=True)
class Course:
    title: str
    year: int
    hours: int
    retraining: bool


@dataclass(frozen=True)
class Teacher:
    surname: str
    given: str
    patronymic: str
    post: str
    subjects: tuple[str, ...]
    level: Level
    category: Category | None
    total: int
    pedagogical: int
    courses: tuple[Course, ...]


_course = st.builds(
    lambda title, year, short, long, retraining: Course(title, year, long if retraining else short, retraining),
    st.sampled_from(TITLES),
    st.integers(2010, 2025),
    st.sampled_from([16, 24, 36, 72, 108, 144]),
    st.sampled_from([250, 288, 300, 520]),
    st.booleans(),
)
_teacher = st.builds(
    Teacher,
    st.sampled_from(SURNAMES),
    st.sampled_from(GIVEN),
    st.sampled_from(PATRONYMICS),
    st.sampled_from(["учитель", "воспитатель", "педагог-психолог", "музыкальный руководитель", "старший воспитатель"]),
    st.lists(st.sampled_from(["Математика", "Русский язык", "ОБЖ", "Труд (технология)", "Химия"]), unique=True).map(
        tuple
    ),
    st.sampled_from([Level.HIGHER, Level.VOCATIONAL]),
    st.sampled_from([Category.HIGHEST, Category.FIRST, Category.CONFORMITY, None]),
    st.integers(0, 60),
    st.integers(0, 60),
    st.lists(_course, max_size=4).map(tuple),
)
_teachers = st.lists(_teacher, min_size=1, max_size=5, unique_by=lambda one: one.surname)

HEADINGS: dict[str, tuple[str, ...]] = {
    "name": ("ФИО", "Ф.И.О.", "Фамилия, имя, отчество (при наличии) педагогического работника", "Ф.И.О. педагога"),
    "post": ("Должность", "Занимаемая должность (должности)", "Должность по штатному расписанию"),
    "subjects": ("Преподаваемые дисциплины", "Преподаваемые учебные предметы, курсы, дисциплины (модули)", "Предмет"),
    "level": ("Образование", "Уровень образования", "Образование, учебное заведение, специальность"),
    "category": ("Категория", "Квалификационная категория", "Сведения об аттестации", "Кв. категория"),
    "total": ("Общий стаж", "Общий трудовой стаж", "Стаж работы (общий)"),
    "pedagogical": ("Стаж по специальности", "Педагогический стаж", "Стаж педагогической работы"),
    "courses": (
        "Повышение квалификации, профессиональная переподготовка",
        "Сведения о повышении квалификации и (или) переподготовке",
        "КПК и переподготовка",
    ),
}
CATEGORIES: dict[Category | None, tuple[str, ...]] = {
    Category.HIGHEST: ("высшая", "Высшая квалификационная категория", "ВКК", "высшая, 2021 г."),
    Category.FIRST: ("первая", "1 КК", "I категория", "Первая, приказ от 20.12.2022 № 5"),
    Category.CONFORMITY: ("соответствие занимаемой должности", "СЗД", "Соответствует занимаемой должности"),
    None: ("нет", "-", "без категории", "не имеет"),
}
LEVELS = {
    Level.HIGHER: ("высшее", "Высшее профессиональное", "высшее, бакалавриат"),
    Level.VOCATIONAL: ("среднее профессиональное", "средне-специальное", "Среднее специальное, педколледж"),
}
LENGTHS: tuple[Callable[[int], str], ...] = (str, lambda years: f"{years} лет", lambda years: f"{years} г.")
COURSES: tuple[Callable[[Course], str], ...] = (
    lambda c: f"{_kind(c)} «{c.title}», {c.hours} ч., {c.year} г.",
    lambda c: f"{c.year} г. – {_kind(c)} «{c.title}» ({c.hours} часов)",
    lambda c: f"{_kind(c)}, ООО «Инфоурок», «{c.title}», {c.year}, {c.hours} ак.ч.",
)


def _kind(course: Course) -> str:
    return "Профессиональная переподготовка" if course.retraining else "Курсы повышения квалификации"


def cells(teacher: Teacher, wording: int) -> dict[str, str]:
    """The teacher's cells; ``wording`` chooses among the ways to say the same."""

    def one(ways: Sequence[str]) -> str:
        return ways[wording % len(ways)]

    write = COURSES[wording % len(COURSES)]
    length = LENGTHS[wording % len(LENGTHS)]
    return {
        "name": f"{teacher.surname} {teacher.given} {teacher.patronymic}",
        "post": teacher.post,
        "subjects": (", ", "<br>", "; ")[wording % 3].join(teacher.subjects) or "-",
        "level": one(LEVELS[teacher.level]),
        "category": one(CATEGORIES[teacher.category]),
        "total": length(teacher.total),
        "pedagogical": length(teacher.pedagogical),
        "courses": ("<br>", ";<br>", "</p><p>")[wording % 3].join(map(write, teacher.courses)) or "нет",
    }


def table(rows: Sequence[dict[str, str]], headings: dict[str, str]) -> str:
    head = "".join(f"<th>{words}</th>" for words in headings.values())
    body = "".join("<tr>" + "".join(f"<td>{row[name]}</td>" for name in headings) + "</tr>" for row in rows)
    return f"<table><tr><th>№</th>{head}</tr>{body.replace('<tr>', '<tr><td>1</td>')}</table>"


def unclosed_table(rows: Sequence[dict[str, str]], headings: dict[str, str]) -> str:
    head = "".join(f"<td><b>{words}</b>" for words in headings.values())
    return f"<table><tr>{head}" + "".join("<tr>" + "".join(f"<td><p>{row[name]}" for name in headings) for row in rows)


def labelled(card: str, line: str) -> Callable[[Sequence[dict[str, str]], dict[str, str]], str]:
    def write(rows: Sequence[dict[str, str]], headings: dict[str, str]) -> str:
        cards = []
        for row in rows:
            lines = [line.format(words, row[name]) for name, words in headings.items() if name != "name"]
            cards.append(card.format(row["name"], "".join(lines)))
        return f"<main>{''.join(cards)}</main><footer><p>Телефон: 1-23-45</p></footer>"

    return write


LAYOUTS = {
    "a table": table,
    "a table that is never closed": unclosed_table,
    "cards with labels": labelled("<div><h3>{}</h3>{}</div>", "<div><b>{}:</b> {}</div>"),
    "cards whose labels stand above": labelled("<div><b>{}</b>{}</div>", "<div><div>{}</div><div>{}</div></div>"),
    "flat paragraphs": labelled("<h4>{}</h4>{}", "<p>{}: {}</p>"),
    "definition lists": labelled("<h2>{}</h2><dl>{}</dl>", "<dt>{}</dt><dd>{}</dd>"),
    "a table for each person": labelled(
        "<table><tr><td colspan=2>{}</td></tr>{}</table>", "<tr><td>{}</td><td>{}</td></tr>"
    ),
}


def told(person: Person) -> Teacher:
    """As the page meant it; a doubt about anything would show as a difference."""
    reads = [person.name, *person.posts, *person.subjects, person.education, person.category, person.experience]
    assert [read.doubt for read in reads if read and read.doubt] == []
    name = person.name.value
    total, pedagogical = person.experience, person.pedagogical_experience
    return Teacher(
        name.surname,
        name.given,
        name.patronymic,
        ", ".join(post.value for post in person.posts),
        tuple(subject.value for subject in person.subjects),
        person.education.value if person.education else Level.SECONDARY,
        person.category.value.category if person.category else None,
        _years(total.value if total else None),
        _years(pedagogical.value if pedagogical else None),
        tuple(
            Course(
                training.title.value if training.title else "",
                training.period.value.year or 0 if training.period else 0,
                training.hours.value if training.hours else 0,
                training.kind.value is TrainingKind.RETRAINING,
            )
            for training in person.trainings
        ),
    )


def _years(span: Span | None) -> int:
    return span.years if span and not span.months else -1


@pytest.mark.parametrize("layout", LAYOUTS)
@given(
    _teachers, st.permutations([name for name in HEADINGS if name != "name"]), st.integers(0, 11), st.integers(0, 11)
)
def test_what_is_written_on_a_page_is_read_from_it(
    layout: str, teachers: list[Teacher], order: list[str], heading: int, wording: int
) -> None:
    headings = {name: HEADINGS[name][heading % len(HEADINGS[name])] for name in ["name", *order]}
    page = LAYOUTS[layout]([cells(teacher, wording) for teacher in teachers], headings)
    read = read_page(f"<html><body>{page}</body></html>".encode(), "page.html")
    assert [told(person) for person in read.persons] == teachers
