"""Whatever is done in whatever order, the registry says of every day what a plain list of jobs says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opora.people.domain.employment import Job, NewTerms, Transfer, change_terms, dismiss, employ, transfer
from opora.people.models import Employment, Person
from opora.registry.batch import Ending
from opora.registry.verbs import Refused
from tests.people.town import Town, town

FIRST = dt.date(2021, 9, 1)
LENGTH = 12
DAYS = [FIRST + dt.timedelta(number) for number in range(LENGTH)]
DAY = st.sampled_from(DAYS)
WHO = st.integers(0, 1)
WHERE = st.integers(0, 1)
WHICH = st.integers(0, 9)

EMPLOY = st.tuples(st.just("employ"), WHO, WHERE, st.sampled_from(["main", "internal"]), DAY, st.none() | DAY)
DISMISS = st.tuples(st.just("dismiss"), WHICH, DAY)
TRANSFER = st.tuples(st.just("transfer"), WHICH, DAY, WHERE)
CHANGE = st.tuples(st.just("change"), WHICH, DAY, st.sampled_from([0.5, 1.0]))
STEPS = st.lists(EMPLOY | DISMISS | TRANSFER | CHANGE, min_size=5, max_size=12)


@dataclass(frozen=True)
class Held:
    """A job as a plain Python value."""

    person: int
    organisation: int
    kind: str
    rate: float
    since: dt.date
    until: dt.date | None

    def on(self, day: dt.date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


class NotAllowed(Exception):
    """The plain model refuses it."""


class Careers:
    """The plain model: jobs by the ids that the registry gave them."""

    def __init__(self) -> None:
        self.jobs: dict[int, Held] = {}

    def become(self, changed: dict[int, Held]) -> None:
        """All or nothing: ``changed`` takes the place of what was there."""
        after = self.jobs | changed
        values = list(after.values())
        for job in values:
            if job.until is not None and job.until < job.since:
                raise NotAllowed
            if values.count(job) > 1:
                raise NotAllowed
        for day in [*DAYS, DAYS[-1] + dt.timedelta(1)]:
            busy = [job.person for job in values if job.kind == "main" and job.on(day)]
            if len(busy) != len(set(busy)):
                raise NotAllowed
        self.jobs = after

    def succeed(self, old: int, day: dt.date, new: Held) -> None:
        job = self.jobs[old]
        if job.until is not None or day <= job.since:
            raise NotAllowed
        self.become({old: replace(job, until=day), NEW: new})

    def named(self, pk: int) -> None:
        """What the registry has just entered has this id."""
        self.jobs[pk] = self.jobs.pop(NEW)


NEW = -1


@pytest.fixture(scope="module")
def city(installation: Any) -> Town:
    from tests.registry.database import forget_everything

    forget_everything(installation)
    return town(people=0)


@given(steps=STEPS)
@settings(max_examples=settings().max_examples // 4)
def test_any_sequence_of_verbs_keeps_the_constraints_and_every_day_is_as_the_plain_model_has_it(
    city: Town, steps: list[tuple[Any, ...]]
) -> None:
    with city.seen():
        people = Person.objects.bulk_create(
            Person(municipality_id=city.municipality, last_name="Иванова", first_name=str(number))
            for number in range(2)
        )
    careers = Careers()
    for step in steps:
        same_answer(city, careers, [person.pk for person in people], step)
        assert registry_days(city, people) == model_days(careers)


def same_answer(city: Town, careers: Careers, people: list[int], step: tuple[Any, ...]) -> None:
    """Model and registry both do it, or both refuse it."""
    places = [city.school, city.gymnasium]
    known = list(careers.jobs)
    if step[0] != "employ" and not known:
        return
    if step[0] == "employ":
        _, who, where, kind, since, until = step
        new = Held(people[who], places[where], kind, 1.0, since, until)
        both(careers, lambda: careers.become({NEW: new}), lambda: entered(city, new))
        return
    pk = known[step[1] % len(known)]
    old, day = careers.jobs[pk], step[2]
    if step[0] == "dismiss":
        ending = Ending(row=pk, until=day)

        def dismissed() -> None:
            if old.until is not None:
                raise NotAllowed
            careers.become({pk: replace(old, until=day)})

        both(careers, dismissed, lambda: ended(city, ending))
    elif step[0] == "transfer":
        move = Transfer(job=pk, on=day, organisation=places[step[3]])
        new = replace(old, organisation=places[step[3]], since=day, until=None)
        both(careers, lambda: careers.succeed(pk, day, new), lambda: transfer([move], **city.as_alice)[0].pk)
    else:
        terms = NewTerms(job=pk, on=day, becomes={"rate": step[3]})
        new = replace(old, rate=step[3], since=day, until=None)
        both(careers, lambda: careers.succeed(pk, day, new), lambda: change_terms([terms], **city.as_alice)[0].pk)


def both(careers: Careers, in_model: Callable[[], None], in_registry: Callable[[], int | None]) -> None:
    try:
        in_model()
    except NotAllowed:
        with pytest.raises(Refused):
            in_registry()
    else:
        pk = in_registry()
        if pk is not None:
            careers.named(pk)


def ended(city: Town, ending: Ending) -> None:
    dismiss([ending], **city.as_alice)


def entered(city: Town, job: Held) -> int:
    told = Job(
        person=job.person,
        organisation=job.organisation,
        staff_group="educator",
        post="teacher",
        kind=job.kind,
        rate=job.rate,
        since=job.since,
        until=job.until,
    )
    return employ([told], **city.as_alice)[0].pk


Days = dict[dt.date, list[tuple[Any, ...]]]


def registry_days(city: Town, people: list[Person]) -> Days:
    with city.seen():
        found = Employment.objects.filter(person__in=people)
        return {
            day: sorted(
                found.filter(since__lte=day)
                .exclude(until__lte=day)
                .values_list("person", "organisation", "kind", "rate")
            )
            for day in DAYS
        }


def model_days(careers: Careers) -> Days:
    return {
        day: sorted((job.person, job.organisation, job.kind, job.rate) for job in careers.jobs.values() if job.on(day))
        for day in DAYS
    }
