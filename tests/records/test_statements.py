"""A batch of fifty costs as many SQL statements as a batch of one, whatever the verb of records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from opora.records.domain.collection import (
    NewCollection,
    Survey,
    announce_collections,
    answer_cards,
    correct_answers,
    correct_collections,
    correct_surveys,
    record_surveys,
)
from opora.records.domain.coverage import Completeness, correct_coverage, declare_coverage
from opora.records.domain.document import NewDocument, correct_documents, enact, end_documents
from opora.records.domain.letter import (
    NewCircular,
    NewRecommendation,
    acknowledge,
    correct_acknowledgements,
    correct_circulars,
    correct_recommendations,
    recommend,
    send_circulars,
)
from opora.records.domain.measure import correct_executions, correct_measures, mark_executed, plan_measures
from opora.records.domain.visit import (
    correct_assessments,
    correct_visits,
    record_assessments,
    record_visits,
)
from opora.registry.batch import Correction, Ending
from tests.people.town import AUTUMN, NEW_YEAR, SPRING, counted
from tests.records.place import Place, ids

MANY = 50
Batch = Sequence[Any]


def corrections(rows: Sequence[int], field: str, seen: Any, becomes: Any) -> list[Correction]:
    return [Correction(row=pk, seen={field: seen}, becomes={field: becomes}) for pk in rows]


def replacing(p: Place) -> list[NewDocument]:
    both = zip(p.enacted(), p.documents(SPRING), strict=True)
    return [replace(new, replaces=old) for old, new in both]


def collections(p: Place) -> list[NewCollection]:
    return [NewCollection(title=f"Мониторинг {n}", date=SPRING) for n in range(p.size)]


def surveys(p: Place) -> list[Survey]:
    return [Survey(topic="Опрос", organisation=pk, respondents=9, positive=5, date=SPRING) for pk in p.schools]


def recommendations(p: Place) -> list[NewRecommendation]:
    both = zip(p.schools, p.enacted(), strict=True)
    return [NewRecommendation(organisation=school, document=order, date=SPRING) for school, order in both]


def circulars(p: Place) -> list[NewCircular]:
    return [NewCircular(title=f"Письмо {n}", date=AUTUMN, respond_by=SPRING) for n in range(p.size)]


def declared(p: Place) -> list[Completeness]:
    years = [dt.date(2000 + number, 1, 1) for number in range(p.size)]
    return [Completeness(table="training", status="complete", since=day, until=day) for day in years]


FAMILIES: dict[str, tuple[Callable[[Place], Batch], Callable[..., Any]]] = {
    "enact": (replacing, enact),
    "end documents": (lambda p: [Ending(row=pk, until=SPRING) for pk in p.enacted()], end_documents),
    "correct documents": (lambda p: corrections(p.enacted(), "number", "1", "2"), correct_documents),
    "announce collections": (collections, announce_collections),
    "correct collections": (
        lambda p: corrections(ids(announce_collections(collections(p), **p.told)), "topic", None, "Кадры"),
        correct_collections,
    ),
    "answer cards": (lambda p: p.answers(), answer_cards),
    "correct answers": (
        lambda p: corrections(ids(answer_cards(p.answers(), **p.told)), "value", 2.0, 3),
        correct_answers,
    ),
    "record surveys": (surveys, record_surveys),
    "correct surveys": (
        lambda p: corrections(ids(record_surveys(surveys(p), **p.told)), "positive", 5, 6),
        correct_surveys,
    ),
    "plan measures": (lambda p: p.measures(), plan_measures),
    "correct measures": (
        lambda p: corrections(ids(plan_measures(p.measures(), **p.told)), "due", SPRING, NEW_YEAR),
        correct_measures,
    ),
    "mark executed": (lambda p: p.marks(), mark_executed),
    "correct executions": (
        lambda p: corrections(ids(mark_executed(p.marks(), **p.told)), "result", "done", "partly"),
        correct_executions,
    ),
    "recommend": (recommendations, recommend),
    "correct recommendations": (
        lambda p: corrections(ids(recommend(recommendations(p), **p.told)), "text", None, "Учиться"),
        correct_recommendations,
    ),
    "send circulars": (circulars, send_circulars),
    "correct circulars": (
        lambda p: corrections(ids(send_circulars(circulars(p), **p.told)), "respond_by", SPRING, NEW_YEAR),
        correct_circulars,
    ),
    "acknowledge": (lambda p: p.readings(), acknowledge),
    "correct acknowledgements": (
        lambda p: corrections(ids(acknowledge(p.readings(), **p.told)), "date", SPRING, NEW_YEAR),
        correct_acknowledgements,
    ),
    "record visits": (lambda p: p.visits(), record_visits),
    "correct visits": (
        lambda p: corrections(ids(record_visits(p.visits(), **p.told)), "topic", None, "Аудит"),
        correct_visits,
    ),
    "record assessments": (lambda p: p.assessments(), record_assessments),
    "correct assessments": (
        lambda p: corrections(ids(record_assessments(p.assessments(), **p.told)), "below_threshold", 3, 4),
        correct_assessments,
    ),
    "declare coverage": (declared, declare_coverage),
    "correct coverage": (
        lambda p: corrections(ids(declare_coverage(declared(p), **p.told)), "status", "complete", "partial"),
        correct_coverage,
    ),
}


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
