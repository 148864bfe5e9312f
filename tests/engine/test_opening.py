"""Every number opens: those in and those out add up to it, and each who is out is told the least that is wanting."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.demo.spec import town
from opora.demo.write import town_dataset
from opora.indicators.dataset.store import Dataset
from opora.indicators.engine.backends import DuckDB
from opora.indicators.engine.opening import Atom, Group, Opener, atoms, code_of, smallest_failing
from opora.indicators.engine.opening import opened as opened_tree
from opora.indicators.engine.plan import Asked
from opora.indicators.formula import bound as b
from opora.indicators.results import OpenedRow
from opora.programmes.compute import BoundIndicator, bound_indicators, calculator_for, context_of
from opora.programmes.load import load_programme
from tests.engine.asking import day, formula, job, opened, outcome, small_town
from tests.truth.town import Row, Town

# ── the list adds up to the number ───────────────────────────────────────────────────────────────────────────────

PACK = load_programme("pervouralsk")


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return town_dataset(town("pervouralsk"), people=150, seed=5)


def numbers(rows: list[OpenedRow]) -> tuple[int, int, int]:
    """n, N and the number of the unknown."""
    kinds = Counter((row.in_base, row.code) for row in rows)
    assert set(kinds) <= {(2, 2), (2, 1), (2, 0), (1, 1), (1, 0)}
    return kinds[2, 2], kinds[2, 2] + kinds[2, 0], kinds[2, 1] + kinds[1, 1] + kinds[1, 0]


def test_the_list_of_every_share_adds_up_to_its_number(dataset: Dataset) -> None:
    calculator = calculator_for(PACK, dataset, DuckDB(threads=2))
    context = context_of(PACK, dt.date(2022, 12, 31))
    shares = [one for one in bound_indicators(PACK) if isinstance(one.formula, b.ShareOf) and not one.formula.once_per]
    outcomes = calculator.outcomes([Asked(one.formula) for one in shares], context)
    opener = Opener(calculator, context)
    found = {one.indicator.code: numbers(opener.rows(_share(one))) for one in shares}
    values = {one.indicator.code: outcome.value for one, outcome in zip(shares, outcomes, strict=True)}
    assert found == {code: (value.n, value.total, value.unknown) for code, value in values.items()}
    assert len(found) > 8
    assert any(unknown for _, _, unknown in found.values())


def _share(one: BoundIndicator) -> b.ShareOf:
    assert isinstance(one.formula, b.ShareOf)
    return one.formula


# ── one town, by hand ────────────────────────────────────────────────────────────────────────────────────────────

PEOPLE: list[Row] = [
    {"id": "anna", "last_name": "Ёлкина", "first_name": "Анна", "born": day("1990-05-05")},
    {"id": "boris", "last_name": "Борисов", "first_name": "Борис", "patronymic": "Ильич", "born": day("1970-05-05")},
    {"id": "vera", "last_name": "Васина", "first_name": "Вера"},
    {"id": "gleb", "last_name": "Глебов", "born": day("1995-01-01")},
    {"id": "dina", "last_name": "Динина", "born": day("1995-01-01")},
    {"id": "zoya"},
]
JOBS: list[Row] = [job("anna"), job("boris", "B"), job("vera"), job("gleb", since=None), job("dina", "A", "support")]


def course(person: str, date: str, *, passed: bool | None = True) -> Row:
    return {"person": person, "programme": "p", "completed": day(date), "passed": passed}


COURSES: list[Row] = [
    course("anna", "2022-03-01"),
    course("boris", "2021-03-01"),
    course("vera", "2022-03-01", passed=None),
    course("dina", "2022-03-01"),
]
TOWN = small_town(person=PEOPLE, employment=JOBS, training=COURSES)
SHARE = {"share": "age < 35 and has training where (passed)", "of": "educator"}
YOUNG, TRAINED, EDUCATOR = (
    "возраст меньше 35",
    "прошёл обучение [отмечено «документ получен»] за период",
    "является педагогическим работником",
)


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


def test_of_several_ways_in_the_shortest_is_told() -> None:
    either = {"share": "(age < 35 and sex = male and has leave) or has training where (passed)", "of": "educator"}
    assert {row.key: parts(row) for row in opened(TOWN, either)}["boris"] == [(TRAINED, 0)]


def test_of_equal_ways_in_the_nearest_is_told() -> None:
    either = {"share": "has leave or has training where (passed)", "of": "educator"}
    assert {row.key: parts(row) for row in opened(TOWN, either)}["vera"] == [(TRAINED, 1)]


def test_what_should_not_be_is_told_as_a_negation() -> None:
    unwanted = {"share": "not (has training or age < 35)", "of": "educator"}
    assert {row.key: parts(row) for row in opened(TOWN, unwanted)}["anna"] == [
        ("не проходил обучения за период", 0),
        ("возраст не меньше 35", 0),
    ]


def test_a_definition_of_several_conditions_is_opened() -> None:
    share = {"share": "early_career and has_category", "of": "educator"}
    assert {row.key: parts(row) for row in opened(TOWN, share)}["anna"] == [
        ("работает педагогом меньше трёх лет", 1),
        ("имеет первую или высшую категорию", 0),
    ]


# ── near misses ──────────────────────────────────────────────────────────────────────────────────────────────────


def meetings(*dates: str) -> Town:
    held: list[Row] = [{"association": "mo", "date": day(date)} for date in dates]
    return small_town(
        association=[{"id": "mo", "title": "МО физиков", "kind": "subject", "since": day("2020-01-01")}], meeting=held
    )


THREE = meetings("2022-01-10", "2022-02-10", "2022-12-31", "2021-12-31", "2023-01-01")
"""Three in the period, one before it and one after the date of the count."""


@pytest.mark.parametrize(
    ("share", "near"),
    [
        ("has meeting in period at least 4 times", "3 из 4"),
        ("count of meeting in period >= 4", "3 из 4"),
        ("count of meeting in period > 3", "3 из 4"),
        ("has meeting where (topic is known) in period at least 2 times", "0 из 2"),
        # of these nothing can be said so
        ("has meeting in period at most 2 times", ""),
        ("not has meeting in period at least 3 times", ""),
        ("has meeting where (topic is known) in period at least 50%", ""),
        ("has meeting in period exactly 4 times", ""),
    ],
)
def test_a_near_miss_tells_how_near(share: str, near: str) -> None:
    (row,) = opened(THREE, {"share": share, "of": "association"})
    assert [part.near for part in row.failed] == [near]
    assert (row.title, row.code) == ("МО физиков", 0)


def test_what_is_reached_is_no_miss() -> None:
    (row,) = opened(THREE, {"share": "has meeting in period at least 3 times", "of": "association"})
    assert (row.code, row.failed) == (2, ())


def test_a_sum_may_fall_short_by_a_half() -> None:
    lessons: list[Row] = [
        {"person": "anna", "organisation": "A", "subject": subject, "hours": hours, "since": day("2020-09-01")}
        for subject, hours in (("физика", 10.5), ("химия", 6))
    ]
    hours = {"share": "sum of hours over teaching >= 18", "of": "educator"}
    (row,) = opened(small_town(person=PEOPLE[:1], employment=JOBS[:1], teaching=lessons), hours)
    assert [(part.words, part.near) for part in row.failed] == [
        ("сумма «часов в неделю» для преподаваемых предметов не меньше 18", "16,5 из 18")
    ]


# ── one thing alone ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_key_opens_what_is_outside_the_denominator_and_tells_why() -> None:
    (row,) = opened(TOWN, SHARE, key="dina")
    assert (row.title, row.in_base, row.code, parts(row)) == ("Динина", 0, 0, [(EDUCATOR, 0)])


def test_a_key_opens_somebody_of_whom_nothing_is_known() -> None:
    (row,) = opened(TOWN, SHARE, key="zoya")
    assert (row.title, row.in_base, row.code) == ("zoya", 0, 0)
    assert parts(row) == [(EDUCATOR, 0), (YOUNG, 1), (TRAINED, 0)]


def test_a_key_opens_the_same_row_as_the_list() -> None:
    (row,) = opened(TOWN, SHARE, key="boris")
    assert row in opened(TOWN, SHARE)


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


# ── the smallest failing set ─────────────────────────────────────────────────────────────────────────────────────


def atom(number: int) -> Atom:
    return Atom(b.Plain(float(number), b.Type.NUMBER))


@st.composite
def trees(draw: st.DrawFn) -> tuple[Atom | Group, dict[Atom, int]]:
    """A tree of up to six atoms, none of which occurs twice, and their codes."""
    left: list[Atom | Group] = [atom(number) for number in range(draw(st.integers(1, 6)))]
    while len(left) > 1:
        size = draw(st.integers(2, len(left)))
        left = [*left[size:], Group(draw(st.booleans()), tuple(left[:size]))]
    tree = left[0]
    return tree, {one: draw(st.sampled_from([0, 1, 2])) for one in atoms(tree)}


@given(trees())
def test_the_failing_set_is_enough_and_none_smaller_is(found: tuple[Atom | Group, dict[Atom, int]]) -> None:
    tree, codes = found
    failing = smallest_failing(tree, codes)
    assert all(codes[one] < 2 for one in failing)
    assert code_of(tree, codes | dict.fromkeys(failing, 2)) == 2
    for fewer in range(len(failing)):
        for some in combinations(codes, fewer):
            assert code_of(tree, codes | dict.fromkeys(some, 2)) < 2


@given(trees())
def test_of_sets_of_the_same_size_the_nearest_is_told(found: tuple[Atom | Group, dict[Atom, int]]) -> None:
    tree, codes = found
    failing = smallest_failing(tree, codes)
    for some in combinations(codes, len(failing)):
        if code_of(tree, codes | dict.fromkeys(some, 2)) == 2:
            assert sum(codes[one] for one in some if codes[one] < 2) <= sum(codes[one] for one in failing)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        ("not (has training or not has leave)", [("training", True), ("leave", False)]),
        ("not (not has training)", [("training", False)]),
    ],
)
def test_not_is_moved_down_to_the_conditions(share: str, words: list[tuple[str, bool]]) -> None:
    bound = formula({"share": share, "of": "educator"})
    assert isinstance(bound, b.ShareOf)
    found = [
        (one.item.rows.table, one.negated) for one in atoms(opened_tree(bound.condition)) if isinstance(one.item, b.Has)
    ]
    assert found == words
