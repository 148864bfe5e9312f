"""The brute-force evaluator itself, on towns small enough to be counted on one's fingers."""

from __future__ import annotations

import datetime as dt

import pytest

from opora.indicators.definitions import standard
from opora.indicators.formula.parse import parse
from tests.truth.breakdowns import breakdown
from tests.truth.brute import Scope, code, value
from tests.truth.counts import Answer, Indicator, codes, evaluate
from tests.truth.days import full_years, shift
from tests.truth.town import Cell, Context, Row, Town, calendar_year
from tests.truth.world import World

DEFINITIONS = {table: {name: own.formula for name, own in named.items()} for table, named in standard().items()}
ON = dt.date(2022, 12, 31)
CONTEXT = calendar_year(ON, dt.date(2021, 9, 1))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def everything_complete(*tables: str) -> list[Row]:
    return [{"id": table, "municipality": "m", "table": table, "status": "complete"} for table in tables]


def town(complete: str = "employment", /, **tables: list[Row]) -> Town:
    """One municipality, one school ``s`` and one kindergarten ``k``; these tables are complete."""
    always: dict[str, list[Row]] = {
        "territory": [{"id": "m", "title": "Город", "kind": "municipality"}],
        "organisation": [
            {"id": "s", "municipality": "m", "title": "Школа", "kind": "school", "since": day("2000-01-01")},
            {"id": "k", "municipality": "m", "title": "Сад", "kind": "preschool", "since": day("2000-01-01")},
        ],
        "coverage": everything_complete(*complete.split()),
    }
    return Town({**always, **tables})


def person(key: str, **cells: Cell) -> Row:
    return {"id": key, "municipality": "m", **cells}


def job(key: str, who: str, where: str = "s", **cells: Cell) -> Row:
    usual: dict[str, Cell] = {"staff_group": "educator", "post": "teacher", "kind": "main", "since": day("2010-09-01")}
    return {"id": key, "person": who, "organisation": where, **usual, **cells}


def training(key: str, who: str, completed: str | None, **cells: Cell) -> Row:
    found = None if completed is None else day(completed)
    return {"id": key, "person": who, "programme": "tp", "completed": found, **cells}


def asked(formula: str, place: Town, table: str = "person", key: str = "p", context: Context = CONTEXT) -> int:
    """The code of a condition on one row."""
    world = World(place, context, DEFINITIONS)
    row = world.row(table, key)
    assert row is not None
    return code(parse(formula), Scope(world, ((table, row),)))


def counted(place: Town, context: Context = CONTEXT, **indicator: object) -> Answer:
    return evaluate(indicator, place, context, DEFINITIONS)


# ── windows ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("completed", "expected"),
    [("2020-01-01", 2), ("2019-12-31", 0), ("2022-12-31", 2), ("2023-01-01", 0), (None, 1)],
)
def test_a_course_on_the_first_and_the_last_day_of_the_window_counts(completed: str | None, expected: int) -> None:
    place = town("training", person=[person("p")], training=[training("t", "p", completed)])
    assert asked("has training within 3 years", place) == expected


def test_the_period_is_cut_at_the_date_of_the_count() -> None:
    place = town("training", person=[person("p")], training=[training("t", "p", "2022-11-01")])
    assert asked("has training", place) == 2
    assert asked("has training", place, context=calendar_year(day("2022-10-31"))) == 0


def test_three_years_before_the_29th_of_february_begin_on_the_1st_of_march() -> None:
    leap = calendar_year(day("2024-02-29"))
    place = town("training", person=[person("p")], training=[training("t", "p", "2021-02-28")])
    assert asked("has training within 3 years", place, context=leap) == 0
    assert shift(day("2024-02-29"), -1, "year") == day("2023-02-28")


def test_a_window_that_begins_after_the_date_is_empty_and_needs_no_coverage() -> None:
    place = town("", person=[person("p", career_start=day("2023-02-01"))], training=[training("t", "p", None)])
    assert asked("has training within 3 years of career_start", place) == 0
    assert asked("has training since career_start", place) == 0


