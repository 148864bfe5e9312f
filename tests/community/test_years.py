"""Whatever is done in whatever order, with turns of the year in between, the registry says of every day what a plain
list of memberships says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opora.community.domain.association import NewAssociation, found_associations
from opora.community.domain.membership import Move, NewMembership, carry, join, leave
from opora.community.domain.year import Choice, Decision, What, turn
from opora.community.domain.year_proposals import proposed
from opora.community.models import Membership
from opora.people.models import Person
from opora.registry.batch import Ending
from opora.registry.verbs import Refused
from tests.people.town import Town, town

NEW = -1
TURN = dt.date(2022, 9, 1)
DAYS = [TURN + dt.timedelta(number) for number in range(-4, 5)]
DAY = st.sampled_from(DAYS)
TWO = st.integers(0, 1)
WHICH = st.integers(0, 9)

JOIN = st.tuples(st.just("join"), TWO, TWO, DAY, st.none() | DAY)
LEAVE = st.tuples(st.just("leave"), WHICH, DAY)
CARRY = st.tuples(st.just("carry"), WHICH, DAY, TWO)
DECIDED = st.sampled_from(["carry", "end", "replace"])
TURNED = st.tuples(st.just("turn"), st.lists(DECIDED, min_size=10, max_size=10))
STEPS = st.lists(JOIN | LEAVE | CARRY | TURNED, min_size=4, max_size=10)


@dataclass(frozen=True)
class Held:
    person: int
    association: int
    since: dt.date
    until: dt.date | None

    def on(self, day: dt.date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


class NotAllowed(Exception):
    """The plain model refuses it."""


Members = dict[int, Held]


def allowed(members: Members) -> Members:
    held = list(members.values())
    if any(each.until is not None and each.until < each.since for each in held) or len(set(held)) < len(held):
        raise NotAllowed
    for day in DAYS:
        busy = [(each.person, each.association) for each in held if each.on(day)]
        if len(busy) != len(set(busy)):
            raise NotAllowed
    return members


@pytest.fixture(scope="module")
def city(installation: Any) -> Town:
    from tests.registry.database import forget_everything

    forget_everything(installation)
    neighbours()
    return town(people=0)


def neighbours() -> None:
    """A village whose membership must stay as it is."""
    village = town("село", people=1)
    (circle,) = found_associations([circle_of(0)], **village.as_alice)
    join([NewMembership(association=circle.pk, person=village.people[0], since=DAYS[0])], **village.as_alice)


def circle_of(number: int) -> NewAssociation:
    return NewAssociation(title=f"МО {number}", kind="subject", level="municipal")


class World:
    """Two people, who are entered anew in every example, and two associations."""

    def __init__(self, city: Town) -> None:
        self.told = city.as_alice
        self.city = city
        with city.seen():
            Membership.objects.all().delete()
            people = Person.objects.bulk_create(
                Person(municipality_id=city.municipality, last_name="Иванова", first_name=str(n)) for n in range(2)
            )
        self.people = [person.pk for person in people]
        titles = [circle_of(self.people[0] * 2 + number) for number in range(2)]
        self.circles = [row.pk for row in found_associations(titles, **self.told)]
        self.members: Members = {}

    def step(self, step: tuple[Any, ...]) -> None:
        known = sorted(self.members)
        if step[0] == "join":
            _, who, where, since, until = step
            new = Held(self.people[who], self.circles[where], since, until)
            self.both(lambda: {NEW: new}, lambda: self.joined(new))
        elif step[0] == "turn":
            self.turned(dict(zip(known, step[1], strict=False)))
        elif known:
            row, day = known[step[1] % len(known)], step[2]
            if step[0] == "leave":
                self.both(lambda: {row: self.ended(row, day)}, lambda: self.left(row, day))
            else:
                into = self.circles[step[3]]
                move = Move(row=row, until=day, into=into)
                self.both(lambda: self.gone_over(row, day, into), lambda: carry([move], **self.told)[0].pk)

    def both(self, in_model: Callable[[], Members], in_registry: Callable[[], int | None]) -> None:
        """Model and registry both do it, or both refuse it."""
        try:
            after = allowed(self.members | in_model())
        except NotAllowed:
            with pytest.raises(Refused):
                in_registry()
        else:
            pk = in_registry()
            if pk is not None:
                after[pk] = after.pop(NEW)
            self.members = after

    def joined(self, new: Held) -> int:
        told = NewMembership(person=new.person, association=new.association, since=new.since, until=new.until)
        return join([told], **self.told)[0].pk

    def left(self, row: int, day: dt.date) -> None:
        leave([Ending(row=row, until=day)], **self.told)

    def ended(self, row: int, day: dt.date) -> Held:
        old = self.members[row]
        if old.until is not None:
            raise NotAllowed
        return replace(old, until=day)

    def gone_over(self, row: int, day: dt.date, into: int) -> Members:
        old = self.members[row]
        if into == old.association:
            raise NotAllowed
        return {row: self.ended(row, day), NEW: Held(old.person, into, day, None)}

    def turned(self, wishes: dict[int, str]) -> None:
        """Of those that are proposed; who is replaced gives her place to the other person."""
        after, decisions = dict(self.members), []
        shown = {each.row: each for each in proposed(2022, **self.told) if each.what is What.MEMBERSHIP}
        open_ones = {pk for pk, held in self.members.items() if held.since < TURN and held.until is None}
        assert set(shown) == open_ones
        for number, row in enumerate(sorted(shown)):
            old, wish = self.members[row], Choice(wishes.get(row, "carry"))
            other = next(person for person in self.people if person != old.person)
            becomes = {"person": other} if wish is Choice.REPLACE else {}
            decisions.append(
                Decision(what=What.MEMBERSHIP, row=row, choice=wish, seen=shown[row].seen, becomes=becomes)
            )
            if wish is not Choice.CARRY:
                after[row] = replace(old, until=TURN)
            if wish is Choice.REPLACE:
                after[NEW - number] = Held(other, old.association, TURN, None)
        try:
            self.members = allowed(after)
        except NotAllowed:
            with pytest.raises(Refused):
                turn(decisions, year=2022, **self.told)
            return
        for _ in range(2):
            turn(decisions, year=2022, **self.told)
        with self.city.seen():
            found = {_held(row): row.pk for row in Membership.objects.all()}
        self.members = {found[held]: held for held in self.members.values()}

    def days_of_registry(self) -> dict[dt.date, list[tuple[int, int]]]:
        with self.city.seen():
            rows = Membership.objects.all()
            return {
                day: sorted(rows.filter(since__lte=day).exclude(until__lte=day).values_list("person", "association"))
                for day in DAYS
            }

    def days_of_model(self) -> dict[dt.date, list[tuple[int, int]]]:
        return {
            day: sorted((each.person, each.association) for each in self.members.values() if each.on(day))
            for day in DAYS
        }


def _held(row: Membership) -> Held:
    assert row.since is not None
    return Held(row.person_id, row.association_id, row.since, row.until)


@given(steps=STEPS)
@settings(max_examples=25)
def test_any_sequence_of_joining_leaving_and_turns_of_the_year_says_of_every_day_what_the_plain_model_says(
    city: Town, steps: list[tuple[Any, ...]]
) -> None:
    world = World(city)
    for step in steps:
        world.step(step)
        assert world.days_of_registry() == world.days_of_model()
