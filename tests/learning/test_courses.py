"""Plans, requests within quotas, and the courses that come of them."""

from __future__ import annotations

from typing import Any

import pytest

from opora.learning.domain.deficit import FoundDeficit, open_deficits
from opora.learning.domain.plan import (
    NewPlan,
    Quota,
    Request,
    Withdrawal,
    approve_plans,
    correct_requests,
    request_courses,
    withdraw_requests,
)
from opora.learning.domain.programme import NewProgramme, enter_programmes
from opora.learning.domain.training import (
    Course,
    Fulfilment,
    Group,
    Trained,
    correct_courses,
    fulfil_requests,
    record_courses,
    record_group,
)
from opora.learning.models import Training, TrainingRequest
from opora.people.models import Territory
from opora.registry.batch import Correction, archive
from opora.registry.verbs import Refused
from tests.people.town import ALICE, AUTUMN, NEW_YEAR, SPRING, Town, refusals, town


def programme(town: Town, title: str = "Цифровая среда", **told: Any) -> int:
    return enter_programmes([NewProgramme(title=title, kind="pk", **told)], **town.as_alice)[0].pk


def plan(town: Town, title: str = "План", **told: Any) -> int:
    return approve_plans([NewPlan(title=title, since=AUTUMN, **told)], **town.as_alice)[0].pk


def lacking(town: Town, person: int) -> int:
    told = FoundDeficit(person=town.people[person], area="digital", found_on=AUTUMN)
    return open_deficits([told], **town.as_alice)[0].pk


def requested(town: Town, *requests: Request, quotas: tuple[Quota, ...] = ()) -> list[int]:
    return [row.pk for row in request_courses(requests, quotas=quotas, **town.as_alice)]


def courses(town: Town) -> list[tuple[Any, ...]]:
    with town.seen():
        told = Training.objects.order_by("pk").values_list("person", "programme", "request", "deficit", "completed")
        return list(told)


def test_somebody_stands_once_in_a_plan_for_a_programme_unless_she_was_withdrawn(city: Town) -> None:
    of: dict[str, Any] = {"plan": plan(city), "programme": programme(city), "due": NEW_YEAR}
    (first,) = requested(city, Request(**of, person=city.people[0]))
    with pytest.raises(Refused) as refused:
        requested(
            city,
            Request(**of | {"due": SPRING}, person=city.people[0]),
            Request(**of, person=city.people[1]),
            Request(**of | {"due": SPRING}, person=city.people[1]),
        )
    twice = "Этот человек уже записан на эту программу в этом плане"
    assert refusals(refused) == [(0, "person", twice), (2, "person", twice)]
    withdraw_requests([Withdrawal(request=first, reason="болезнь")], **city.as_alice)
    (again,) = requested(city, Request(**of | {"due": SPRING}, person=city.people[0]))
    with city.seen():
        told = TrainingRequest.objects.order_by("pk").values_list("pk", "withdrawn", "reason")
        assert list(told) == [(first, True, "болезнь"), (again, False, None)]
    with pytest.raises(Refused) as refused:
        correct_requests(
            [Correction(row=first, seen={"withdrawn": True}, becomes={"withdrawn": False})], **city.as_alice
        )
    assert refusals(refused) == [(0, "person", twice)]


def test_beyond_a_quota_nobody_is_taken_in_and_who_is_withdrawn_frees_a_place(city: Town) -> None:
    of: dict[str, Any] = {"plan": plan(city), "programme": programme(city), "due": NEW_YEAR}
    two = (Quota(plan=of["plan"], programme=of["programme"], places=2),)
    (first,) = requested(city, Request(**of, person=city.people[0]), quotas=two)
    rest = [Request(**of, person=person) for person in city.people[1:]]
    with pytest.raises(Refused) as refused:
        requested(city, *rest, quotas=two)
    full = "Мест на эту программу — 2, занято до этих заявок — 1"
    assert refusals(refused) == [(1, "programme", full)]
    other = Request(**of | {"programme": programme(city, "Чтение")}, person=city.people[2])
    requested(city, rest[0], other, quotas=two)
    withdraw_requests([Withdrawal(request=first, reason="увольнение")], **city.as_alice)
    requested(city, rest[1], quotas=two)


