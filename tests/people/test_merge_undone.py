"""To merge and to take it apart again is to have done nothing, whatever the cards hold."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opora.indicators.dataset.check import check_dataset
from opora.learning.models import Mentorship
from opora.people.domain.merge import OnePerson, merge_people
from opora.people.domain.unmerge import unmerge_people
from opora.people.models import Attestation, Employment, Leave, Person, PersonMerge
from opora.registry.models import Row
from opora.registry.verbs import Refused
from tests.people.town import Town, town
from tests.registry.loading import taken, told

WHO = st.integers(0, 3)
DAY = st.sampled_from([dt.date(2021, month, 1) for month in (1, 4, 7, 10)])
FACTS = st.lists(
    st.tuples(st.just("job"), WHO, DAY, st.sampled_from(["main", "internal"]))
    | st.tuples(st.just("leave"), WHO, DAY)
    | st.tuples(st.just("category"), WHO, DAY)
    | st.tuples(st.just("mentor"), WHO, WHO),
    unique=True,
    max_size=10,
)
CARDS = st.permutations(range(4)).flatmap(lambda cards: st.integers(2, 4).map(lambda number: cards[:number]))


@pytest.fixture(scope="module")
def city(installation: Any) -> Town:
    from tests.registry.database import forget_everything

    forget_everything(installation)
    return town(people=4)


@given(facts=FACTS, cards=CARDS)
@settings(max_examples=settings().max_examples // 5)
def test_a_merge_that_is_taken_back_leaves_no_trace_and_a_merged_town_has_no_faults(
    city: Town, facts: list[tuple[Any, ...]], cards: list[int]
) -> None:
    enter(city, facts)
    before = told(taken())
    kept, *duplicates = (city.people[card] for card in cards)
    merges = merged_or_refused(city, OnePerson(keep=kept, duplicates=tuple(duplicates)))
    own_mentor = any(kind == "mentor" and {who, *more} <= set(cards) and who != more[0] for kind, who, *more in facts)
    assert bool(merges) is not own_mentor
    if merges:
        merged = taken()
        assert merged.rows("person") == 4 - len(duplicates)
        assert check_dataset(merged) == ()
        undone = unmerge_people([merge.pk for merge in merges], **city.as_alice)
        assert [each.changed for each in undone] == [()] * len(merges)
    assert told(taken()) == before


def merged_or_refused(city: Town, person: OnePerson) -> list[PersonMerge]:
    try:
        return merge_people([person], **city.as_alice)
    except Refused:
        return []


def enter(city: Town, facts: list[tuple[Any, ...]]) -> None:
    """In place of all that was there."""
    with city.seen():
        for model in (Employment, Leave, Attestation, Mentorship):
            model.objects.all().delete()
        for each in facts:
            row = fact(city, *each)
            if row is not None:
                row.save(force_insert=True)
        assert Person.objects.filter(archived_at=None).count() == 4


def fact(city: Town, kind: str, who: int, *more: Any) -> Row | None:
    mine = {"municipality_id": city.municipality, "key": f"{kind}-{who}-{more}"}
    person = city.people[who]
    if kind == "job":
        since, work = more
        mine |= {"person_id": person, "organisation_id": city.school, "staff_group": "educator", "post": "teacher"}
        return Employment(kind=work, since=since, until=since + dt.timedelta(60), **mine)
    if kind == "leave":
        return Leave(person_id=person, kind="long", since=more[0], **mine)
    if kind == "category":
        return Attestation(person_id=person, category="first", since=more[0], **mine)
    mentee = city.people[more[0]]
    return Mentorship(mentor_id=person, mentee_id=mentee, **mine) if mentee != person else None
