"""The models and the dataset's declaration say the same, so that neither can drift."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.management import call_command
from django.db import models

from opora.indicators.dataset.check_rules import row_rules
from opora.indicators.dataset.schema import Column, Kind, Table
from opora.indicators.dataset.tables import STORED
from opora.people.models import Territory
from opora.registry.models import Row
from opora.registry.scope import NoScope

FIELD = {
    Kind.REF: models.ForeignKey,
    Kind.TEXT: models.TextField,
    Kind.CHOICE: models.TextField,
    Kind.INTEGER: models.PositiveBigIntegerField,
    Kind.NUMBER: models.FloatField,
    Kind.FLAG: models.BooleanField,
    Kind.DATE: models.DateField,
}
OUR_OWN = {"id", "key", "municipality", "source", "archived_at"}
"""Fields of every row that the dataset does not have, or has for some tables only."""

MODELS: dict[str, type[models.Model]] = {
    model._meta.db_table: model for model in apps.get_models() if model is Territory or issubclass(model, Row)
}


def columns() -> list[Any]:
    return [
        pytest.param(table, column, id=f"{table.name}.{column.name}")
        for table in STORED.values()
        for column in table.columns
        if column.kind is not Kind.KEY
    ]


def field_of(table: Table, column: Column) -> Any:
    model = MODELS[table.name]
    return model._meta.get_field(getattr(model, "named_otherwise", {}).get(column.name, column.name))


def test_every_table_of_the_dataset_has_its_model_and_no_model_is_without_a_table() -> None:
    assert set(MODELS) == set(STORED)
    assert {name: vars(model)["dataset"] for name, model in MODELS.items()} == STORED


@pytest.mark.parametrize("table", STORED.values(), ids=lambda table: table.name)
def test_a_model_has_no_field_that_the_dataset_lacks(table: Table) -> None:
    declared = {field_of(table, column).name for column in table.columns if column.kind is not Kind.KEY}
    assert {field.name for field in MODELS[table.name]._meta.fields} - OUR_OWN == declared - OUR_OWN


@pytest.mark.parametrize(("table", "column"), columns())
def test_a_field_says_what_its_column_says(table: Table, column: Column) -> None:
    field = field_of(table, column)
    assert str(type(field)) == str(FIELD[column.kind])
    assert field.null is not column.required
    assert field.blank is not column.required
    assert field.verbose_name == column.title
    assert tuple(field.choices or ()) == column.choices
    if column.kind is Kind.REF:
        assert field.related_model._meta.db_table == column.to


@pytest.mark.parametrize("table", STORED.values(), ids=lambda table: table.name)
def test_the_database_refuses_what_the_dataset_refuses(table: Table) -> None:
    names = {constraint.name for constraint in MODELS[table.name]._meta.constraints}
    model = MODELS[table.name]._meta.model_name
    for rule in row_rules(table):
        if rule.rule == "end_before_start":
            assert any(name.startswith(f"{model}_{rule.column}_after_") for name in names), rule
        column = table.column(rule.column)
        if rule.rule == "minimum" and column and column.kind is Kind.NUMBER:
            assert f"{model}_{rule.column}_at_least_zero" in names, rule
    for unique in table.unique:
        found = [c for c in MODELS[table.name]._meta.constraints if c.name == f"{model}_{unique[0]}_unique"]
        assert len(found) == 1
        assert isinstance(found[0], ExclusionConstraint)


def test_the_migrations_make_these_models() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("name", [name for name in MODELS if name != "territory"])
def test_a_query_without_a_scope_is_an_error(name: str) -> None:
    model: Any = MODELS[name]
    for manager in (model.objects, model._default_manager, model._base_manager):
        with pytest.raises(NoScope):
            manager.all()
