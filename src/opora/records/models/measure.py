"""Measures of a programme and their carrying out."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opora.indicators.dataset.tables.records import EXECUTION, MEASURE
from opora.registry.about import about
from opora.registry.constraints import known_choices
from opora.registry.models import Row


class Measure(Row):
    dataset = MEASURE

    programme = models.TextField(null=True, **about(MEASURE, "programme"))
    code = models.TextField(null=True, **about(MEASURE, "code"))
    kind = models.TextField(null=True, **about(MEASURE, "kind"))
    title = models.TextField(**about(MEASURE, "title"))
    due = models.DateField(**about(MEASURE, "due"))

    class Meta(Row.Meta):
        db_table = "measure"
        verbose_name = MEASURE.words.one
        verbose_name_plural = MEASURE.title
        constraints: ClassVar[list[models.BaseConstraint]] = [*Row.Meta.constraints, *known_choices(MEASURE)]


class Execution(Row):
    dataset = EXECUTION
    one_at_a_time = ("measure",)

    measure = models.ForeignKey("records.Measure", models.PROTECT, **about(EXECUTION, "measure"))
    result = models.TextField(**about(EXECUTION, "result"))
    document = models.ForeignKey("records.Document", models.PROTECT, null=True, **about(EXECUTION, "document"))
    date = models.DateField(**about(EXECUTION, "date"))

    class Meta(Row.Meta):
        db_table = "execution"
        verbose_name = EXECUTION.words.one
        verbose_name_plural = EXECUTION.title
        constraints: ClassVar[list[models.BaseConstraint]] = [*Row.Meta.constraints, *known_choices(EXECUTION)]
