"""Cells of staff pages: names, posts, subjects, education, category, experience, as they are met on sites."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.intake.pages.headings import Field, of_heading
from opora.intake.words.category import read_category
from opora.intake.words.education import read_academic_title, read_degree, read_level
from opora.intake.words.experience import read_experience
from opora.intake.words.hours import find_hours
from opora.intake.words.names import any_name, full_name
from opora.intake.words.posts import read_posts
from opora.intake.words.stages import Stage
from opora.intake.words.subjects import read_subjects
from opora.intake.words.values import Attested, Category, Level, Name, Span

T, P = Stage.TOTAL, Stage.PEDAGOGICAL


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Рябинина Олеся Марковна", Name("Рябинина", "Олеся", "Марковна")),
        ("1. ГОРИЦВЕТ\nМайя\nЕлисеевна", Name("Горицвет", "Майя", "Елисеевна")),
        ("Ирма Осиповна Вайс", Name("Вайс", "Ирма", "Осиповна")),
        ("Синицына-Гром Алевтина Олеговна", Name("Синицына-Гром", "Алевтина", "Олеговна")),
        ("Ильина (Зорина) Анна Фоминична", Name("Ильина", "Анна", "Фоминична")),
        ("Алиев Вагиф Гасан оглы", Name("Алиев", "Вагиф", "Гасан оглы")),
        ("Берг Ольга", Name("Берг", "Ольга")),
    ],
)
def test_names(text: str, expected: Name) -> None:
    found = any_name(text)
    assert found is not None
    assert (found.name, found.doubt) == (expected, "")


@pytest.mark.parametrize(
    "text", ["ФИО", "X", "Итого педагогов", "Учителя начальных классов", "Вакансия", "Дошкольное отделение", ""]
)
def test_what_is_no_name(text: str) -> None:
    assert any_name(text) is None


def test_initials_are_a_name_with_a_doubt() -> None:
    found = any_name("Иволгина М.И.")
    assert found is not None
    assert (found.name, found.doubt) == (Name("Иволгина", "М.", "И."), "вместо имени и отчества — инициалы")


def test_without_a_column_of_names_only_a_patronymic_makes_a_name() -> None:
    assert full_name("Северский Район") is None
    assert full_name("Рябинина Олеся Марковна, воспитатель") is not None


@pytest.mark.parametrize(
    ("text", "posts", "subjects"),
    [
        ("учитель математики, информатики", ["учитель"], ["математика", "информатика"]),
        ("учитель русского языка и литературы", ["учитель"], ["русский язык", "литература"]),
        ("учитель основ безопасности жизнедеятельности", ["учитель"], ["основы безопасности жизнедеятельности"]),
        ("учитель дагестанской литературы", ["учитель"], ["дагестанская литература"]),
        ("учитель труда (технологии)", ["учитель"], ["труд (технология)"]),
        ("директор, учитель физики", ["директор", "учитель"], ["физика"]),
        ("учитель (преподаватель)", ["учитель (преподаватель)"], []),
        ("учитель начальных классов", ["учитель начальных классов"], []),
        ("педагог-психолог; социальный педагог", ["педагог-психолог", "социальный педагог"], []),
        ("учитель-логопед (0,5 ставки), учитель-дефектолог", ["учитель-логопед", "учитель-дефектолог"], []),
        (
            "заместитель директора по учебной, воспитательной работе",
            ["заместитель директора по учебной, воспитательной работе"],
            [],
        ),
        ("учитель химии и классный руководитель", ["учитель", "классный руководитель"], ["химия"]),
        ("преподаватель, высшая квалификационная категория", ["преподаватель"], []),
        ('руководитель центра "Точка роста"', ['руководитель центра "Точка роста"'], []),
        ("и.о. директора", ["и.о. директора"], []),
        ("учитель рус. языка и лит-ры", ["учитель"], ["русский язык", "литература"]),
        ("учитель английского и немецкого языков", ["учитель"], ["английский язык", "немецкий язык"]),
        ("учитель (биология, химия)", ["учитель"], ["биология", "химия"]),
    ],
)
def test_posts_with_their_subjects(text: str, posts: list[str], subjects: list[str]) -> None:
    found = read_posts(text)
    assert ([post.value for post in found.posts], [one.value for one in found.subjects]) == (posts, subjects)
    assert all(not one.doubt for one in (*found.posts, *found.subjects))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Алгебра, геометрия", ["Алгебра", "геометрия"]),
        ("Литература;\nМатематика", ["Литература", "Математика"]),
        ("История и обществознание", ["История", "обществознание"]),
        ("Основы религиозных культур и светской этики", ["Основы религиозных культур и светской этики"]),
        ("Русский язык (5, 7 кл.)\nРодной русский язык", ["Русский язык", "Родной русский язык"]),
        ("Труд (технология)", ["Труд (технология)"]),
        ("Англ. язык, физ-ра", ["английский язык", "физическая культура"]),
        ("Преподаваемые предметы: биология", ["биология"]),
        ("-", []),
        ("нет", []),
    ],
)
def test_subjects_of_a_list(text: str, expected: list[str]) -> None:
    assert [one.value for one in read_subjects(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Высшее профессиональное", Level.HIGHER),
        ("Высшее образование – бакалавриат", Level.HIGHER),
        ("среднее специальное", Level.VOCATIONAL),
        ("ср.-спец.", Level.VOCATIONAL),
        ("среднее техническое", Level.VOCATIONAL),
        ("СПО, мастер", Level.VOCATIONAL),
        ("неоконченное высшее, среднее профессиональное", Level.VOCATIONAL),
        ("среднее общее", Level.SECONDARY),
        ("н/высшее", None),
        ("Высшее (незаконченное)", None),
        ("высшая категория", None),
    ],
)
def test_levels_of_education(text: str, expected: Level | None) -> None:
    found = read_level(text)
    assert (found and found.value) == expected
    assert found is None or found.doubt == ""


def test_a_level_that_only_the_institution_suggests_is_unsure() -> None:
    found = read_level("Северский педагогический колледж, 2020")
    assert found is not None
    assert (found.value, found.doubt) == (Level.VOCATIONAL, "уровень не назван, понят по учебному заведению")


@pytest.mark.parametrize(
    ("text", "degree", "title"),
    [
        ("к.б.н.", "кандидат биологических наук", None),
        ("Кандидат педагогических наук, доцент", "кандидат педагогических наук", "доцент"),
        ("к.ф.-м.н.", "кандидат физико-математических наук", None),
        ("доктор исторических наук, профессор", "доктор исторических наук", "профессор"),
        ("Без ученой степени", None, None),
        ("-", None, None),
    ],
)
def test_degrees_and_titles(text: str, degree: str | None, title: str | None) -> None:
    found, academic = read_degree(text), read_academic_title(text)
    assert (found and found.value, academic and academic.value) == (degree, title)


def test_a_branch_that_may_be_two_is_unsure() -> None:
    found = read_degree("к.ф.н.")
    assert found is not None
    assert found.doubt == "отрасль наук сокращена: может быть, и другая"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("высшая", Attested(Category.HIGHEST)),
        ("1 КК, 2020 г.", Attested(Category.FIRST, 2020)),
        ("I категория", Attested(Category.FIRST)),
        ("СЗД", Attested(Category.CONFORMITY)),
        ("Соответствует занимаемой должности", Attested(Category.CONFORMITY)),
        ("Высшая, приказ от 25.12.2020 № 1204", Attested(Category.HIGHEST, 2020, dt.date(2020, 12, 25))),
        ("первая до 25.12.2025", Attested(Category.FIRST, until=dt.date(2025, 12, 25))),
        (
            "первая (28.03.2019 - 28.03.2024)",
            Attested(Category.FIRST, 2019, dt.date(2019, 3, 28), dt.date(2024, 3, 28)),
        ),
        (
            "Зам. директора - соответствие, учитель - высшая 28.11.2019",
            Attested(Category.HIGHEST, 2019, dt.date(2019, 11, 28)),
        ),
        ("б/к", None),
        ("нет", None),
        ("не имеет", None),
        ("не соответствует", None),
        ("вторая", None),
        ("молодой специалист", None),
        ("не аттестован в 2021 году", None),
        ("не имеет, планирует первую в 2025", None),
        ("аттестация 1 раз в 5 лет", None),
    ],
)
def test_categories_under_their_heading(text: str, expected: Attested | None) -> None:
    found = read_category(text, announced=True)
    assert (found and found.value) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Учитель математики. Высшая категория", Category.HIGHEST),
        ("первая категория", Category.FIRST),
        ("Высшее, филолог", None),
        ("Спортивный судья I категории", None),
        ("Квалификационной категории не имеет", None),
        ("водитель категории В, первая помощь", None),
    ],
)
def test_elsewhere_a_category_needs_its_name(text: str, expected: Category | None) -> None:
    found = read_category(text, announced=False)
    assert (found and found.value.category) == expected


@pytest.mark.parametrize(
    ("text", "heading", "expected"),
    [
        ("36 лет", (P,), {P: Span(36)}),
        ("62 г. 5 мес.", (T,), {T: Span(62, 5)}),
        ("6,5", (T,), {T: Span(6, 6)}),
        ("6 мес.", (T,), {T: Span(0, 6)}),
        ("0", (T,), {T: Span(0)}),
        ("нет стажа", (P,), {P: Span(0)}),
        ("22/20", (T, P), {T: Span(22), P: Span(20)}),
        ("общий – 10 лет, пед. – 8 лет", (), {T: Span(10), P: Span(8)}),
        ("33 года, педагогический - 25 лет", (T,), {T: Span(33), P: Span(25)}),
        ("с 2015 г. (8 лет)", (T,), {T: Span(8)}),
        ("25 лет общего, из них 20 педагогического", (), {T: Span(25), P: Span(20)}),
        ("менее года", (T,), {T: Span(0)}),
        ("-", (T,), {}),
    ],
)
def test_lengths_of_experience(text: str, heading: tuple[Stage, ...], expected: dict[Stage, Span]) -> None:
    found = read_experience(text, heading)
    assert {stage: one.value for stage, one in found.items()} == expected
    assert all(not one.doubt for one in found.values())


@pytest.mark.parametrize(
    ("text", "value", "doubt"),
    [
        ("с 2015", None, "указан год начала, а не стаж"),
        ("более 20 лет", Span(20), "стаж указан примерно"),
        ("136 лет", Span(136), "столько лет не работают"),
        ("25,20", Span(25, 2), "неясно: доли года, месяцы или два разных стажа"),
    ],
)
def test_experience_that_is_unsure_says_why(text: str, value: Span | None, doubt: str) -> None:
    found = read_experience(text, (T,))[T]
    assert (found.value, found.doubt) == (value, doubt)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("72 ч.", [72]),
        ("в объёме 36 часов", [36]),
        ("(108 ак.ч.)", [108]),
        ("72-часовые", [72]),
        ("кол-во часов: 16", [16]),
        ("72 (семьдесят два) часа", [72]),
        ("рег. № 72 ч", []),
        ("8 человек", []),
    ],
)
def test_hours(text: str, expected: list[int]) -> None:
    assert [mark.hours for mark in find_hours(text)] == expected


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Фамилия, имя, отчество (при наличии) педагогического работника", Field.NAME),
        ("Преподаваемые учебные предметы, курсы, дисциплины (модули)", Field.SUBJECTS),
        ("Уровень (уровни) профессионального образования, квалификация", Field.EDUCATION),
        ("Сведения о продолжительности опыта (лет) работы в профессиональной сфере", Field.EXPERIENCE),
        ("Стаж работы по специальности", Field.EXPERIENCE),
        ("Повышение квалификации, переподготовка", Field.TRAINING),
        ("Сведения о профессиональной переподготовке (при наличии)", Field.RETRAINING),
        ("Наименование образовательных программ", Field.OTHER),
        ("Кв. категория", Field.CATEGORY),
        ("Почётное звание", Field.AWARDS),
        ("Дата рождения", Field.OTHER),
    ],
)
def test_headings(heading: str, field: Field) -> None:
    assert of_heading(heading).field is field


@given(st.text(max_size=120))
def test_no_text_breaks_the_readers_of_cells(text: str) -> None:
    read_posts(text)
    read_subjects(text)
    read_level(text)
    read_degree(text)
    read_category(text, announced=True)
    read_experience(text, (T, P))
    any_name(text)
    of_heading(text)
