"""A breakdown puts each thing where it belongs, and the total counts it once."""

from __future__ import annotations

import datetime as dt

import pytest

from opora.indicators.dataset.store import Dataset
from opora.indicators.engine.backends import DuckDB
from opora.indicators.results import Value
from opora.programmes.check import examine
from opora.programmes.compute import Wish, compute_programme
from tests.engine.asking import Texts, day, fractions, job, outcome, small_town
from tests.truth.town import Row, Town


def groups(town: Town, by: str, texts: Texts) -> dict[object, tuple[float | None, float | None, float]]:
    return fractions(outcome(town, texts, by).groups.get(by, {}))


def numbers(value: Value) -> tuple[float | None, float | None, float]:
    return value.n, value.total, value.unknown


# ── people by their jobs ─────────────────────────────────────────────────────────────────────────────────────────

PEOPLE: list[Row] = [
    {"id": "anna", "sex": "female", "born": day("1990-05-05")},
    {"id": "boris", "sex": "male", "born": day("1970-05-05")},
    {"id": "vera", "sex": None, "born": day("1992-05-05")},
    {"id": "gleb", "sex": "male", "born": None},
]
JOBS: list[Row] = [
    job("anna", "A"),
    job("anna", "B", "support", kind="internal"),
    job("boris", "B"),
    job("vera", "A", "manager"),
    job("vera", "B", kind="internal", post="methodist"),
    job("vera", "C", kind="external", post="preschool_teacher"),
    job("gleb", "C", post="preschool_teacher"),
    # what must not be seen: a job that has ended, one that has not begun, and somebody who is no educator
    job("boris", "C", until=day("2022-12-31")),
    job("gleb", "A", since=day("2023-01-01")),
    job("dina", "A", "support"),
]
TOWN = small_town(person=[*PEOPLE, {"id": "dina", "sex": "female", "born": day("1995-01-01")}], employment=JOBS)
YOUNG = {"share": "age < 35", "of": "educator"}


def test_conditions_on_a_job_are_judged_job_by_job() -> None:
    """Anna teaches in A and cleans in B, Vera heads A and teaches in B and C: each is an educator where she teaches."""
    assert groups(TOWN, "organisation", YOUNG) == {"A": (1, 1, 0), "B": (1, 2, 0), "C": (1, 1, 1)}


def test_without_conditions_on_a_job_every_job_counts() -> None:
    found = groups(TOWN, "organisation", {"share": "age < 35", "of": "staff"})
    assert found == {"A": (3, 3, 0), "B": (2, 3, 0), "C": (1, 1, 1)}


def test_all_conditions_on_a_job_must_hold_of_the_same_job() -> None:
    condition = {"share": "age < 35", "of": "educator and has employment where (kind = internal)"}
    assert numbers(outcome(TOWN, condition).value) == (2, 2, 0)
    assert groups(TOWN, "organisation", condition) == {"B": (1, 1, 0)}


def test_a_job_that_is_not_asked_for_puts_nobody_out() -> None:
    condition = {"share": "age < 35", "of": "educator and not has employment where (staff_group = support)"}
    assert groups(TOWN, "organisation", condition) == {"B": (1, 2, 0), "C": (1, 1, 1)}


def test_the_total_counts_each_once() -> None:
    found = outcome(TOWN, YOUNG, "organisation")
    assert numbers(found.value) == (2, 3, 1)
    assert sum(value.n or 0 for value in found.groups["organisation"].values()) == 3


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("municipality", {"north": (2, 3, 0), "south": (1, 1, 1)}),
        ("organisation_kind", {"school": (2, 3, 0), "preschool": (1, 1, 1)}),
        ("post", {"teacher": (1, 2, 0), "methodist": (1, 1, 0), "preschool_teacher": (1, 1, 1)}),
        ("staff_group", {"educator": (2, 3, 1)}),
        ("sex", {"female": (1, 1, 0), "male": (0, 1, 1), None: (1, 1, 0)}),
    ],
)
def test_people_are_broken_down_by_what_their_jobs_are(by: str, expected: object) -> None:
    assert groups(TOWN, by, YOUNG) == expected


def test_a_job_of_which_the_days_are_not_known_leaves_its_group_unknown() -> None:
    town = TOWN.with_rows({"employment": [{"id": "vague", **job("boris", "A", since=None)}]})
    assert groups(town, "organisation", YOUNG)["A"] == (1, 1, 1)
    assert numbers(outcome(town, YOUNG).value) == (2, 3, 1)


