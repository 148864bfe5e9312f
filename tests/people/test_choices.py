"""The database keeps the lists of values, whoever writes."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from opora.people.models import Territory
from opora.registry.models import Row
from tests.people.town import Town

MODELS = [model for model in apps.get_app_config("people").get_models() if issubclass(model, Row) or model is Territory]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.db_table)
def test_every_choice_of_a_table_of_people_is_checked_by_the_database(model: type[Row]) -> None:
    declared = {column.name for column in model.dataset.columns if column.choices}
    names = {str(constraint.name) for constraint in model._meta.constraints}
    assert {name for name in names if name.endswith("_is_known")} == {
        f"{model._meta.model_name}_{column}_is_known" for column in declared
    }


def test_a_value_that_is_not_declared_is_refused_past_the_verbs_too(city: Town) -> None:
    with city.seen(), pytest.raises(IntegrityError, match="organisation_kind_is_known"), transaction.atomic():
        connection.cursor().execute("UPDATE organisation SET kind = 'академия'")