def test_a_request_is_withdrawn_once_with_a_reason_and_not_after_it_was_fulfilled(city: Town) -> None:
    of: dict[str, Any] = {"plan": plan(city), "programme": programme(city), "due": NEW_YEAR}
    done, gone, empty = requested(city, *(Request(**of, person=person) for person in city.people))
    fulfil_requests([Fulfilment(request=done, completed=SPRING)], **city.as_alice)
    withdraw_requests([Withdrawal(request=gone, reason="болезнь")], **city.as_alice)
    with pytest.raises(Refused) as refused:
        withdraw_requests(
            [Withdrawal(request=each, reason=why) for each, why in ((done, "нет"), (gone, "нет"), (empty, " "))],
            **city.as_alice,
        )
    assert refusals(refused) == [
        (0, "request", "По этой заявке человек уже обучен"),
        (1, "request", "Заявка уже снята"),
        (2, "reason", "Не заполнено: «Причина снятия»"),
    ]


def test_a_course_of_a_request_takes_from_it_whom_it_was_for_what_and_why(city: Town) -> None:
    taught, lack = programme(city), lacking(city, 0)
    of: dict[str, Any] = {"plan": plan(city), "person": city.people[0], "due": NEW_YEAR}
    named, bare = requested(city, Request(**of, programme=taught, deficit=lack), Request(**of))
    with pytest.raises(Refused) as refused:
        fulfil_requests(
            [
                Fulfilment(request=bare, completed=SPRING),
                Fulfilment(request=10**12, completed=SPRING),
                Fulfilment(request=named, completed=SPRING, form="устная"),
            ],
            **city.as_alice,
        )
    assert refusals(refused) == [
        (0, "programme", "Не заполнено: «Программа»"),
        (1, "request", "Такой строки нет, или её ведёт другая территория"),
        (2, "form", "«Форма»: значения «устная» нет в списке"),
    ]
    fulfil_requests([Fulfilment(request=named, completed=SPRING, document_number="7")], **city.as_alice)
    assert courses(city) == [(city.people[0], taught, named, lack, SPRING)]
    with pytest.raises(Refused) as refused:
        fulfil_requests([Fulfilment(request=named, completed=NEW_YEAR)], **city.as_alice)
    assert refusals(refused) == [(0, "request", "По этой заявке обучение уже записано")]


def test_a_group_fulfils_the_open_requests_that_were_due_first(city: Town) -> None:
    taught, lack = programme(city), lacking(city, 0)
    of: dict[str, Any] = {"programme": taught, "person": city.people[0]}
    village = town("село")
    requested(village, Request(plan=plan(village), programme=programme(village), person=village.people[0], due=AUTUMN))
    later, first, gone = requested(
        city,
        Request(**of, plan=plan(city, "План 1"), due=SPRING),
        Request(**of, plan=plan(city, "План 2"), due=NEW_YEAR, deficit=lack),
        Request(**of, plan=plan(city, "План 3"), due=AUTUMN),
    )
    withdraw_requests([Withdrawal(request=gone, reason="болезнь")], **city.as_alice)
    people = tuple(Trained(person=person, document_number=f"{person}") for person in city.people[:2])
    record_group(Group(programme=taught, people=people, completed=NEW_YEAR), **city.as_alice)
    record_group(Group(programme=taught, people=people[:0], completed=NEW_YEAR), **city.as_alice)
    record_group(Group(programme=taught, people=(Trained(person=city.people[0]),), completed=SPRING), **city.as_alice)
    assert courses(city) == [
        (city.people[0], taught, first, lack, NEW_YEAR),
        (city.people[1], taught, None, None, NEW_YEAR),
        (city.people[0], taught, later, None, SPRING),
    ]
    with village.seen():
        assert not Training.objects.exists()