def test_a_window_from_an_unknown_day_is_unknown() -> None:
    place = town("training", person=[person("p")], training=[training("t", "p", "2022-05-01")])
    assert asked("has training within 3 years of career_start", place) == 1
    assert asked("has training since programme_start", place, context=calendar_year(ON)) == 1


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"since": day("2022-12-31")}, 2),
        ({"since": day("2023-01-01")}, 0),
        ({"since": day("2010-01-01"), "until": day("2022-12-31")}, 0),
        ({"since": day("2010-01-01"), "until": day("2023-01-01")}, 2),
        ({"since": None, "observed_on": day("2022-12-31")}, 2),
        ({"since": None, "observed_on": day("2023-01-01")}, 1),
        ({"since": None}, 1),
        ({"since": None, "until": day("2022-12-31")}, 0),
        ({"since": day("2022-12-31"), "until": day("2022-12-31")}, 0),
    ],
)
def test_a_job_holds_from_its_first_day_up_to_but_not_including_its_last(cells: dict[str, Cell], expected: int) -> None:
    place = town(person=[person("p")], employment=[{**job("j", "p"), **cells}])
    assert asked("educator", place) == expected


@pytest.mark.parametrize(
    ("cells", "began", "ended"),
    [
        ({"since": day("2022-01-01")}, 2, 0),
        ({"since": day("2021-12-31"), "until": day("2022-06-01")}, 0, 2),
        ({"since": None, "observed_on": day("2021-12-31")}, 0, 0),
        ({"since": None, "observed_on": day("2022-01-01")}, 1, 0),
        ({"since": None, "until": day("2022-01-01")}, 0, 2),
        ({"since": day("2022-06-01"), "until": day("2022-06-01")}, 0, 0),
    ],
)
def test_what_was_seen_before_the_window_did_not_begin_in_it(cells: dict[str, Cell], began: int, ended: int) -> None:
    place = town(person=[person("p")], employment=[{**job("j", "p"), **cells}])
    assert asked("has employment began in period", place) == began
    assert asked("has employment ended in period", place) == ended


# ── absence ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_no_row_in_a_complete_table_is_no_and_in_any_other_unknown() -> None:
    people = [person("p")]
    assert asked("has training", town("training", person=people)) == 0
    assert asked("has training", town("", person=people)) == 1
    partial: Row = {**everything_complete("training")[0], "status": "partial"}
    assert asked("has training", town("", person=people, coverage=[partial])) == 1


@pytest.mark.parametrize(
    ("intervals", "expected"),
    [
        ([(None, None)], 0),
        ([("2022-01-01", "2023-01-01")], 0),
        ([("2022-01-02", None)], 1),
        ([(None, "2022-12-31")], 1),
        ([(None, "2022-06-01"), ("2022-06-01", None)], 0),
        ([(None, "2022-06-01"), ("2022-06-02", None)], 1),
    ],
)
def test_the_whole_window_must_be_covered(intervals: list[tuple[str | None, str | None]], expected: int) -> None:
    coverage: list[Row] = [
        {
            "id": str(place),
            "municipality": "m",
            "table": "training",
            "status": "complete",
            "since": since and day(since),
            "until": until and day(until),
        }
        for place, (since, until) in enumerate(intervals)
    ]
    assert asked("has training", town("", person=[person("p")], coverage=coverage)) == expected


def test_ever_is_covered_only_by_a_record_without_a_beginning() -> None:
    early: Row = {**everything_complete("training")[0], "since": day("1900-01-01")}
    assert asked("has training ever", town("", person=[person("p")], coverage=[early])) == 1
    assert asked("has training ever", town("training", person=[person("p")])) == 0


def test_completeness_is_that_of_the_municipality_of_the_asking_row() -> None:
    other: Row = {"id": "m2", "kind": "municipality"}
    place = town("training", person=[{**person("p"), "municipality": "m2"}], territory=[other])
    assert asked("has training", place) == 1


def test_a_reference_table_is_always_complete() -> None:
    assert asked("has territory", town(""), "territory", "m") == 0


def test_a_speciality_on_which_nobody_has_ruled_is_unknown() -> None:
    taught: Row = {"id": "e", "person": "p", "speciality": "химик"}
    ruled = "has profile_match via speciality where (fits)"
    assert asked(ruled, town("", person=[person("p")], education=[taught]), "education", "e") == 1
    assert asked(ruled, town("profile_match", person=[person("p")], education=[taught]), "education", "e") == 0