def test_those_excluded_are_in_no_group() -> None:
    town = TOWN.with_rows({"leave": [{"id": "l", "person": "anna", "kind": "long", "since": day("2022-01-01")}]})
    assert groups(town, "organisation", {**YOUNG, "exclude": "on_leave"}) == {"B": (1, 2, 0), "C": (1, 1, 1)}


def test_a_count_is_broken_down_like_a_share() -> None:
    found = outcome(TOWN, {"count": "educator and age < 35"}, "organisation")
    assert {key: (value.n, value.unknown) for key, value in found.groups["organisation"].items() if value.high} == {
        "A": (1, 0),
        "B": (1, 0),
        "C": (1, 1),
    }


# ── subjects ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_people_are_broken_down_by_what_they_teach_now() -> None:
    lessons: list[Row] = [
        {"person": "anna", "organisation": "A", "subject": "физика", "since": day("2020-09-01")},
        {"person": "anna", "organisation": "A", "subject": "химия", "since": day("2020-09-01")},
        {
            "person": "anna",
            "organisation": "A",
            "subject": "право",
            "since": day("2020-09-01"),
            "until": day("2021-09-01"),
        },
        {"person": "boris", "organisation": "B", "subject": "физика", "since": day("2020-09-01")},
        {"person": "gleb", "organisation": "C", "subject": "химия"},
        {"person": "dina", "organisation": "A", "subject": "химия", "since": day("2020-09-01")},
    ]
    town = small_town(person=TOWN.rows("person"), employment=JOBS, teaching=lessons)
    found = outcome(town, YOUNG, "subject")
    assert fractions(found.groups["subject"]) == {"физика": (1, 2, 0), "химия": (1, 1, 1)}
    assert numbers(found.value) == (2, 3, 1)


# ── paths on the thing ───────────────────────────────────────────────────────────────────────────────────────────

COURSES = small_town(
    person=TOWN.rows("person"),
    employment=JOBS,
    training_programme=[{"id": "p", "title": "П", "kind": "pk"}, {"id": "q", "title": "К", "kind": "pp"}],
    training=[
        {"person": "anna", "programme": "p", "completed": day("2022-03-01"), "passed": True, "form": "distance"},
        {"person": "boris", "programme": "p", "completed": day("2022-03-01"), "passed": False, "form": "distance"},
        {"person": "gleb", "programme": "q", "completed": day("2022-03-01"), "passed": None, "form": None},
        {"person": "vera", "programme": "q", "completed": day("2022-03-01"), "passed": True, "form": None},
        {"person": "vera", "programme": "q", "completed": day("2021-03-01"), "passed": True, "form": "mixed"},
        {"person": "vera", "programme": "nowhere", "completed": day("2022-03-01"), "passed": True, "form": "mixed"},
    ],
)
PASSED = {"share": "passed", "of": "training"}


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("form", {"distance": (1, 2, 0), "mixed": (1, 1, 0), None: (1, 1, 1)}),
        ("programme.kind", {"pk": (1, 2, 0), "pp": (1, 1, 1), None: (1, 1, 0)}),
        ("person.sex", {"female": (1, 1, 0), "male": (0, 1, 1), None: (2, 2, 0)}),
        ("person.organisation", {"A": (3, 3, 0), "B": (0, 1, 0), "C": (0, 0, 1)}),
        ("municipality", {"north": (3, 4, 1)}),
    ],
)
def test_things_are_broken_down_by_where_a_path_leads_and_those_without_stand_apart(by: str, expected: object) -> None:
    assert groups(COURSES, by, PASSED) == expected


def test_counted_once_each_a_person_is_once_in_every_group() -> None:
    twice = COURSES.with_rows(
        {
            "training": [
                {
                    "id": "t9",
                    "person": "anna",
                    "programme": "p",
                    "completed": day("2022-05-01"),
                    "passed": False,
                    "form": "distance",
                }
            ]
        }
    )
    found = outcome(twice, {**PASSED, "once_per": "person"}, "form")
    assert numbers(found.value) == (2, 3, 1)
    assert fractions(found.groups["form"]) == {"distance": (1, 2, 0), "mixed": (1, 1, 0), None: (1, 1, 1)}


def test_what_cannot_be_broken_down_so_has_no_groups() -> None:
    assert outcome(COURSES, PASSED, "subject", "nonsense", "person.nonsense").groups == {}


# ── related rows ─────────────────────────────────────────────────────────────────────────────────────────────────

