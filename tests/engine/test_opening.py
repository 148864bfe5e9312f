"""Every number opens: those in and those out add up to it, and each who is out is told the least that is wanting."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest

from opora.demo.spec import town
from opora.demo.write import town_dataset
from opora.indicators.definitions import Definition, merged, standard
from opora.indicators.engine.backends import DuckDB
from opora.indicators.engine.dimensions import Counted, measures_of
from opora.indicators.engine.opening import Opener
from opora.indicators.engine.plan import Asked
from opora.indicators.formula import bound as b
from opora.indicators.formula.words import sentence
from opora.indicators.results import OpenedRow, Value
from opora.programmes.compute import bound_indicators, calculator_for, context_of
from opora.programmes.load import load_programme
from tests.engine.asking import CONTEXT, calculator, day, formula, opened, outcome, small_town
from tests.engine.neighbours import JOBS, PEOPLE, TOWN, course, said
from tests.truth.town import Row, Town

# ── the list adds up to the number ───────────────────────────────────────────────────────────────────────────────

PACKS = ("strezhevoy", "balakhta", "lesosibirsk", "olenegorsk", "pervouralsk")


def numbers(rows: list[OpenedRow]) -> tuple[int, int, int]:
    """n, N and the number of the unknown."""
    kinds = Counter((row.in_base, row.code) for row in rows)
    assert set(kinds) <= {(2, 2), (2, 1), (2, 0), (1, 1), (1, 0)}
    return kinds[2, 2], kinds[2, 2] + kinds[2, 0], kinds[2, 1] + kinds[1, 1] + kinds[1, 0]


def told(value: Value, measure: Counted) -> tuple[float | None, float | None, float]:
    """What the list must add up to: of a sum or a mean, only how many things are not known."""
    if isinstance(measure, b.ShareOf):
        return value.n, value.total, value.unknown
    return value.n if measure.item is None else None, None, value.unknown


@pytest.mark.parametrize("name", PACKS)
def test_the_list_of_every_number_of_every_programme_adds_up_to_it(name: str) -> None:
    programme = load_programme(name)
    calculator = calculator_for(programme, town_dataset(town(name), people=80, seed=5), DuckDB(threads=2))
    context = context_of(programme, dt.date(2022, 12, 31))
    codes = [one.code for one in (*programme.indicators, *programme.published)]
    bound = [one.formula for one in bound_indicators(programme, codes)]
    measures = list(dict.fromkeys(measure for formula in bound for measure in measures_of(formula)))
    outcomes = calculator.outcomes([Asked(measure) for measure in measures], context)
    opener = Opener(calculator, context)
    wrong = {}
    for measure, counted in zip(measures, outcomes, strict=True):
        wanted = told(counted.value, measure)
        n, total, unknown = numbers(opener.rows(measure))
        found = tuple(None if one is None else mine for one, mine in zip(wanted, (n, total, unknown), strict=True))
        if found != wanted:
            wrong[sentence(measure)] = found, wanted
    assert wrong == {}


# ── one town, by hand ────────────────────────────────────────────────────────────────────────────────────────────

SHARE = {"share": "age < 35 and has training where (passed)", "of": "educator"}


YOUNG, TRAINED, EDUCATOR = said("age < 35"), said("has training where (passed)"), said("educator")


def parts(row: OpenedRow) -> list[tuple[str, int]]:
    return [(part.words, part.code) for part in row.failed]


def test_who_is_out_comes_first_then_the_unknown_then_who_is_in() -> None:
    rows = opened(TOWN, SHARE)
    assert [(row.title, row.organisation, row.in_base, row.code) for row in rows] == [
        ("Борисов Борис Ильич", "ОО B", 2, 0),
        ("Глебов", "", 1, 0),
        ("Васина Вера", "ОО A", 2, 1),
        ("Ёлкина Анна", "ОО A", 2, 2),
    ]
    value = outcome(TOWN, SHARE).value
    assert numbers(rows) == (1, 2, 2) == (value.n, value.total, value.unknown)


def test_each_is_told_what_is_wanting_and_nothing_else() -> None:
    assert {row.key: parts(row) for row in opened(TOWN, SHARE)} == {
        "boris": [(YOUNG, 0), (TRAINED, 0)],
        "gleb": [(EDUCATOR, 1), (TRAINED, 0)],
        "vera": [(YOUNG, 1), (TRAINED, 1)],
        "anna": [],
    }


def test_when_just_that_comes_true_the_thing_is_in() -> None:
    mended = TOWN.changed("person", 1, "born", day("1995-05-05")).changed("training", 1, "completed", day("2022-04-04"))
    mended = mended.changed("person", 2, "born", day("1995-05-05")).changed("training", 2, "passed", True)
    mended = mended.changed("employment", 3, "since", day("2022-04-04"))
    mended = mended.with_rows({"training": [{"id": "new", **course("gleb", "2022-04-04")}]})
    rows = opened(mended, SHARE)
    assert {row.key: (row.in_base, row.code, parts(row)) for row in rows} == dict.fromkeys(
        ("anna", "boris", "vera", "gleb"), (2, 2, [])
    )


def test_of_several_ways_in_none_of_which_is_open_all_are_told_the_shortest_first() -> None:
    either = {"share": "(age < 35 and has leave) or has training where (passed)", "of": "educator"}
    assert {row.key: parts(row) for row in opened(TOWN, either)}["boris"] == [
        (f"ни одно из: {TRAINED}; {YOUNG} и находится в длительном отпуске", 0)
    ]


def test_of_several_ways_in_the_one_that_is_not_known_is_told() -> None:
    either = {"share": "has leave or has training where (passed)", "of": "educator"}
    assert {row.key: parts(row) for row in opened(TOWN, either)}["vera"] == [(TRAINED, 1)]


def test_what_should_not_be_is_told_as_a_negation() -> None:
    unwanted = {"share": "not (has training or age < 35)", "of": "educator"}
    assert {row.key: parts(row) for row in opened(TOWN, unwanted)}["anna"] == [
        ("не проходил обучения за период", 0),
        (said("age >= 35"), 0),
    ]


def test_ways_in_that_are_all_unknown_are_told_together() -> None:
    either = {"share": "age < 35 or has training where (passed)", "of": "educator"}
    assert {row.key: parts(row) for row in opened(TOWN, either)}["vera"] == [
        (f"хотя бы одно из: {YOUNG}; {TRAINED}", 1)
    ]


def test_a_part_of_a_definition_is_told_under_its_name() -> None:
    own = merged(standard(), {"person": {"young": Definition("educator and age < 35", ("молодой", "не молодой"))}})
    share = formula({"share": "young", "of": "educator"}, own)
    assert isinstance(share, b.ShareOf)
    rows = Opener(calculator(TOWN, definitions=own), CONTEXT).rows(share)
    assert {row.key: parts(row) for row in rows}["boris"] == [(f"молодой ({YOUNG})", 0)]


def test_what_is_asked_of_the_row_behind_a_reference_is_opened_too() -> None:
    lessons: list[Row] = [{"person": "boris", "organisation": "A", "subject": "физика", "since": day("2020-09-01")}]
    own = merged(standard(), {"person": {"young": Definition("educator and age < 35", ("молодой", "не молодой"))}})
    share = formula({"share": "person.young", "of": "teaching"}, own)
    assert isinstance(share, b.ShareOf)
    (row,) = Opener(
        calculator(TOWN.with_rows({"teaching": [{"id": "t", **lessons[0]}]}), definitions=own), CONTEXT
    ).rows(share)
    assert [part.words for part in row.failed] == ["человек молодой (человек: возраст меньше 35 лет)"]


def test_a_definition_of_several_conditions_is_opened() -> None:
    share = {"share": "early_career and has_category", "of": "educator"}
    assert {row.key: parts(row) for row in opened(TOWN, share)}["anna"] == [
        ("работает педагогом меньше трёх лет", 1),
        ("имеет первую или высшую категорию", 0),
    ]


# ── a person counted once ────────────────────────────────────────────────────────────────────────────────────────

LESSONS: list[Row] = [
    {"person": person, "organisation": school, "subject": subject, "hours": hours, "since": day("2020-09-01")}
    for person, school, subject, hours in (
        ("anna", "A", "физика", 10),
        ("anna", "B", "химия", 20),
        ("boris", "A", "физика", 12),
        ("boris", "A", "химия", 16),
        ("vera", "A", "химия", None),
    )
]
LESSONS_TOWN = small_town(person=PEOPLE, employment=JOBS, teaching=LESSONS)


def test_a_person_is_one_line_with_her_rows_behind_it() -> None:
    rows = opened(LESSONS_TOWN, {"share": "hours >= 18", "of": "teaching", "once_per": "person"})
    assert [(row.title, row.detail, row.organisation, row.code) for row in rows] == [
        ("Борисов Борис Ильич", "физика, химия", "ОО A", 0),
        ("Васина Вера", "химия", "ОО A", 1),
        ("Ёлкина Анна", "физика, химия", "ОО A, ОО B", 2),
    ]
    assert [[(one.detail, one.code) for one in row.behind] for row in rows] == [
        [("физика", 0), ("химия", 0)],
        [("химия", 1)],
        [("физика", 0), ("химия", 2)],
    ]


def test_of_the_rows_of_a_person_the_nearest_tells_what_is_wanting() -> None:
    row, *_ = opened(LESSONS_TOWN, {"share": "hours >= 18", "of": "teaching", "once_per": "person"})
    assert [part.near for part in row.failed] == ["16 при норме 18"]


def test_people_that_are_counted_over_rows_are_joined_too() -> None:
    count = formula({"value": "people(teaching and hours >= 18)"})
    assert isinstance(count, b.Statistic)
    rows = Opener(calculator(LESSONS_TOWN), CONTEXT).rows(count)
    assert [(row.title, row.code) for row in rows] == [
        ("Борисов Борис Ильич", 0),
        ("Васина Вера", 1),
        ("Ёлкина Анна", 2),
    ]


def test_a_thing_without_the_number_that_is_added_up_is_not_known() -> None:
    total = formula({"value": "sum(hours of teaching)"})
    assert isinstance(total, b.Statistic)
    rows = Opener(calculator(LESSONS_TOWN), CONTEXT).rows(total)
    assert [(row.title, row.code) for row in rows if row.code < 2] == [("Васина Вера", 1)]
    assert [part.missing for part in rows[0].failed] == ["не указано «Часов в неделю» (лист «Преподавание»)"]


def test_a_list_that_may_lack_things_says_so() -> None:
    kept = [row for row in LESSONS_TOWN.rows("coverage") if row["table"] != "teaching"]
    opener = Opener(calculator(Town({**LESSONS_TOWN.tables, "coverage": kept})), CONTEXT)
    count = formula({"count": "teaching"})
    assert isinstance(count, b.Statistic)
    assert opener.lack(count) == "лист «Полнота» не говорит, что лист «Преподавание» полон на 31.12.2022"
    assert Opener(calculator(LESSONS_TOWN), CONTEXT).lack(count) == ""


# ── one thing alone ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_key_opens_what_is_outside_the_denominator_and_tells_why() -> None:
    (row,) = opened(TOWN, SHARE, key="dina")
    assert (row.title, row.in_base, row.code, parts(row)) == ("Динина", 0, 0, [(EDUCATOR, 0)])


def test_a_key_opens_somebody_of_whom_nothing_is_known() -> None:
    (row,) = opened(TOWN, SHARE, key="zoya")
    assert (row.title, row.in_base, row.code) == ("человек zoya", 0, 0)
    assert parts(row) == [(EDUCATOR, 0), (YOUNG, 1), (TRAINED, 0)]


def test_a_key_opens_the_same_row_as_the_list() -> None:
    (row,) = opened(TOWN, SHARE, key="boris")
    assert replace(row, records=()) in opened(TOWN, SHARE)


def test_a_key_that_is_nobodys_opens_nothing() -> None:
    assert opened(TOWN, SHARE, key="nobody") == []


def test_a_thing_of_another_time_is_told_so() -> None:
    (row,) = opened(TOWN, {"share": "passed", "of": "training"}, key="training2")
    assert (row.title, row.in_base, row.code, parts(row)) == ("Борисов Борис Ильич", 0, 0, [("обучение за период", 0)])


def test_a_thing_of_unknown_time_is_told_so() -> None:
    undated = TOWN.changed("training", 0, "completed", None)
    row = next(row for row in opened(undated, {"share": "passed", "of": "training"}) if row.key == "training1")
    assert (row.in_base, row.code, parts(row)) == (1, 1, [("обучение за период", 1)])


def test_those_excluded_are_told_why() -> None:
    away = TOWN.with_rows({"leave": [{"id": "l", "person": "anna", "kind": "long", "since": day("2022-01-01")}]})
    (row,) = opened(away, {**SHARE, "exclude": "on_leave"}, key="anna")
    assert (row.in_base, parts(row)) == (0, [("не находится в длительном отпуске", 0)])


def test_one_thing_comes_with_the_rows_behind_every_part() -> None:
    (row,) = opened(TOWN, SHARE, key="boris")
    assert [(records.words, records.code) for records in row.records] == [(EDUCATOR, 2), (TRAINED, 0)]
    jobs, courses = row.records
    assert [(one.words, one.code, one.why) for one in jobs.rows] == [
        ("место работы: учитель, основная работа с 01.09.2015", 2, ())
    ]
    assert [(one.words, one.code, one.why) for one in courses.rows] == [
        ("обучение: 01.03.2021", 0, ("на 10 месяцев раньше начала периода",))
    ]


def test_a_person_opens_all_her_rows() -> None:
    share = formula({"share": "hours >= 18", "of": "teaching"})
    assert isinstance(share, b.ShareOf)
    rows = Opener(calculator(LESSONS_TOWN), CONTEXT).rows(share, person="anna")
    assert [(row.detail, row.code) for row in rows] == [("физика", 0), ("химия", 2)]