# ── relations ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_how_many_is_an_interval_while_something_is_unknown() -> None:
    rows = [training("1", "p", "2022-01-01"), training("2", "p", None)]
    place = town("training", person=[person("p")], training=rows)
    assert [asked(f"has training at least {n} times", place) for n in (1, 2, 3)] == [2, 1, 0]
    assert [asked(f"has training at most {n} times", place) for n in (0, 1, 2)] == [0, 1, 2]
    assert [asked(f"has training exactly {n}", place) for n in (0, 1, 3)] == [0, 1, 0]
    assert asked("count of training between 1 and 2", place) == 2
    assert asked("count of training in period in (3, 4)", place) == 0


def test_a_partial_table_has_no_upper_bound() -> None:
    place = town("", person=[person("p")], training=[training("1", "p", "2022-01-01")])
    assert asked("has training at least 9 times", place) == 1
    assert asked("has training at most 0 times", place) == 0


def test_two_rows_of_one_person_are_one_person() -> None:
    members: list[Row] = [{"id": str(n), "team": "t", "person": who, "since": ON} for n, who in enumerate("ppq")]
    place = town("team_member", team=[{"id": "t", "organisation": "s", "kind": "management"}], team_member=members)
    place = place.with_rows({"person": [person("p"), person("q")]})
    assert asked("has team_member exactly 3 times", place, "team", "t") == 2
    assert asked("has team_member exactly 2 people", place, "team", "t") == 2


def test_a_share_of_rows_needs_rows() -> None:
    came: list[Row] = [
        {"id": str(n), "meeting": "x", "person": "p", "present": present, "date": ON}
        for n, present in enumerate([True, False, None])
    ]
    place = town("attendance", person=[person("p"), person("q")], attendance=came)
    shares = (33, 34, 67)
    assert [asked(f"has attendance where (present) at least {n}%", place) for n in shares] == [2, 1, 0]
    assert asked("has attendance where (present) at least 1%", place, key="q") == 1


def test_every_holds_where_there_are_no_rows() -> None:
    rows = [training("1", "p", "2022-01-01", passed=True), training("2", "p", None, passed=False)]
    place = town("training", person=[person("p"), person("q")], training=rows)
    assert asked("every training satisfies (passed)", place) == 1
    assert asked("every training satisfies (passed)", place, key="q") == 2
    assert asked("every training satisfies (passed)", town("", person=[person("q")]), key="q") == 1


def test_the_latest_is_unknown_while_a_newer_row_may_count() -> None:
    def result(key: str, date: str, level: str, measures: str | None) -> Row:
        return {"id": key, "person": "p", "date": day(date), "level": level, "measures": measures}

    sure = [result("1", "2022-02-01", "low", "subject"), result("2", "2022-03-01", "high", "subject")]
    doubt = result("3", "2022-04-01", "low", None)
    formula = "latest diagnostic_result where (measures = subject).level = high"
    assert asked(formula, town("", person=[person("p")], diagnostic_result=sure)) == 2
    assert asked(formula, town("", person=[person("p")], diagnostic_result=[*sure, doubt])) == 1
    assert asked(formula, town("", person=[person("p")], diagnostic_result=[doubt])) == 1
    older = {**doubt, "date": day("2022-03-01"), "id": "0"}
    assert asked(formula, town("", person=[person("p")], diagnostic_result=[*sure, older])) == 2


def test_of_two_rows_of_one_day_the_latest_has_the_greater_key() -> None:
    results: list[Row] = [
        {"id": key, "person": "p", "date": ON, "level": level} for key, level in (("b", "high"), ("a", "low"))
    ]
    place = town("", person=[person("p")], diagnostic_result=results)
    assert asked("latest diagnostic_result.level = high", place) == 2


def test_a_deficit_is_judged_on_the_day_of_the_course() -> None:
    deficits: list[Row] = [{"id": "d", "person": "p", "found_on": day("2021-05-01")}]
    courses = [training("t", "p", "2022-03-01", started=day("2021-04-30"))]
    place = town("training deficit", person=[person("p")], deficit=deficits, training=courses)
    formula = "has training where (has deficit where (found_on <= training.started))"
    assert asked(formula, place) == 0
    assert asked(formula, place.changed("training", 0, "started", day("2021-05-01"))) == 2
    assert asked(formula, place.changed("deficit", 0, "found_on", None)) == 1


