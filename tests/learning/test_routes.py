"""Individual routes, their steps, and the help on the way."""

from __future__ import annotations

from typing import Any

import pytest

from opora.learning.domain.deficit import FoundDeficit, open_deficits
from opora.learning.domain.route import (
    Completion,
    NewRoute,
    NewStep,
    Step,
    add_steps,
    close_routes,
    complete_steps,
    correct_routes,
    open_routes,
    withdraw_steps,
)
from opora.learning.domain.support import Help, record_support
from opora.learning.models import Route, RouteStep
from opora.registry.batch import Correction, Ending
from opora.registry.verbs import Refused
from tests.people.town import AUTUMN, NEW_YEAR, SPRING, Town, refusals, town


def lacking(town: Town, person: int = 0) -> int:
    told = FoundDeficit(person=town.people[person], area="digital", found_on=AUTUMN)
    return open_deficits([told], **town.as_alice)[0].pk


def opened(town: Town, *steps: Step, **told: Any) -> Route:
    usual: dict[str, Any] = {"person": town.people[0], "basis": "deficits", "since": AUTUMN}
    return open_routes([NewRoute(**usual | told, steps=steps)], **town.as_alice)[0]


def steps_of(town: Town) -> list[tuple[Any, ...]]:
    with town.seen():
        living = RouteStep.objects.filter(archived_at=None).order_by("due")
        return list(living.values_list("title", "due", "done_on"))


def test_a_route_is_opened_with_its_steps_for_deficits(city: Town) -> None:
    lack = lacking(city)
    route = opened(city, Step(due=NEW_YEAR, deficit=lack, title="Курс"), Step(due=SPRING, title="Урок"))
    with city.seen():
        told = RouteStep.objects.order_by("due").values_list("route", "deficit", "title")
        assert list(told) == [(route.pk, lack, "Курс"), (route.pk, None, "Урок")]


def test_faults_of_steps_are_told_of_their_route_with_those_of_the_route(city: Town) -> None:
    others = lacking(city, 1)
    with pytest.raises(Refused) as refused:
        open_routes(
            [
                NewRoute(person=city.people[0], steps=(Step(due=SPRING, deficit=others), Step(due=SPRING))),
                NewRoute(person=city.people[1], tutor=city.people[1], steps=(Step(due=SPRING), Step(due=SPRING))),
            ],
            **city.as_alice,
        )
    assert refusals(refused) == [
        (0, "steps.0.deficit", "«Дефицит» — другого человека"),
        (1, "tutor", "Тьютор и тот, кого он ведёт, — один человек"),
        (1, "steps.1.deficit", "Названо дважды"),
    ]
    with pytest.raises(Refused) as refused:
        opened(city, Step(due=NEW_YEAR), Step(due=SPRING), until=SPRING)
    assert [(row, field) for row, field, _ in refusals(refused)] == [(0, "steps.1.route")]
    with city.seen():
        assert not Route.objects.exists()


def test_a_step_is_done_once_on_a_day_of_the_route(city: Town) -> None:
    route = opened(city, since=NEW_YEAR)
    first, second = add_steps(
        [NewStep(route=route.pk, due=SPRING, title=title) for title in ("Курс", "Урок")], **city.as_alice
    )
    with pytest.raises(Refused) as refused:
        complete_steps(
            [Completion(step=first.pk, done_on=AUTUMN), Completion(step=first.pk, done_on=SPRING)], **city.as_alice
        )
    assert refusals(refused) == [
        (0, "done_on", "ИОМ начат позже: 01.01.2022"),
        (1, "step", "Эта строка названа дважды"),
    ]
    complete_steps([Completion(step=first.pk, done_on=SPRING)], **city.as_alice)
    with pytest.raises(Refused) as refused:
        complete_steps([Completion(step=first.pk, done_on=SPRING)], **city.as_alice)
    assert refusals(refused) == [(0, "step", "Шаг уже выполнен 01.03.2022")]
    with pytest.raises(Refused) as refused:
        withdraw_steps([first.pk], **city.as_alice)
    assert refusals(refused) == [(0, "step", "Шаг уже выполнен 01.03.2022")]
    withdraw_steps([second.pk], **city.as_alice)
    assert steps_of(city) == [("Курс", SPRING, SPRING)]


