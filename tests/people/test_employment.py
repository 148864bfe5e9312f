"""People are employed, transferred and dismissed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from opora.people.domain.employment import (
    Job,
    employ,
)
from opora.people.models import Employment
from opora.registry.models import Source, Trail
from opora.registry.verbs import Refused
from tests.people.town import AUTUMN, Town, refusals


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
