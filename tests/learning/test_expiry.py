"""What runs out: three years since the last course net of leave, attestations with a term, the first three years."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.indicators.periods import shifted
from opora.learning.expiry import (
    Away,
    Term,
    attestation_terms,
    course_terms,
    first_years,
    net_of_leave,
    united,
)
from opora.learning.models import Training, TrainingProgramme
from opora.people.models import Attestation, Leave, Person
from tests.people.town import Town, counted

DAY = dt.timedelta(1)
ON = dt.date(2025, 6, 1)
COURSE = dt.date(2022, 3, 10)
days = st.dates(dt.date(2015, 1, 1), dt.date(2030, 12, 31))


@st.composite
def spells(draw: st.DrawFn) -> Away:
    since = draw(days)
    return Away(since, since + draw(st.integers(0, 900)) * DAY)


def away_on(day: dt.date, away: list[Away]) -> bool:
    return any(one.since <= day and (one.until is None or day < one.until) for one in away)


@given(days, st.lists(spells(), max_size=4))
def test_as_many_days_at_work_pass_as_three_years_have(start: dt.date, away: list[Away]) -> None:
    end = net_of_leave(start, away)
    assert end is not None
    worked = sum(not away_on(start + number * DAY, away) for number in range((end - start).days))
    assert worked == (shifted(start, 3, "year") - start).days
    assert not away_on(end - DAY, away)


@given(days, days, st.lists(spells(), max_size=3))
def test_a_leave_without_an_end_stops_the_clock_unless_it_begins_later(
    start: dt.date, since: dt.date, away: list[Away]
) -> None:
    without = net_of_leave(start, away)
    assert without is not None
    open_end = net_of_leave(start, [*away, Away(since, None)])
    assert open_end == (without if since >= without else None)


@given(st.lists(spells(), max_size=5))
def test_united_spells_are_the_same_days_each_once(away: list[Away]) -> None:
    found = united(away)
    assert all(a.until is not None and a.until < b.since for a, b in itertools.pairwise(found))
    for day in (
        {one.since for one in away} | {one.until for one in away if one.until} | {one.since - DAY for one in away}
    ):
        assert away_on(day, found) == away_on(day, away)


def learned(town: Town, person: int, completed: dt.date | None, **told: Any) -> None:
    with town.seen():
        programme, _ = TrainingProgramme.objects.get_or_create(
            municipality_id=town.municipality, title="ФГОС", kind="pk"
        )
        Training.objects.create(
            municipality_id=town.municipality,
            person_id=town.people[person],
            programme=programme,
            completed=completed,
            **told,
        )


def away(town: Town, person: int, **told: Any) -> None:
    with town.seen():
        Leave.objects.create(municipality_id=town.municipality, person_id=town.people[person], **told)


def courses(town: Town) -> list[tuple[int, dt.date | None, dt.date | None, bool]]:
    with town.seen():
        terms = course_terms(Training.objects.all(), Leave.objects.all(), ON)
    found = [(town.people.index(one.person), one.since, one.ends, one.maybe_later) for one in terms]
    return sorted(found, key=lambda one: one[0])


def test_three_years_run_from_the_last_course_with_a_document(city: Town) -> None:
    learned(city, 0, COURSE - 400 * DAY)
    learned(city, 0, COURSE)
    learned(city, 0, COURSE + 30 * DAY, passed=False)
    learned(city, 0, ON + DAY)
    learned(city, 1, None)
    assert courses(city) == [(0, COURSE, dt.date(2025, 3, 10), False)]


def test_the_clock_stands_on_leave_and_is_unsure_where_nobody_knows_since_when(city: Town) -> None:
    for person in range(3):
        learned(city, person, COURSE)
    away(city, 0, kind="childcare", since=dt.date(2023, 1, 1), until=dt.date(2024, 1, 1))
    away(city, 1, kind="childcare", since=dt.date(2024, 5, 1))
    away(city, 2, kind="childcare", observed_on=dt.date(2024, 12, 31), until=dt.date(2025, 1, 10))
    assert courses(city) == [
        (0, COURSE, dt.date(2026, 3, 10), False),
        (1, COURSE, None, False),
        (2, COURSE, dt.date(2025, 3, 20), True),
    ]


def attested(town: Town, category: str, since: dt.date | None, post: str | None = "teacher", **told: Any) -> None:
    with town.seen():
        Attestation.objects.create(
            municipality_id=town.municipality,
            person_id=town.people[0],
            category=category,
            since=since,
            post=post,
            **told,
        )


def attestations(town: Town) -> list[tuple[str, dt.date | None]]:
    with town.seen():
        terms: list[Term] = attestation_terms(Attestation.objects.all(), ON)
    return sorted((term.words, term.ends) for term in terms)


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([("first", dt.date(2021, 2, 3))], [("первая", dt.date(2026, 2, 3))]),
        ([("first", dt.date(2023, 9, 1))], []),
        ([("first", dt.date(2019, 2, 3)), ("highest", dt.date(2023, 10, 1))], []),
        ([("highest", dt.date(2019, 2, 3)), ("first", dt.date(2023, 10, 1))], [("высшая", dt.date(2024, 2, 3))]),
        ([("conformity", dt.date(2021, 2, 3))], [("соответствие", dt.date(2026, 2, 3))]),
        ([("first", None)], []),
    ],
)
def test_an_attestation_runs_out_as_the_law_has_it_unless_a_later_one_has_replaced_it(
    city: Town, rows: list[tuple[str, dt.date | None]], found: list[tuple[str, dt.date]]
) -> None:
    for category, since in rows:
        attested(city, category, since)
    told = attestations(city)
    assert [(words.split()[0].lower(), ends) for words, ends in told] == found


def test_an_attestation_for_another_post_replaces_nothing_and_one_for_no_post_does(city: Town) -> None:
    attested(city, "first", dt.date(2021, 2, 3))
    attested(city, "highest", dt.date(2024, 2, 3), post="methodist")
    assert [ends for _, ends in attestations(city)] == [dt.date(2026, 2, 3)]
    attested(city, "highest", dt.date(2024, 2, 4), post=None)
    assert attestations(city) == []


def test_the_first_three_years_end_three_years_after_the_beginning(city: Town) -> None:
    begun = [dt.date(2022, 6, 1), dt.date(2022, 6, 2), dt.date(2025, 6, 2)]
    with city.seen():
        for person, day in zip(city.people, begun, strict=True):
            Person.objects.filter(pk=person).update(career_start=day)
        found = first_years(Person.objects.all(), ON)
    assert [(term.person, term.ends) for term in found] == [(city.people[1], dt.date(2025, 6, 2))]


def test_archived_rows_tell_nothing_and_all_people_are_asked_at_once(city: Town) -> None:
    for person in range(3):
        learned(city, person, COURSE)
    learned(city, 0, COURSE + 9 * DAY, archived_at=dt.datetime(2025, 1, 1, tzinfo=dt.UTC))
    assert {since for _, since, _, _ in courses(city)} == {COURSE}
    with counted() as statements:
        courses(city)
    assert statements[0] <= 6