def test_a_sum_over_rows_grows_with_what_is_not_known() -> None:
    lessons: list[Row] = [
        {"id": key, "person": "p", "organisation": "s", "subject": "х", "hours": hours, "since": since}
        for key, hours, since in (("1", 10.0, day("2022-09-01")), ("2", 8.0, None))
    ]
    place = town("teaching", person=[person("p")], teaching=lessons)
    assert [asked(f"sum of hours over teaching >= {n}", place) for n in (10, 18, 19)] == [2, 1, 0]
    assert asked("mean of hours over teaching >= 1", place) == 1


# ── names and values ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_choice_is_written_by_its_code_or_by_its_label_whatever_columns_there_are() -> None:
    results: list[Row] = [{"id": "r", "person": "p", "measures": "subject", "subject": "химия", "date": ON}]
    place = town("", person=[person("p")], diagnostic_result=results)
    for formula in ("measures = subject", 'measures = "предметные"', "measures in (subject, digital)"):
        assert asked(formula, place, "diagnostic_result", "r") == 2
    assert asked("measures != subject", place, "diagnostic_result", "r") == 0


def test_texts_are_compared_without_the_spaces_around() -> None:
    lesson: Row = {"id": "t", "person": "p", "organisation": "s", "subject": " химия "}
    assert asked('subject = "химия"', town("", teaching=[lesson]), "teaching", "t") == 2


def test_an_empty_reference_is_unknown_beyond_and_known_to_be_empty() -> None:
    entry: Row = {"id": "x", "contest": "c", "team": None, "organisation": "s", "date": ON}
    place = town("", contest_entry=[entry])
    assert asked("team.kind = management", place, "contest_entry", "x") == 1
    assert asked("team is known", place, "contest_entry", "x") == 0
    assert asked("organisation.school", place, "contest_entry", "x") == 2


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        ("1987-12-31", "2022-12-31", 35),
        ("1988-01-01", "2022-12-31", 34),
        ("1988-02-29", "2023-02-28", 34),
        ("1988-02-29", "2023-03-01", 35),
        ("2023-06-01", "2022-12-31", -1),
    ],
)
def test_a_person_is_as_old_as_the_last_birthday_says(born: str, on: str, age: int) -> None:
    assert full_years(day(born), day(on)) == age


def test_a_division_by_zero_is_unknown() -> None:
    place = town("", staffing=[{"id": "x", "organisation": "s", "planned_rate": 1.0, "filled_rate": 0.0}])
    assert asked("planned_rate / filled_rate > 0", place, "staffing", "x") == 1
    assert asked("filled_rate / planned_rate > 0", place, "staffing", "x") == 0


def test_a_spell_is_all_the_jobs_in_one_organisation_together() -> None:
    jobs = [
        job("1", "p", since=day("2015-09-01"), until=day("2018-09-01")),
        job("2", "p", since=day("2017-09-01"), until=day("2022-09-01"), observed_on=day("2020-01-01")),
        job("3", "p", "k", since=None, until=day("2024-01-01"), observed_on=day("2021-01-01")),
        job("4", "p", "k", observed_on=day("2020-05-05")),
        job("5", "p", "k", staff_group="manager"),
    ]
    first, second = World(town(person=[person("p")], employment=jobs), CONTEXT, {}).rows("spell")
    assert (first["id"], first["since"], first["until"]) == ("p/s", day("2015-09-01"), day("2022-09-01"))
    assert first["last_day"] == day("2022-09-01")
    assert (second["since"], second["until"], second["observed_on"]) == (None, None, day("2020-05-05"))
    assert second["last_day"] == ON


# ── values of indicators ─────────────────────────────────────────────────────────────────────────────────────────


def three_educators() -> Town:
    """One trained, one not known to be, one who may not work any more but is trained."""
    return town(
        "employment training",
        person=[person("p"), person("q"), person("r")],
        employment=[job("1", "p"), job("2", "q"), job("3", "r", since=None)],
        training=[training("1", "p", "2022-01-01"), training("2", "q", None), training("3", "r", "2022-01-01")],
    )


