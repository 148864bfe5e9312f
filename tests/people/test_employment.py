"""People are employed, transferred and dismissed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from opora.people.domain.employment import (
    Job,
    NewTerms,
    Transfer,
    change_terms,
    correct_jobs,
    dismiss,
    employ,
    transfer,
)
from opora.people.models import Employment, Organisation, Person, Responsibility, Teaching, Team, TeamMember
from opora.registry.batch import Correction, Ending
from opora.registry.models import Source, Trail
from opora.registry.verbs import Refused
from tests.people.town import AUTUMN, BOB, NEW_YEAR, SPRING, Town, refusals, town


def job(town: Town, person: int = 0, **told: Any) -> Job:
    usual: dict[str, Any] = {
        "person": town.people[person],
        "organisation": town.school,
        "staff_group": "educator",
        "post": "teacher",
        "kind": "main",
        "rate": 1.0,
        "since": AUTUMN,
    }
    return Job(**usual | told)


def jobs(town: Town) -> list[tuple[Any, ...]]:
    """Of whom, where, from when until when, the rate."""
    with town.seen():
        order = "person", "since", "pk"
        return list(Employment.objects.order_by(*order).values_list("person", "organisation", "since", "until", "rate"))


def test_a_batch_of_jobs_is_entered_with_its_source_and_its_trail(city: Town) -> None:
    made = employ([job(city), job(city, 1, position="  учитель истории ", rate=0.5)], **city.as_alice)
    assert [row.position for row in made] == [None, "учитель истории"]
    assert jobs(city) == [
        (city.people[0], city.school, AUTUMN, None, 1.0),
        (city.people[1], city.school, AUTUMN, None, 0.5),
    ]
    with city.seen():
        assert list(Source.objects.values_list("kind", "title")) == [("typed", "приём на работу")]
        told = Trail.objects.filter(table_name="employment").values_list("row_id", "actor__user")
        assert sorted(told) == [(row.pk, "alice") for row in made]


def test_all_faults_of_a_batch_are_told_at_once_and_nothing_is_written(city: Town) -> None:
    with pytest.raises(Refused) as refused:
        employ(
            [
                job(city, post="дворник"),
                job(city, 1),
                job(city, 2, rate=-0.5, until=dt.date(2021, 8, 1)),
                job(city, organisation=10**12, staff_group=""),
            ],
            **city.as_alice,
        )
    assert refusals(refused) == [
        (0, "post", "«Должность»: значения «дворник» нет в списке"),
        (2, "rate", "«Ставка»: число -0,5 меньше 0"),
        (2, "until", "Конец (01.08.2021) раньше начала (01.09.2021)"),
        (3, "staff_group", "Не заполнено: «Категория работников»"),
        (3, "organisation", "«Организация»: в таблице «Организации» такой строки нет"),
    ]
    assert jobs(city) == []


def test_two_main_jobs_at_one_time_are_told_beforehand_also_within_the_batch(city: Town) -> None:
    employ([job(city)], **city.as_alice)
    with pytest.raises(Refused) as refused:
        employ(
            [
                job(city, organisation=city.gymnasium, since=SPRING),
                job(city, 1),
                job(city, 1, organisation=city.gymnasium, since=SPRING),
                job(city, organisation=city.gymnasium, kind="external", since=SPRING),
            ],
            **city.as_alice,
        )
    other = "У человека в это же время есть другая основная работа: педагогические работники, учитель, с 01.09.2021"
    assert refusals(refused) == [(0, "kind", other), (2, "kind", other)]


def test_a_dismissal_ends_the_job_and_what_was_done_there(city: Town) -> None:
    made = employ([job(city), job(city, organisation=city.gymnasium, kind="external")], **city.as_alice)
    with city.seen():
        person, municipality = city.people[0], city.municipality
        here = {"person_id": person, "municipality_id": municipality, "since": AUTUMN}
        for school in (city.school, city.gymnasium):
            Teaching.objects.create(organisation_id=school, subject="история", **here)
            Responsibility.objects.create(organisation_id=school, area="mentoring", **here)
            team = Team.objects.create(organisation_id=school, kind="project", municipality_id=municipality)
            TeamMember.objects.create(team=team, **here)
    dismiss([Ending(row=made[0].pk, until=NEW_YEAR)], **city.as_alice)
    with city.seen():
        for model, path in (
            (Teaching, "organisation"),
            (Responsibility, "organisation"),
            (TeamMember, "team__organisation"),
        ):
            ends = dict(model.objects.values_list(path, "until"))
            assert ends == {city.school: NEW_YEAR, city.gymnasium: None}, model


def test_while_another_job_is_left_there_teaching_goes_on(city: Town) -> None:
    made = employ([job(city), job(city, kind="internal", rate=0.5)], **city.as_alice)
    with city.seen():
        Teaching.objects.create(
            person_id=city.people[0], organisation_id=city.school, subject="история", municipality_id=city.municipality
        )
    dismiss([Ending(row=made[0].pk, until=NEW_YEAR)], **city.as_alice)
    with city.seen():
        assert Teaching.objects.get().until is None
    dismiss([Ending(row=made[1].pk, until=SPRING)], **city.as_alice)
    with city.seen():
        assert Teaching.objects.get().until == SPRING


def test_a_dismissal_before_the_first_day_or_of_a_job_that_somebody_has_ended_is_refused(city: Town) -> None:
    first, second = employ([job(city), job(city, 1)], **city.as_alice)
    dismiss([Ending(row=second.pk, until=SPRING)], **city.as_alice)
    with pytest.raises(Refused) as refused:
        dismiss(
            [Ending(row=first.pk, until=dt.date(2021, 1, 1)), Ending(row=second.pk, until=NEW_YEAR)], **city.as_alice
        )
    assert refusals(refused) == [
        (0, "until", "Конец (01.01.2021) раньше начала (01.09.2021)"),
        (
            1,
            "until",
            "Пока вы правили, это изменил кто-то другой: «По (не включая)» теперь «01.03.2022», а было «не заполнено»",
        ),
    ]
    dismiss([Ending(row=second.pk, until=NEW_YEAR, seen_until=SPRING)], **city.as_alice)
    assert [row[3] for row in jobs(city)] == [None, NEW_YEAR]


def test_a_transfer_ends_one_job_and_begins_the_next_on_the_same_day(city: Town) -> None:
    (old,) = employ([job(city, position="учитель истории")], **city.as_alice)
    (new,) = transfer(
        [Transfer(job=old.pk, on=NEW_YEAR, organisation=city.gymnasium, becomes={"rate": 0.5})], **city.as_alice
    )
    assert jobs(city) == [
        (city.people[0], city.school, AUTUMN, NEW_YEAR, 1.0),
        (city.people[0], city.gymnasium, NEW_YEAR, None, 0.5),
    ]
    assert (new.position, new.kind, new.post) == ("учитель истории", "main", "teacher")


def test_new_terms_begin_a_new_row_and_teaching_goes_on(city: Town) -> None:
    (old,) = employ([job(city, until=SPRING)], **city.as_alice)
    with city.seen():
        Teaching.objects.create(
            person_id=city.people[0], organisation_id=city.school, subject="история", municipality_id=city.municipality
        )
    change_terms([NewTerms(job=old.pk, on=NEW_YEAR, becomes={"rate": 0.5}, seen_until=SPRING)], **city.as_alice)
    assert [row[2:] for row in jobs(city)] == [(AUTUMN, NEW_YEAR, 1.0), (NEW_YEAR, SPRING, 0.5)]
    with city.seen():
        assert Teaching.objects.get().until == SPRING


def test_a_transfer_of_what_does_not_hold_on_the_day_is_refused_with_all_reasons(city: Town) -> None:
    first, second, third = employ([job(city), job(city, 1, until=NEW_YEAR), job(city, 2)], **city.as_alice)
    with pytest.raises(Refused) as refused:
        transfer(
            [
                Transfer(job=first.pk, on=AUTUMN, organisation=city.gymnasium),
                Transfer(job=second.pk, on=NEW_YEAR, organisation=city.gymnasium, seen_until=NEW_YEAR),
                Transfer(job=third.pk, on=NEW_YEAR, organisation=10**15),
                Transfer(job=10**15, on=NEW_YEAR, organisation=city.gymnasium),
                Transfer(job=second.pk, on=SPRING, organisation=city.gymnasium),
            ],
            **city.as_alice,
        )
    assert refusals(refused) == [
        (0, "on", "01.09.2021 — не позже дня приёма (01.09.2021)"),
        (1, "on", "К 01.01.2022 эта работа уже закончилась"),
        (2, "organisation", "«Организация»: в таблице «Организации» такой строки нет"),
        (3, "job", "Такой строки нет, или её ведёт другая территория"),
        (4, "job", "Эта строка названа дважды"),
    ]


def test_of_two_who_correct_one_row_the_second_is_told_what_has_changed(city: Town) -> None:
    (made,) = employ([job(city)], **city.as_alice)
    half = Correction(row=made.pk, seen={"rate": 1.0}, becomes={"rate": 0.5})
    correct_jobs([half], **city.as_alice)
    with pytest.raises(Refused) as refused:
        correct_jobs([Correction(row=made.pk, seen={"rate": 1.0}, becomes={"rate": 0.25})], **city.as_alice)
    told = "Пока вы правили, это изменил кто-то другой: «Ставка» теперь «0,5», а было «1»"
    assert refusals(refused) == [(0, "rate", told)]
    correct_jobs([Correction(row=made.pk, seen={"position": None}, becomes={"position": "завуч"})], **city.as_alice)
    with city.seen():
        row = Employment.objects.get()
        assert (row.rate, row.position, row.source and row.source.title) == (0.5, "завуч", "исправление места работы")


def test_a_correction_may_exchange_what_two_rows_have(city: Town) -> None:
    one, other = employ([job(city, until=NEW_YEAR), job(city, since=NEW_YEAR)], **city.as_alice)
    correct_jobs(
        [
            Correction(
                row=one.pk,
                seen={"since": AUTUMN, "until": NEW_YEAR},
                becomes={"since": NEW_YEAR, "until": None},
            ),
            Correction(
                row=other.pk, seen={"since": NEW_YEAR, "until": None}, becomes={"since": AUTUMN, "until": NEW_YEAR}
            ),
        ],
        **city.as_alice,
    )
    with city.seen():
        assert dict(Employment.objects.values_list("pk", "since")) == {one.pk: NEW_YEAR, other.pk: AUTUMN}


def test_a_job_in_a_closed_organisation_or_before_the_fourteenth_birthday_is_refused(city: Town) -> None:
    with city.seen():
        Organisation.objects.filter(pk=city.gymnasium).update(until=SPRING)
        Person.objects.filter(pk=city.people[1]).update(born=dt.date(2008, 2, 29))
    with pytest.raises(Refused) as refused:
        employ(
            [
                job(city, organisation=city.gymnasium),
                job(city, 1, since=dt.date(2022, 2, 27)),
                job(city, 2, organisation=city.gymnasium, until=SPRING),
            ],
            **city.as_alice,
        )
    assert (
        refusals(refused)
        == [
            (1, "since", "На день приёма 27.02.2022 нет 14 лет (дата рождения 29.02.2008)"),
            (
                0,
                "organisation",
                "«Организация» — только по 28.02.2022: Гимназия (город), общеобразовательная, по 28.02.2022",
            ),
        ][::-1]
    )
    employ([job(city, 1, since=dt.date(2022, 2, 28))], **city.as_alice)


def test_another_town_can_neither_employ_our_people_nor_touch_our_jobs(city: Town) -> None:
    (made,) = employ([job(city)], **city.as_alice)
    village = town("село")
    as_bob: dict[str, Any] = {"municipality": village.municipality, "by": BOB}
    with pytest.raises(Refused) as refused:
        employ([job(city, organisation=village.school)], **as_bob)
    assert refusals(refused) == [(0, "person", "«Человек»: в таблице «Люди» такой строки нет")]
    with pytest.raises(Refused) as refused:
        dismiss([Ending(row=made.pk, until=SPRING)], **as_bob)
    assert refusals(refused) == [(0, "row", "Такой строки нет, или её ведёт другая территория")]
