"""The database keeps the lists of values of learning, community and records, whoever writes."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from opora.learning.models import Mentorship
from opora.registry.models import Row
from tests.people.town import AUTUMN, Town

MODELS: list[Any] = [
    model
    for app in ("learning", "community", "records")
    for model in apps.get_app_config(app).get_models()
    if issubclass(model, Row)
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: str(model._meta.db_table))
def test_every_choice_is_checked_by_the_database(model: type[Row]) -> None:
    declared = {column.name for column in model.dataset.columns if column.choices}
    names = {str(constraint.name) for constraint in model._meta.constraints}
    assert {name for name in names if name.endswith("_is_known")} == {
        f"{model._meta.model_name}_{column}_is_known" for column in declared
    }


def test_past_the_verbs_too_nobody_is_her_own_mentor(city: Town) -> None:
    with city.seen():
        Mentorship.objects.create(
            municipality_id=city.municipality, mentor_id=city.people[0], mentee_id=city.people[1], since=AUTUMN
        )
        with pytest.raises(IntegrityError, match="mentorship_of_two"), transaction.atomic():
            connection.cursor().execute("UPDATE mentorship SET mentee_id = mentor_id")