def test_a_share_counts_the_known_and_bounds_the_rest() -> None:
    found = counted(three_educators(), share="has training", of="educator")
    assert (found.value, found.n, found.total, found.unknown) == (1.0, 1, 1, 2)
    assert (found.low, found.high) == (1 / 2, 1.0)


def test_an_empty_denominator_is_no_data() -> None:
    found = counted(three_educators(), share="has training", of="manager")
    assert found == Answer(None, None, None, 0, 0, 0)


def test_a_list_that_may_lack_people_has_no_bounds() -> None:
    place = Town({**three_educators().tables, "coverage": everything_complete("training")})
    found = counted(place, share="has training", of="educator")
    assert (found.low, found.high, found.partial) == (0.0, 1.0, True)
    assert counted(place, count="educator").high is None


def test_a_person_with_two_rows_is_counted_once() -> None:
    rows = [training("1", "p", "2022-01-01", passed=False), training("2", "p", "2022-02-01", passed=True)]
    place = town("training employment", person=[person("p")], training=rows)
    indicator: Indicator = {"share": "passed", "of": "training"}
    assert codes(indicator, place, CONTEXT, DEFINITIONS) == {"1": (2, 0), "2": (2, 2)}
    assert counted(place, share="passed", of="training").total == 2
    assert counted(place, share="passed", of="training", once_per="person").value == 1.0


def test_those_whom_the_programme_leaves_out_are_left_out_of_people_only() -> None:
    leave: list[Row] = [{"id": "l", "person": "p", "since": day("2022-01-01")}]
    place = three_educators().with_rows({"leave": leave, "coverage": everything_complete("leave")})
    assert counted(place, count="educator", exclude="on_leave").n == 1
    assert counted(place, count="educator", exclude="none").n == 2
    assert counted(place, count="training", exclude="on_leave").n == 2


def test_a_ratio_has_the_bounds_of_its_parts() -> None:
    found = counted(three_educators(), ratio={"of": "count(training)", "to": "count(educator) + 1"})
    assert found.value == pytest.approx(2 / 3)
    assert (found.low, found.high) == (0.5, 1.0)
    place = three_educators().with_rows({"coverage": everything_complete("organisation")})
    found = counted(place, ratio={"of": "count(educator)", "to": "count(organisation)"})
    assert (found.value, found.low, found.high) == (1.0, 1.0, 1.5)


def test_yes_no_and_unknown() -> None:
    place = three_educators()
    answers = [counted(place, yes_if=f"count(educator) >= {n}").value for n in (2, 3, 4)]
    assert answers == [1.0, None, 0.0]
    nothing = counted(place, yes_if="share(has training of manager) = 100%")
    assert (nothing.value, nothing.low, nothing.high) == (None, None, None)


def test_a_group_of_a_second_job_is_judged_by_that_job() -> None:
    place = town(
        person=[person("p", born=day("2000-01-01"))],
        employment=[job("1", "p", "s"), job("2", "p", "k", post="methodist")],
    )
    indicator: Indicator = {"share": "age < 35", "of": "teacher"}
    assert list(breakdown(indicator, "organisation", place, CONTEXT, DEFINITIONS)) == ["s"]
    both = breakdown({"share": "age < 35", "of": "educator"}, "organisation", place, CONTEXT, DEFINITIONS)
    assert {group: found.n for group, found in both.items()} == {"s": 1, "k": 1}


def test_a_value_of_the_matched_row_groups_the_people() -> None:
    awarded: list[Row] = [
        {"id": key, "person": "p", "category": category, "since": day("2022-03-01")}
        for key, category in (("1", "first"), ("2", "conformity"))
    ]
    place = town("employment attestation", person=[person("p")], employment=[job("1", "p")], attestation=awarded)
    indicator: Indicator = {"count": "educator and has_category"}
    assert list(breakdown(indicator, "attestation.category", place, CONTEXT, DEFINITIONS)) == ["first"]


def test_a_value_of_one_row_is_what_its_path_says() -> None:
    place = town(person=[person("p")], employment=[job("1", "p")])
    row = place.rows("person")[0]
    scope = Scope(World(place, CONTEXT, DEFINITIONS), (("person", row),))
    assert value(parse("organisation.municipality"), scope) == "m"
