"""Cards are entered and corrected."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from opora.people.domain.employment import Job, employ
from opora.people.domain.person import NewPerson, correct_people, enter_people
from opora.people.models import Employment, Organisation, Person
from opora.registry.batch import Correction
from opora.registry.scope import scope
from opora.registry.verbs import Refused
from tests.people.town import ALICE, BOB, Town, refusals, town

BORN = dt.date(1980, 5, 1)


def card(**told: Any) -> NewPerson:
    return NewPerson(**{"last_name": "Алёхина", "first_name": "Анна", "patronymic": "Ивановна"} | told)


def test_a_card_is_entered_and_an_unknown_value_stays_unknown(city: Town) -> None:
    (made,) = enter_people([card(born=BORN, patronymic="  ")], **city.as_alice)
    with city.seen():
        kept = Person.objects.get(pk=made.pk)
    assert (kept.last_name, kept.patronymic, kept.born, kept.sex) == ("Алёхина", None, BORN, None)


def test_who_may_be_there_already_is_refused_until_it_is_said_that_she_is_another(city: Town) -> None:
    enter_people([card(born=BORN)], **city.as_alice)
    told = [(0, "last_name", "Такой человек уже есть: Алёхина Анна Ивановна")]
    for twin in (card(), card(last_name="алехина", born=BORN), card(first_name=None)):
        with pytest.raises(Refused) as refused:
            enter_people([twin], **city.as_alice)
        assert refusals(refused) == told
    enter_people([card(first_name="Ольга"), card(born=dt.date(1990, 1, 1)), card(namesake=True)], **city.as_alice)


def test_the_same_card_twice_is_refused_whatever_is_said(city: Town) -> None:
    with pytest.raises(Refused) as refused:
        enter_people([card(born=BORN), card(born=BORN, namesake=True)], **city.as_alice)
    assert refusals(refused) == [(1, "", "Такая запись уже есть: Алёхина Анна Ивановна")]


def test_nobody_is_entered_or_left_without_a_surname(city: Town) -> None:
    with pytest.raises(Refused) as refused:
        enter_people([card(last_name=" \u200b ")], **city.as_alice)
    assert refusals(refused) == [(0, "last_name", "Не заполнено: «Фамилия»")]
    seen = {"last_name": "Иванова-0"}
    with pytest.raises(Refused) as refused:
        correct_people([Correction(row=city.people[0], seen=seen, becomes={"last_name": ""})], **city.as_alice)
    assert refusals(refused) == [(0, "last_name", "Не заполнено: «Фамилия»")]


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("last_name", "Ива\0нова", "«Фамилия»: в тексте есть знак с кодом 0"),
        ("last_name", "Ива\ud800нова", "«Фамилия»: в тексте есть знак, который нельзя сохранить"),
        ("born", dt.date(2021, 5, 1), "«Дата рождения»: год в дате 01.05.2021 не между 1920 и 2012"),
        (
            "career_start",
            dt.date(201, 9, 1),
            "«Начало педагогической работы»: год в дате 01.09.201 не между 1900 и 2100",
        ),
        ("sex", "ж", "«Пол»: значения «ж» нет в списке"),
    ],
)
def test_what_a_column_does_not_allow_is_told(city: Town, field: str, value: Any, message: str) -> None:
    with pytest.raises(Refused) as refused:
        enter_people([card(**{field: value})], **city.as_alice)
    assert refusals(refused) == [(0, field, message)]


def test_a_value_of_another_type_is_an_error_of_the_caller(city: Town) -> None:
    for wrong in ({"born": "01.05.1980"}, {"sex": 1}, {"born": dt.datetime(1980, 5, 1)}):
        with pytest.raises(TypeError):
            enter_people([card(**wrong)], **city.as_alice)


def test_a_card_is_corrected_only_by_the_municipality_that_entered_it(city: Town) -> None:
    village = town("село")
    with scope([city.municipality, village.municipality], ALICE):
        school = Organisation.objects.get(pk=village.school)
        Employment.objects.create(
            municipality_id=village.municipality,
            person_id=city.people[0],
            organisation=school,
            staff_group="educator",
            post="teacher",
        )
    change = Correction(row=city.people[0], seen={"born": None}, becomes={"born": BORN})
    as_bob: dict[str, Any] = {"municipality": village.municipality, "by": BOB}
    with pytest.raises(Refused) as refused:
        correct_people([change], **as_bob)
    assert refusals(refused) == [(0, "row", "Такой строки нет, или её ведёт другая территория")]
    employ(
        [Job(person=city.people[0], organisation=village.school, staff_group="educator", post="methodist")], **as_bob
    )
    correct_people([change], **city.as_alice)
    with city.seen():
        assert Person.objects.get(pk=city.people[0]).born == BORN


def test_a_correction_names_its_fields_and_what_was_seen_in_them(city: Town) -> None:
    for wrong in (
        Correction(row=city.people[0], seen={}, becomes={"born": BORN}),
        Correction(row=city.people[0], seen={"key": "0"}, becomes={"key": "1"}),
    ):
        with pytest.raises((ValueError, KeyError)):
            correct_people([wrong], **city.as_alice)


def test_a_date_of_birth_must_leave_her_old_enough_for_her_jobs(city: Town) -> None:
    usual: dict[str, Any] = {"staff_group": "educator", "post": "teacher", "organisation": city.school}
    days = dt.date(2021, 9, 1), dt.date(2020, 9, 1)
    employ([Job(person=city.people[0], since=day, **usual) for day in days], **city.as_alice)

    def born(year: int) -> Correction:
        return Correction(row=city.people[0], seen={"born": None}, becomes={"born": dt.date(year, 9, 1)})

    with pytest.raises(Refused) as refused:
        correct_people([born(2007)], **city.as_alice)
    assert refusals(refused) == [(0, "born", "На день приёма 01.09.2020 не было бы 14 лет")]
    correct_people([born(2006)], **city.as_alice)
