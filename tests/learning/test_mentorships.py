"""Mentors and mentees: what each verb promises, and what holds on every day whatever the order of the verbs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opora.learning.domain.mentorship import (
    Conclusion,
    Pair,
    PairEnding,
    begin_mentorships,
    conclude_adaptation,
    correct_mentorships,
    end_mentorships,
)
from opora.learning.models import Mentorship
from opora.people.domain.employment import Job, employ
from opora.people.models import Person
from opora.records.domain.document import NewDocument, enact
from opora.registry.batch import Correction
from opora.registry.verbs import Refused
from tests.people.town import AUTUMN, NEW_YEAR, SPRING, Town, refusals, town


def pair(town: Town, mentor: int = 0, mentee: int = 1, **told: Any) -> Pair:
    usual: dict[str, Any] = {"mentor": town.people[mentor], "mentee": town.people[mentee], "since": AUTUMN}
    return Pair(**usual | told)


def works(town: Town, person: int, organisation: int) -> None:
    told: dict[str, Any] = {"staff_group": "educator", "post": "teacher", "kind": "main", "since": AUTUMN}
    employ([Job(person=town.people[person], organisation=organisation, **told)], **town.as_alice)


def document(town: Town, kind: str) -> int:
    return enact([NewDocument(kind=kind, title="О наставниках", since=AUTUMN)], **town.as_alice)[0].pk


def test_a_person_is_not_her_own_mentor_and_an_order_is_an_order(city: Town) -> None:
    order, letter, programme = (document(city, kind) for kind in ("order", "letter", "programme"))
    with pytest.raises(Refused) as refused:
        begin_mentorships(
            [
                pair(city, 0, 0),
                pair(city, 0, 1, order=letter, programme=order),
                pair(city, 0, 2, consent=False),
            ],
            **city.as_alice,
        )
    assert refusals(refused) == [
        (0, "mentee", "Наставник и наставляемый — один и тот же человек"),
        (1, "order", "«Приказ»: выбрано другое — письмо"),
        (2, "consent", "Согласия нет: без него наставничество не поручают"),
    ]
    begin_mentorships([pair(city, order=order, programme=programme, consent=True)], **city.as_alice)


def test_whether_a_pair_is_of_two_organisations_follows_from_their_jobs_and_is_not_known_without(city: Town) -> None:
    works(city, 0, city.school)
    works(city, 1, city.gymnasium)
    with pytest.raises(Refused) as refused:
        begin_mentorships([pair(city, network=False)], **city.as_alice)
    assert refusals(refused) == [
        (0, "network", "На 01.09.2021 наставник и наставляемый работают в разных организациях")
    ]
    begin_mentorships([pair(city), pair(city, 0, 2), pair(city, 1, 0, since=dt.date(2021, 8, 31))], **city.as_alice)
    with city.seen():
        assert list(Mentorship.objects.order_by("pk").values_list("network", flat=True)) == [True, None, None]


def test_a_pair_ends_with_its_result_and_may_begin_again(city: Town) -> None:
    (made,) = begin_mentorships([pair(city)], **city.as_alice)
    with pytest.raises(Refused) as refused:
        begin_mentorships([pair(city, since=SPRING)], **city.as_alice)
    assert refusals(refused) == [(0, "", "На это время такая запись уже есть: с 01.09.2021")]
    end_mentorships([PairEnding(row=made.pk, until=NEW_YEAR, result="partly")], **city.as_alice)
    begin_mentorships([pair(city, since=SPRING)], **city.as_alice)
    with city.seen():
        assert list(Mentorship.objects.order_by("pk").values_list("since", "until", "result")) == [
            (AUTUMN, NEW_YEAR, "partly"),
            (SPRING, None, None),
        ]


def test_what_was_so_before_is_not_held_against_a_correction(city: Town) -> None:
    """Loaded facts may be of pairs without consent."""
    with city.seen():
        loaded = Mentorship.objects.create(
            municipality_id=city.municipality,
            mentor_id=city.people[0],
            mentee_id=city.people[1],
            consent=False,
            since=AUTUMN,
        )
    told = Correction(row=loaded.pk, seen={"form": None}, becomes={"form": "pair"})
    correct_mentorships([told], **city.as_alice)
    with pytest.raises(Refused) as refused:
        correct_mentorships(
            [Correction(row=loaded.pk, seen={"mentor": city.people[0]}, becomes={"mentor": city.people[1]})],
            **city.as_alice,
        )
    assert refusals(refused) == [(0, "mentee", "Наставник и наставляемый — один и тот же человек")]


def test_one_conclusion_on_adaptation_is_made_on_a_day(city: Town) -> None:
    told: dict[str, Any] = {"person": city.people[0], "organisation": city.school, "date": SPRING}
    conclude_adaptation([Conclusion(**told, result="partly")], **city.as_alice)
    with pytest.raises(Refused) as refused:
        conclude_adaptation([Conclusion(**told, result="adapted")], **city.as_alice)
    assert [message for _, _, message in refusals(refused)] == [
        "На это время такая запись уже есть: адаптация неполная, 01.03.2022"
    ]


def test_another_town_neither_pairs_our_people_nor_parts_them(city: Town) -> None:
    (made,) = begin_mentorships([pair(city)], **city.as_alice)
    village = town("село")
    with pytest.raises(Refused) as refused:
        begin_mentorships([Pair(mentor=city.people[0], mentee=village.people[0])], **village.as_alice)
    assert refusals(refused) == [(0, "mentor", "«Наставник»: в таблице «Люди» такой строки нет")]
    with pytest.raises(Refused) as refused:
        end_mentorships([PairEnding(row=made.pk, until=SPRING)], **village.as_alice)
    assert refusals(refused) == [(0, "row", "Такой строки нет, или её ведёт другая территория")]


@dataclass(frozen=True)
class Held:
    mentor: int
    mentee: int
    since: dt.date
    until: dt.date | None = None

    def on(self, day: dt.date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


DAYS = [AUTUMN + dt.timedelta(number) for number in range(8)]
DAY = st.sampled_from(DAYS)
WHO = st.integers(0, 2)
BEGIN = st.tuples(st.just("begin"), WHO, WHO, DAY)
END = st.tuples(st.just("end"), st.integers(0, 9), DAY)


@pytest.fixture(scope="module")
def neighbourhood(installation: Any) -> Town:
    from tests.registry.database import forget_everything

    forget_everything(installation)
    village = town("село")
    begin_mentorships([pair(village)], **village.as_alice)
    return town(people=0)


@given(steps=st.lists(BEGIN | END, min_size=4, max_size=10))
@settings(max_examples=25)
def test_any_sequence_of_pairs_is_on_every_day_as_the_plain_model_has_it(
    neighbourhood: Town, steps: list[tuple[Any, ...]]
) -> None:
    with neighbourhood.seen():
        Mentorship.objects.all().delete()
        people = Person.objects.bulk_create(
            Person(municipality_id=neighbourhood.municipality, last_name=f"Иванова-{number}") for number in range(3)
        )
    held: dict[int, Held] = {}
    for step in steps:
        known = sorted(held)
        if step[0] == "begin":
            new = Held(people[step[1]].pk, people[step[2]].pk, step[3])
            told = Pair(mentor=new.mentor, mentee=new.mentee, since=new.since)
            taken = [each for each in held.values() if (each.mentor, each.mentee) == (new.mentor, new.mentee)]
            if new.mentor == new.mentee or any(each.until is None or each.until > new.since for each in taken):
                with pytest.raises(Refused):
                    begin_mentorships([told], **neighbourhood.as_alice)
            else:
                held[begin_mentorships([told], **neighbourhood.as_alice)[0].pk] = new
        elif known:
            row, day = known[step[1] % len(known)], step[2]
            ending = PairEnding(row=row, until=day)
            if held[row].until is not None or day < held[row].since:
                with pytest.raises(Refused):
                    end_mentorships([ending], **neighbourhood.as_alice)
            else:
                end_mentorships([ending], **neighbourhood.as_alice)
                held[row] = replace(held[row], until=day)
        with neighbourhood.seen():
            for day in DAYS:
                pairs = Mentorship.objects.filter(since__lte=day).exclude(until__lte=day).values_list("pk", flat=True)
                assert set(pairs) == {pk for pk, state in held.items() if state.on(day)}