def test_all_faults_of_a_group_are_told_at_once_by_the_place_of_its_people(city: Town) -> None:
    taught = programme(city)
    record_courses([Course(person=city.people[2], programme=taught, document_number="9")], **city.as_alice)
    people = (
        Trained(person=10**12),
        Trained(person=city.people[0], document_number="7"),
        Trained(person=city.people[0]),
        Trained(person=city.people[1], document_number="9"),
    )
    with pytest.raises(Refused) as refused:
        record_group(Group(programme=taught, people=people, completed=SPRING), **city.as_alice)
    assert [(row, field) for row, field, _ in refusals(refused)] == [(0, "person"), (2, ""), (3, "document_number")]
    assert len(courses(city)) == 1


def test_deficit_and_request_are_of_the_one_who_is_trained(city: Town) -> None:
    taught, lack = programme(city), lacking(city, 1)
    (request,) = requested(city, Request(plan=plan(city), programme=taught, person=city.people[1], due=SPRING))
    with pytest.raises(Refused) as refused:
        record_courses(
            [Course(person=city.people[0], programme=taught, request=request, deficit=lack, completed=SPRING)],
            **city.as_alice,
        )
    assert refusals(refused) == [
        (0, "deficit", "«Дефицит» — другого человека"),
        (0, "request", "«Строка плана» — другого человека"),
    ]
    (made,) = record_courses([Course(person=city.people[0], programme=taught, completed=SPRING)], **city.as_alice)
    with pytest.raises(Refused) as refused:
        correct_courses(
            [Correction(row=made.pk, seen={"request": None}, becomes={"request": request})], **city.as_alice
        )
    assert refusals(refused) == [(0, "request", "«Строка плана» — другого человека")]


def test_a_request_whose_course_went_to_the_archive_is_open_again(city: Town) -> None:
    (request,) = requested(city, Request(plan=plan(city), programme=programme(city), person=city.people[0], due=SPRING))
    (made,) = fulfil_requests([Fulfilment(request=request, completed=NEW_YEAR)], **city.as_alice)
    archive(Training, [made.pk], **city.as_alice)
    fulfil_requests([Fulfilment(request=request, completed=SPRING)], **city.as_alice)


def test_a_plan_asks_for_courses_while_it_holds(city: Town) -> None:
    over = plan(city, until=NEW_YEAR)
    with pytest.raises(Refused) as refused:
        requested(city, Request(plan=over, person=city.people[0], due=NEW_YEAR))
    assert refusals(refused) == [(0, "plan", "«План» — только по 31.12.2021: План, с 01.09.2021 по 31.12.2021")]


def test_a_town_takes_courses_of_its_regions_programmes_and_not_of_another_towns(city: Town) -> None:
    region = Territory.objects.create(key="регион", title="Регион", kind="region")
    Territory.objects.filter(pk=city.municipality).update(parent=region)
    (taught,) = enter_programmes([NewProgramme(title="Чтение", kind="pk")], municipality=region.pk, by=ALICE)
    record_courses([Course(person=city.people[0], programme=taught.pk, completed=SPRING)], **city.as_alice)
    village = town("село")
    with pytest.raises(Refused) as refused:
        record_courses(
            [Course(person=village.people[0], programme=programme(city), completed=SPRING)], **village.as_alice
        )
    assert refusals(refused) == [(0, "programme", "«Программа»: в таблице «Программы ДПО» такой строки нет")]


def test_a_programme_that_is_in_no_register_has_no_dates_there(city: Town) -> None:
    with pytest.raises(Refused) as refused:
        programme(city, register="none", register_since=AUTUMN)
    assert refusals(refused) == [(0, "register", "Программа не входит в реестр, а срок в реестре указан")]
    programme(city, register="federal", register_since=AUTUMN)