def test_with_a_route_are_withdrawn_the_steps_that_were_due_later_and_what_was_due_before_remains(city: Town) -> None:
    other = opened(city, Step(due=SPRING, title="чужой"), person=city.people[1])
    route = opened(city, Step(due=AUTUMN, title="просрочен"), Step(due=SPRING, title="не успел"))
    (done,) = add_steps([NewStep(route=route.pk, due=SPRING, title="успел")], **city.as_alice)
    complete_steps([Completion(step=done.pk, done_on=NEW_YEAR)], **city.as_alice)
    close_routes([Ending(row=route.pk, until=NEW_YEAR)], **city.as_alice)
    assert sorted(steps_of(city)) == [
        ("просрочен", AUTUMN, None),
        ("успел", SPRING, NEW_YEAR),
        ("чужой", SPRING, None),
    ]
    with pytest.raises(Refused) as refused:
        add_steps([NewStep(route=route.pk, due=SPRING), NewStep(route=other.pk, due=SPRING)], **city.as_alice)
    assert refusals(refused) == [
        (0, "route", "«ИОМ» — только по 31.12.2021: выявленных дефицитов, с 01.09.2021 по 31.12.2021")
    ]


def test_on_one_basis_somebody_follows_one_route_at_a_time(city: Town) -> None:
    opened(city)
    opened(city, basis="request")
    with pytest.raises(Refused) as refused:
        opened(city, since=SPRING)
    assert refusals(refused) == [(0, "", "На это время такая запись уже есть: выявленных дефицитов, с 01.09.2021")]


def test_two_who_correct_a_route_lose_nothing(city: Town) -> None:
    route = opened(city)

    def tutored(tutor: int) -> None:
        told = Correction(row=route.pk, seen={"tutor": None}, becomes={"tutor": tutor})
        correct_routes([told], **city.as_alice)

    tutored(city.people[1])
    with pytest.raises(Refused) as refused:
        tutored(city.people[2])
    assert refusals(refused) == [(0, "tutor", "Пока вы правили, это изменил кто-то другой: «Тьютор» изменилось")]


def test_help_is_given_by_another_on_her_own_route_while_it_lasts(city: Town) -> None:
    route = opened(city, until=SPRING)
    usual: dict[str, Any] = {"person": city.people[0], "kind": "consultation", "date": NEW_YEAR, "route": route.pk}
    with pytest.raises(Refused) as refused:
        record_support(
            [
                Help(**usual, by=city.people[0]),
                Help(**usual | {"person": city.people[1]}),
                Help(**usual | {"date": SPRING}),
            ],
            **city.as_alice,
        )
    assert refusals(refused) == [
        (0, "by", "Человек не оказывает поддержки самому себе"),
        (1, "route", "«ИОМ» — другого человека"),
        (2, "route", "«ИОМ» — только по 28.02.2022: выявленных дефицитов, с 01.09.2021 по 28.02.2022"),
    ]
    record_support([Help(**usual, by=city.people[1])], **city.as_alice)


def test_another_town_walks_no_route_of_ours(city: Town) -> None:
    route = opened(city, Step(due=SPRING))
    village = town("село")
    with pytest.raises(Refused) as refused:
        close_routes([Ending(row=route.pk, until=NEW_YEAR)], **village.as_alice)
    assert refusals(refused) == [(0, "row", "Такой строки нет, или её ведёт другая территория")]
    with pytest.raises(Refused) as refused:
        add_steps([NewStep(route=route.pk, due=SPRING)], **village.as_alice)
    assert refusals(refused) == [(0, "route", "«ИОМ»: в таблице «ИОМ» такой строки нет")]
    assert len(steps_of(city)) == 1