CATEGORIES = small_town(
    person=TOWN.rows("person"),
    employment=JOBS,
    attestation=[
        {"person": "anna", "category": "first", "since": day("2020-01-01")},
        {"person": "boris", "category": "highest", "since": day("2020-01-01")},
        {"person": "vera", "category": "first", "since": day("2019-01-01")},
        {"person": "vera", "category": "highest", "since": day("2021-01-01")},
        {"person": "gleb", "category": "first"},
        # what must not be seen: one that has ended, one that is not asked for, one of somebody who is no educator
        {"person": "boris", "category": "first", "since": day("2015-01-01"), "until": day("2020-01-01")},
        {"person": "anna", "category": "compliance", "since": day("2014-01-01")},
        {"person": "dina", "category": "first", "since": day("2020-01-01")},
    ],
)
ASKED = {"share": "has attestation where (category in (first, highest))", "of": "educator"}


def test_by_an_attribute_of_the_rows_that_the_formula_asks_for() -> None:
    found = outcome(CATEGORIES, {"share": "age < 35", "of": f"educator and {ASKED['share']}"}, "attestation.category")
    assert fractions(found.groups["attestation.category"]) == {"first": (2, 2, 1), "highest": (1, 2, 0)}
    assert numbers(found.value) == (2, 3, 1)


def test_where_the_share_itself_asks_everybody_stays_in_the_denominator() -> None:
    """Two of the four have the highest category; whether Gleb has the first is not known."""
    found = outcome(CATEGORIES, ASKED, "attestation.category")
    assert fractions(found.groups["attestation.category"]) == {"first": (2, 3, 1), "highest": (2, 4, 0)}
    assert numbers(found.value) == (3, 3, 1)


def test_where_the_share_asks_and_the_table_is_partial_nobody_is_known_to_lack_it() -> None:
    told = [row for row in CATEGORIES.rows("coverage") if row["table"] != "attestation"]
    partial = Town({**CATEGORIES.tables, "coverage": told})
    found = outcome(partial, ASKED, "attestation.category")
    assert fractions(found.groups["attestation.category"]) == {"first": (2, 2, 2), "highest": (2, 2, 2)}


def test_it_is_asked_for_by_a_definition_too() -> None:
    found = groups(CATEGORIES, "attestation.category", {"share": "age < 35 and has_category", "of": "educator"})
    assert found == {"first": (2, 3, 1), "highest": (1, 4, 0)}


def test_relations_inside_other_relations_are_not_asked_of_the_thing() -> None:
    inside = {"share": 'has employment where (organisation.title = "школа")', "of": "educator"}
    assert outcome(CATEGORIES, inside, "attestation.category").groups == {}


# ── several counts ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_quotient_is_broken_down_only_if_both_counts_can_be_and_by_the_same() -> None:
    quotient = {"ratio_of": "count(training)", "ratio_to": "count(employment)"}
    assert outcome(COURSES, quotient, "form").groups == {}  # an employment has no form
    kinds = {"ratio_of": "count(event)", "ratio_to": "count(organisation)"}
    assert outcome(COURSES, kinds, "kind").groups == {}  # the kinds of the one are not those of the other


# ── whose list is complete ───────────────────────────────────────────────────────────────────────────────────────


def test_a_group_that_is_a_municipality_or_an_organisation_answers_for_its_own_list() -> None:
    two = small_town(
        territory=[{"id": "north", "kind": "municipality"}, {"id": "south", "kind": "municipality"}],
        organisation=[{"id": "A", "municipality": "north"}, {"id": "B", "municipality": "south"}],
        coverage=[{"table": "organisation", "municipality": "north", "status": "complete"}],
    )
    for by in ("municipality", "id"):
        found = outcome(two, {"count": "organisation"}, by)
        assert [value.partial for value in found.groups[by].values()] == [False, True]
        assert found.value.partial


def test_an_attribute_of_rows_that_are_not_asked_for_breaks_nothing_down() -> None:
    assert outcome(CATEGORIES, YOUNG, "attestation.category").groups == {}


# ── as a reader sees it ──────────────────────────────────────────────────────────────────────────────────────────

PROGRAMME = """\
programme: {key: example, title: Пример, municipality: Город}
indicators:
  - {code: X-1, title: Документы, share: passed, of: training, by: [form, person.organisation]}
"""


def test_groups_have_names_in_order_and_what_is_not_stated_comes_last() -> None:
    programme = examine(PROGRAMME).programme
    assert programme is not None
    dataset = Dataset(dict(COURSES.arrow()))
    result = compute_programme(programme, dataset, DuckDB(threads=1), dt.date(2022, 12, 31), wish=Wish(by=()))
    shown = {
        breakdown.by: [(group.title, group.value.n) for group in breakdown.groups]
        for breakdown in result.indicators[0].breakdowns
    }
    assert shown == {
        "form": [("дистанционная", 1), ("смешанная", 1), ("не указано", 1)],
        "person.organisation": [("ОО A", 3), ("ОО B", 0), ("ОО C", 0)],
    }
