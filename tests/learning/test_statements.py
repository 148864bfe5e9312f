"""A batch of fifty costs as many SQL statements as a batch of one, whatever the verb of learning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from opora.learning.domain.deficit import Finding, close_deficits, correct_deficits, find_deficits, open_deficits
from opora.learning.domain.diagnostic import (
    NewInstrument,
    correct_instruments,
    correct_results,
    enter_instruments,
    record_results,
)
from opora.learning.domain.mentorship import (
    Conclusion,
    PairEnding,
    begin_mentorships,
    conclude_adaptation,
    correct_conclusions,
    correct_mentorships,
    end_mentorships,
)
from opora.learning.domain.plan import (
    NewPlan,
    Withdrawal,
    approve_plans,
    correct_plans,
    correct_requests,
    end_plans,
    request_courses,
    withdraw_requests,
)
from opora.learning.domain.programme import NewProgramme, correct_programmes, enter_programmes
from opora.learning.domain.route import (
    Completion,
    NewRoute,
    NewStep,
    Step,
    add_steps,
    close_routes,
    complete_steps,
    correct_routes,
    correct_steps,
    open_routes,
    withdraw_steps,
)
from opora.learning.domain.support import Help, correct_support, record_support
from opora.learning.domain.training import (
    Fulfilment,
    Group,
    Trained,
    correct_courses,
    fulfil_requests,
    record_courses,
    record_group,
)
from opora.learning.models import Route
from opora.registry.batch import Correction, Ending
from tests.learning.place import Place, ids
from tests.people.town import AUTUMN, NEW_YEAR, SPRING, counted

MANY = 50
Batch = Sequence[Any]


def endings(rows: Sequence[int]) -> list[Ending]:
    return [Ending(row=pk, until=SPRING) for pk in rows]


def corrections(rows: Sequence[int], field: str, seen: Any, becomes: Any) -> list[Correction]:
    return [Correction(row=pk, seen={field: seen}, becomes={field: becomes}) for pk in rows]


def plans(p: Place) -> list[int]:
    return ids(approve_plans([NewPlan(title=f"План {n}", since=AUTUMN) for n in range(p.size)], **p.told))


def supported(p: Place) -> list[Help]:
    both = zip(p.people, p.elders, p.walking(), strict=True)
    return [Help(person=who, by=by, route=route, kind="consultation", date=SPRING) for who, by, route in both]


def with_steps(p: Place) -> list[NewRoute]:
    both = zip(p.people, p.lacking(), strict=True)
    return [
        NewRoute(person=person, tutor=tutor, since=AUTUMN, steps=(Step(due=SPRING, deficit=lack), Step(due=NEW_YEAR)))
        for (person, lack), tutor in zip(both, p.elders, strict=True)
    ]


def group(batch: Sequence[Group], **told: Any) -> Any:
    return record_group(batch[0], **told)


def one_group(p: Place) -> list[Group]:
    programme = correct_requests(corrections(p.requested(), "due", NEW_YEAR, SPRING), **p.told)[0].programme_id
    assert programme is not None
    return [Group(programme=programme, completed=SPRING, people=tuple(Trained(person=who) for who in p.people))]


FAMILIES: dict[str, tuple[Callable[[Place], Batch], Callable[..., Any]]] = {
    "enter instruments": (
        lambda p: [NewInstrument(title=f"Тест {n}", thresholds="низкий < 5") for n in range(p.size)],
        enter_instruments,
    ),
    "correct instruments": (
        lambda p: [
            Correction(row=row.pk, seen={"thresholds": None}, becomes={"thresholds": "низкий < 5"})
            for row in enter_instruments([NewInstrument(title=f"Тест {n}") for n in range(p.size)], **p.told)
        ],
        correct_instruments,
    ),
    "record results": (lambda p: p.results(), record_results),
    "correct results": (lambda p: corrections(p.measured(), "score", 40.0, 45), correct_results),
    "open deficits": (lambda p: p.deficits(), open_deficits),
    "find deficits": (lambda p: [Finding(result=pk) for pk in p.measured()], find_deficits),
    "close deficits": (lambda p: endings(p.lacking()), close_deficits),
    "correct deficits": (lambda p: corrections(p.lacking(), "found_on", AUTUMN, SPRING), correct_deficits),
    "open routes": (with_steps, open_routes),
    "close routes": (lambda p: p.steps() and endings(routes_of(p)), close_routes),
    "correct routes": (lambda p: corrections(p.walking(), "approved_on", None, AUTUMN), correct_routes),
    "add steps": (lambda p: [NewStep(route=route, due=SPRING) for route in p.walking()], add_steps),
    "complete steps": (lambda p: [Completion(step=pk, done_on=SPRING) for pk in p.steps()], complete_steps),
    "withdraw steps": (lambda p: p.steps(), withdraw_steps),
    "correct steps": (lambda p: corrections(p.steps(), "due", SPRING, NEW_YEAR), correct_steps),
    "record support": (supported, record_support),
    "correct support": (
        lambda p: corrections(ids(record_support(supported(p), **p.told)), "topic", None, "Урок"),
        correct_support,
    ),
    "enter programmes": (
        lambda p: [NewProgramme(title=f"Курс {n}", kind="pk") for n in range(p.size)],
        enter_programmes,
    ),
    "correct programmes": (
        lambda p: corrections(
            ids(enter_programmes([NewProgramme(title=f"Курс {n}", kind="pk") for n in range(p.size)], **p.told)),
            "register",
            None,
            "federal",
        ),
        correct_programmes,
    ),
    "approve plans": (lambda p: [NewPlan(title=f"План {n}", since=AUTUMN) for n in range(p.size)], approve_plans),
    "end plans": (lambda p: endings(plans(p)), end_plans),
    "correct plans": (lambda p: corrections(plans(p), "approved_on", None, AUTUMN), correct_plans),
    "request courses": (lambda p: p.requests(), request_courses),
    "withdraw requests": (
        lambda p: [Withdrawal(request=pk, reason="болезнь") for pk in p.requested()],
        withdraw_requests,
    ),
    "correct requests": (lambda p: corrections(p.requested(), "due", NEW_YEAR, SPRING), correct_requests),
    "record courses": (lambda p: p.courses(), record_courses),
    "fulfil requests": (
        lambda p: [Fulfilment(request=pk, completed=SPRING) for pk in p.requested()],
        fulfil_requests,
    ),
    "record a group": (one_group, group),
    "correct courses": (
        lambda p: corrections(ids(record_courses(p.courses(), **p.told)), "form", None, "distance"),
        correct_courses,
    ),
    "begin mentorships": (lambda p: p.pairs(), begin_mentorships),
    "end mentorships": (
        lambda p: [PairEnding(row=pk, until=SPRING, result="achieved") for pk in p.paired()],
        end_mentorships,
    ),
    "correct mentorships": (lambda p: corrections(p.paired(), "consent", None, True), correct_mentorships),
    "conclude adaptation": (
        lambda p: [Conclusion(person=pk, result="adapted", date=SPRING) for pk in p.people],
        conclude_adaptation,
    ),
    "correct conclusions": (
        lambda p: corrections(
            ids(
                conclude_adaptation([Conclusion(person=pk, result="adapted", date=SPRING) for pk in p.people], **p.told)
            ),
            "result",
            "adapted",
            "partly",
        ),
        correct_conclusions,
    ),
}


def routes_of(p: Place) -> list[int]:
    with p.town.seen():
        return list(Route.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("family", FAMILIES)
def test_the_number_of_statements_does_not_depend_on_the_size_of_the_batch(empty_registry: None, family: str) -> None:
    prepared, verb = FAMILIES[family]
    numbers = []
    for size in (1, MANY):
        place = Place(size)
        batch = prepared(place)
        with counted() as number:
            made = verb(batch, **place.told)
        assert len(made) == size
        numbers += number
    assert numbers[0] == numbers[1]
