"""A formula is told as a methodist would say it; words agree with their numbers, and «not» is heard."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.indicators.definitions import Definition, merged, standard
from opora.indicators.formula.bind import bind_condition
from opora.indicators.formula.indicator import IndicatorText, bind_indicator
from opora.indicators.formula.words import counted, phrase, sentence

OWN = merged(
    standard(),
    {
        "person": {
            "young": Definition(
                "educator and age < 35", ("является молодым педагогом", "не является молодым педагогом")
            ),
            "wordless": Definition("educator and age < 35", ()),
        }
    },
)


def said(text: str, table: str = "person") -> str:
    return phrase(bind_condition(text, table, OWN))


def told(**texts: Any) -> str:
    return sentence(bind_indicator(IndicatorText(**texts), OWN))


# ── conditions ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # relations and time
        ("has training", "прошёл обучение за период"),
        ("has training in previous period", "прошёл обучение за предыдущий период"),
        ("has training ever", "прошёл обучение когда-либо"),
        ("has training within 3 years", "прошёл обучение за последние 3 года"),
        ("has training within 1 year", "прошёл обучение за последний год"),
        ("has training within 5 months", "прошёл обучение за последние 5 месяцев"),
        ("has training since programme_start", "прошёл обучение с начала программы"),
        ("has training since 2021-06-01", "прошёл обучение с 01.06.2021"),
        ("has training since career_start", "прошёл обучение с даты «начало педагогической работы»"),
        (
            "has training within 3 years of career_start",
            "прошёл обучение в первые 3 года от даты «начало педагогической работы»",
        ),
        (
            "has training within 1 year of programme_start",
            "прошёл обучение в первый год от начала программы",
        ),
        ("has leave", "находится в длительном отпуске"),
        ("has mentorship as mentee", "имеет наставника"),
        (
            "has attestation where (category in (first, highest)) began in period",
            "аттестован [категория — «первая» или «высшая»] с началом в отчётном периоде",
        ),
        ("has employment ended within 2 years", "работает с окончанием в последние 2 года"),
        (
            "every training where (form = distance) ever satisfies (passed)",
            "для всех случаев обучения [форма — «дистанционная»] когда-либо верно: отмечено «документ получен»",
        ),
        (
            "has training where (has deficit where (found_on <= training.started)) ever",
            "прошёл обучение [имеет профессиональный дефицит [выявлен не позже даты «начато (обучение)»]] когда-либо",
        ),
        # numbers of rows
        ("count of training ever >= 2", "число случаев обучения когда-либо не меньше 2"),
        ("people of support as by > 3", "число разных людей среди случаев поддержки за период больше 3"),
        (
            "sum of programme.hours over training < 72",
            "сумма «программа: часов» для случаев обучения за период меньше 72",
        ),
        (
            "latest diagnostic_result in period .level = high",
            "уровень в последней записи «результат диагностики» за период — «высокий»",
        ),
        # values and dates
        ("sex = male", "пол — «мужской»"),
        ('sex != "женский"', "пол — не «женский»"),
        ("30 > age", "возраст меньше 30 лет"),
        ("tenure >= 2.5", "педагогический стаж не меньше 2,5 года"),
        ("born >= 1990-01-01", "дата рождения не раньше 01.01.1990"),
        ("career_start - 2 months < on", "начало педагогической работы − 2 месяца раньше дня подсчёта"),
        ("career_start <= on - 1 year", "начало педагогической работы не позже чем за 1 год до дня подсчёта"),
        (
            "career_start > born + 40 years",
            "начало педагогической работы позже чем через 40 лет после даты «дата рождения»",
        ),
        ("born + 18 years <= career_start", "дата рождения + 18 лет не позже даты «начало педагогической работы»"),
        ("born in period", "дата рождения — в отчётном периоде"),
        ("career_start within 3 years", "начало педагогической работы — в последние 3 года"),
        ("career_start since programme_start", "начало педагогической работы — не раньше начала программы"),
        ("born is known", "указано: дата рождения"),
        ("born is unknown", "не указано: дата рождения"),
        (
            "has mentorship as mentee where (mentor.organisation != mentee.organisation)",
            "имеет наставника [наставник: основное место работы не совпадает с «наставляемый: основное место работы»]",
        ),
        ("age between 25 and 35", "возраст от 25 до 35 лет"),
        ("age between 1 and 21", "возраст от 1 до 21 года"),
        ("age = 21", "возраст — 21 год"),
        ("tenure >= 1", "педагогический стаж не меньше 1 года"),
        ("age = tenure", "возраст совпадает с «педагогический стаж»"),
        ("sex in (male)", "пол — «мужской»"),
        # together
        (
            "young and not has leave and age > 20",
            "является молодым педагогом, не находится в длительном отпуске и возраст больше 20 лет",
        ),
        (
            "educator and (age < 35 or tenure < 3)",
            "является педагогическим работником и (возраст меньше 35 лет или педагогический стаж меньше 3 лет)",
        ),
        ("wordless", "является педагогическим работником и возраст меньше 35 лет"),
        (
            "educator and (not (has leave or second_job) and teacher)",
            (
                "является педагогическим работником, не находится в длительном отпуске, не имеет совместительства и "
                "работает учителем"
            ),
        ),
        (
            "teacher and has training where (form in (distance, mixed) and passed)",
            "работает учителем и прошёл обучение [форма — «дистанционная» или «смешанная» и отмечено «документ "
            "получен»] за период",
        ),
        (
            "has_category and teacher or has leave",
            ("((имеет первую или высшую категорию) и работает учителем) или находится в длительном отпуске"),
        ),
        ("has_category or teacher", "имеет первую или высшую категорию или работает учителем"),
    ],
)
def test_a_condition_is_told_in_words(text: str, words: str) -> None:
    assert said(text) == words


@pytest.mark.parametrize(
    ("text", "table", "words"),
    [
        (
            "has vacancy where (subject = teaching.subject)",
            "teaching",
            "имеет вакансии [предмет совпадает с тем, что в записи «преподаваемый предмет»]",
        ),
        (
            "since < 2022-06-01 and until is unknown",
            "document",
            "дата начала раньше 01.06.2022 и не указано: дата окончания",
        ),
        ("person.young", "teaching", "человек является молодым педагогом"),
        (
            "kind = seminar and organisation.school",
            "event",
            "вид — «семинар» и на базе организации: организация является школой",
        ),
        (
            "has meeting via association where (has attendance where (person = membership.person))",
            "membership",
            "провело заседания [имеет отметки о явке [человек совпадает с тем, что в записи «участие в "
            "объединении»] за период] за период",
        ),
        ("below_threshold / participants > 20%", "assessment_result", "ниже порога / участников больше 20 %"),
        (
            "since between 2020-01-01 and 2021-01-01",
            "employment",
            "дата начала — не раньше 01.01.2020 и не позже 01.01.2021",
        ),
        ("programme.addressed", "training", "отмечено «программа: адресная»"),
        ("has membership at least 2 people", "association", "имеет участников — не менее 2 человек"),
    ],
)
def test_a_condition_on_other_things_is_told_in_words(text: str, table: str, words: str) -> None:
    assert said(text, table) == words


# ── «not» ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("has training", "не проходил обучения за период"),
        ("has mentorship as mentor", "не является наставником"),
        ("young", "не является молодым педагогом"),
        ("wordless", "не является педагогическим работником или возраст не меньше 35 лет"),
        ("not young", "является молодым педагогом"),
        ("age < 35", "возраст не меньше 35 лет"),
        ("age <= 35", "возраст больше 35 лет"),
        ("age between 25 and 35", "возраст меньше 25 лет или возраст больше 35 лет"),
        ("born > 1990-01-01", "дата рождения не позже 01.01.1990"),
        ("sex = male", "пол — не «мужской»"),
        ("sex in (male, female)", "пол — ни «мужской», ни «женский»"),
        ("born is known", "не указано: дата рождения"),
        ("educator or teacher", "не является педагогическим работником и не работает учителем"),
        (
            "educator and (age < 35 or has leave)",
            "не является педагогическим работником или (возраст не меньше 35 лет и не находится в длительном отпуске)",
        ),
        ("has training at least 2 times", "прошёл обучение за период — менее 2 раз"),
        ("has training at most 2 times", "прошёл обучение за период — более 2 раз"),
        ("has training exactly 2 times", "прошёл обучение за период — не ровно 2 раза"),
        (
            "every training satisfies (passed)",
            "не для всех случаев обучения за период верно: отмечено «документ получен»",
        ),
        ("born in period", "неверно, что дата рождения — в отчётном периоде"),
    ],
)
def test_not_is_heard(text: str, words: str) -> None:
    assert said(f"not ({text})") == words


# ── agreement ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("bound", "number", "words"),
    [
        ("exactly", 1, "ровно 1 раз"),
        ("exactly", 2, "ровно 2 раза"),
        ("exactly", 5, "ровно 5 раз"),
        ("exactly", 11, "ровно 11 раз"),
        ("exactly", 12, "ровно 12 раз"),
        ("exactly", 22, "ровно 22 раза"),
        ("at least", 1, "не менее 1 раза"),
        ("at least", 2, "не менее 2 раз"),
        ("at least", 21, "не менее 21 раза"),
        ("at most", 11, "не более 11 раз"),
    ],
)
def test_times_agree_with_their_number(bound: str, number: int, words: str) -> None:
    assert said(f"has training {bound} {number} times") == f"прошёл обучение за период — {words}"


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        ("exactly 1 people", "ровно 1 человек"),
        ("exactly 3 people", "ровно 3 человека"),
        ("exactly 5 people", "ровно 5 человек"),
        ("at least 1 people", "не менее 1 человека"),
        ("at least 3 people", "не менее 3 человек"),
        ("at least 50%", "не менее 50 % случаев"),
        ("at most 12.5%", "не более 12,5 % случаев"),
    ],
)
def test_people_and_percents_agree_with_their_number(quantity: str, words: str) -> None:
    assert said(f"has membership {quantity}", "association") == f"имеет участников — {words}"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (1, "1 год"),
        (2, "2 года"),
        (4, "4 года"),
        (5, "5 лет"),
        (11, "11 лет"),
        (14, "14 лет"),
        (21, "21 год"),
        (2.5, "2,5 года"),
    ],
)
def test_years_agree_with_their_number(amount: float, words: str) -> None:
    assert counted(amount, ("год", "года", "лет")) == words


@given(st.integers(0, 10**6))
def test_a_number_takes_the_same_word_a_hundred_later(number: int) -> None:
    forms = ("раз", "раза", "разов")
    assert counted(number, forms).split()[1] == counted(number + 100, forms).split()[1]


# ── whole formulas ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (
            {"share": "age < 35", "of": "educator", "exclude": "on_leave or external_only"},
            "Доля тех, про кого верно: возраст меньше 35 лет; из людей, для каждого из которых верно: "
            "является педагогическим работником, не находится в длительном отпуске и имеет основную работу.",
        ),
        ({"share": "age < 35", "of": "person"}, "Доля тех, про кого верно: возраст меньше 35 лет; из людей из списка."),
        (
            {"share": "has meeting in period at least 4 times", "of": "association and level = municipal"},
            "Доля тех, для которых верно: провело заседания за период — не менее 4 раз; из объединений [уровень — "
            "«муниципальный»].",
        ),
        (
            {"share": "result = winner", "of": "contest_entry ever", "once_per": "person"},
            "Доля тех, для которых верно: итог — «победитель»; из участий в конкурсах когда-либо. Каждый человек "
            "считается один раз.",
        ),
        ({"count": "young"}, "Число людей, для каждого из которых верно: является молодым педагогом"),
        (
            {"count": "event within 3 years and level = regional"},
            "Число мероприятий за последние 3 года [уровень — «региональный»]",
        ),
        ({"count": "practice began in period"}, "Число практик с началом в отчётном периоде"),
        (
            {"count": "contest_entry ever", "once_per": "person"},
            "Число разных людей среди участий в конкурсах когда-либо",
        ),
        (
            {"ratio_of": "sum(rate of employment)", "ratio_to": "sum(rate of employment) + sum(rate of vacancy)"},
            "Сумма по столбцу «ставка» для мест работы, делённая на (сумма по столбцу «ставка» для мест работы + "
            "сумма по столбцу «ставка» для вакансий)",
        ),
        (
            {"value": "count(presentation) + 2 * count(publication) - count(practice)"},
            "Число представлений опыта за период + (2 × число публикаций за период) − число практик",
        ),
        (
            {"value": "share(passed of training ever) * 100"},
            "Доля (тех, для которых верно: отмечено «документ получен»; из случаев обучения когда-либо) × 100",
        ),
        (
            {"value": "mean(score of diagnostic_result)"},
            "Среднее по столбцу «балл» для результатов диагностики за период",
        ),
        ({"yes_if": "count(document and kind = plan) >= 1"}, "Число документов [вид — «план»] — не меньше 1"),
        (
            {"yes_if": "share(passed of training) = 100%"},
            "Доля (тех, для которых верно: отмечено «документ получен»; из случаев обучения за период) — ровно 100 %",
        ),
        (
            {"yes_if": "count(event) between 1 and 3 or not count(publication) > 2"},
            "Число мероприятий за период — от 1 до 3 или неверно, что число публикаций за период — больше 2",
        ),
        (
            {"yes_if": "not (count(event) > 3 or count(event) < 1)"},
            "Неверно, что (число мероприятий за период — больше 3 или число мероприятий за период — меньше 1)",
        ),
    ],
)
def test_a_formula_is_told_as_a_sentence(texts: dict[str, str], words: str) -> None:
    assert told(**texts) == words
