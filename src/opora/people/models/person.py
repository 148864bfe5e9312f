"""People. A person is one in the whole installation; her jobs belong to municipalities."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opora.indicators.dataset.tables.people import PERSON
from opora.registry.about import about
from opora.registry.constraints import known_choices
from opora.registry.models import Row


class Person(Row):
    dataset = PERSON

    last_name = models.TextField(null=True, **about(PERSON, "last_name"))
    first_name = models.TextField(null=True, **about(PERSON, "first_name"))
    patronymic = models.TextField(null=True, **about(PERSON, "patronymic"))
    born = models.DateField(null=True, **about(PERSON, "born"))
    sex = models.TextField(null=True, **about(PERSON, "sex"))
    career_start = models.DateField(null=True, **about(PERSON, "career_start"))

    class Meta(Row.Meta):
        db_table = "person"
        verbose_name = PERSON.words.one
        verbose_name_plural = PERSON.title
        constraints: ClassVar[list[models.BaseConstraint]] = [*Row.Meta.constraints, *known_choices(PERSON)]
