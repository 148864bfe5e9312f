"""The register of personal data and the models say the same, so that neither can drift."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from opora.access.roles import Role
from opora.access.seeing.sights import SIGHTS
from opora.people.models import Territory
from opora.privacy.concerns import FATES, about_people
from opora.privacy.described import page
from opora.privacy.register import Register, register
from opora.registry.batch.references import Reference
from opora.registry.models import Row

PAGE = Path(__file__).parents[2] / "docs" / "personal-data.md"
HARMLESS = (models.AutoField, models.BooleanField, models.DateTimeField, models.DateField)
"""Kinds of fields that tell nothing of a person by themselves; references are judged by where they lead."""
OF_THE_DATASET = {model._meta.db_table: model for model in apps.get_models() if issubclass(model, Row)}


def personal_of_the_dataset() -> set[str]:
    return {
        f"{table}.{model.named_otherwise.get(column.name, column.name)}"
        for table, model in OF_THE_DATASET.items()
        for column in model.dataset.columns
        if column.personal
    }


def to_be_judged() -> set[str]:
    """Fields outside the dataset that may tell something of a person."""
    return {
        f"{model._meta.db_table}.{field.name}"
        for model in apps.get_models()
        if model is not Territory and not issubclass(model, Row)
        for field in model._meta.local_fields
        if not isinstance(field, HARMLESS) and not _leads_to_no_person(field)
    }


def _leads_to_no_person(field: models.Field[object, object]) -> bool:
    return isinstance(field, models.ForeignKey) and field.related_model is Territory


def outside(found: Register) -> set[str]:
    return {name for name in found.fields if name.partition(".")[0] not in OF_THE_DATASET}


def test_every_personal_column_of_the_dataset_is_in_the_register_and_no_other() -> None:
    assert register().fields - outside(register()) == personal_of_the_dataset()


def test_every_field_outside_the_dataset_is_in_the_register_or_known_to_tell_nothing() -> None:
    forgotten = {name for name in to_be_judged() - register().fields if not register().is_impersonal(name)}
    assert forgotten == set()


def test_no_line_of_the_register_is_without_a_field() -> None:
    there = {
        f"{model._meta.db_table}.{field.name}" for model in apps.get_models() for field in model._meta.local_fields
    }
    assert outside(register()) - there == set()
    assert [one for one in register().impersonal if not any(fnmatchcase(name, one) for name in there)] == []
    assert {name for name in register().fields if register().is_impersonal(name)} == set()


def test_whoever_is_said_to_see_a_table_sees_it() -> None:
    said = {table: set(register().circles[entry.circle]) for table, entry in register().tables.items()}
    for table, model in OF_THE_DATASET.items():
        if table in said:
            assert said[table] == {str(role.label) for role in Role if SIGHTS[role].of(model)}, table


@pytest.mark.parametrize("reference", about_people(), ids=lambda each: f"{each.table}.{each.field}")
def test_of_every_field_that_names_a_person_it_is_known_why_and_what_becomes_of_it(reference: Reference) -> None:
    name = f"{reference.table}.{reference.field}"
    assert name in register().fields
    assert name in FATES


def test_nothing_is_ruled_that_is_not_there() -> None:
    assert FATES.keys() == {f"{each.table}.{each.field}" for each in about_people()}


def test_the_document_is_what_the_register_says() -> None:
    assert PAGE.read_text("utf-8") == page(), "python -m opora.privacy.describe > docs/personal-data.md"
