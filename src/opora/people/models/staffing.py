"""Posts: planned, filled, vacant."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opora.indicators.dataset.tables.people import STAFFING, VACANCY
from opora.registry.about import about
from opora.registry.constraints import at_least_zero, known_choices
from opora.registry.models import State


class Staffing(State):
    dataset = STAFFING
    within = ("organisation",)

    organisation = models.ForeignKey("people.Organisation", models.PROTECT, **about(STAFFING, "organisation"))
    post = models.TextField(null=True, **about(STAFFING, "post"))
    subject = models.TextField(null=True, **about(STAFFING, "subject"))
    planned_rate = models.FloatField(null=True, **about(STAFFING, "planned_rate"))
    filled_rate = models.FloatField(null=True, **about(STAFFING, "filled_rate"))

    class Meta(State.Meta):
        db_table = "staffing"
        verbose_name = STAFFING.words.one
        verbose_name_plural = STAFFING.title
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *State.Meta.constraints,
            *known_choices(STAFFING),
            at_least_zero("planned_rate"),
            at_least_zero("filled_rate"),
        ]


class Vacancy(State):
    dataset = VACANCY
    within = ("organisation",)

    organisation = models.ForeignKey("people.Organisation", models.PROTECT, **about(VACANCY, "organisation"))
    post = models.TextField(**about(VACANCY, "post"))
    staff_group = models.TextField(null=True, **about(VACANCY, "staff_group"))
    subject = models.TextField(null=True, **about(VACANCY, "subject"))
    rate = models.FloatField(null=True, **about(VACANCY, "rate"))

    class Meta(State.Meta):
        db_table = "vacancy"
        verbose_name = VACANCY.words.one
        verbose_name_plural = VACANCY.title
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *State.Meta.constraints,
            *known_choices(VACANCY),
            at_least_zero("rate"),
        ]
