"""Who works where, and what is known of the work: leave, teaching, length of service."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opora.indicators.dataset.tables.people import EMPLOYMENT, EXPERIENCE, LEAVE, TEACHING
from opora.registry.about import about
from opora.registry.constraints import at_least_zero, known_choices, one_main_job_at_a_time
from opora.registry.models import Row, State


class Employment(State):
    dataset = EMPLOYMENT
    within = ("organisation",)

    person = models.ForeignKey("people.Person", models.PROTECT, **about(EMPLOYMENT, "person"))
    organisation = models.ForeignKey("people.Organisation", models.PROTECT, **about(EMPLOYMENT, "organisation"))
    staff_group = models.TextField(**about(EMPLOYMENT, "staff_group"))
    post = models.TextField(**about(EMPLOYMENT, "post"))
    position = models.TextField(null=True, **about(EMPLOYMENT, "position"))
    kind = models.TextField(null=True, **about(EMPLOYMENT, "kind"))
    rate = models.FloatField(null=True, **about(EMPLOYMENT, "rate"))

    class Meta(State.Meta):
        db_table = "employment"
        verbose_name = EMPLOYMENT.words.one
        verbose_name_plural = EMPLOYMENT.title
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *State.Meta.constraints,
            *known_choices(EMPLOYMENT),
            at_least_zero("rate"),
            one_main_job_at_a_time(),
        ]


class Leave(State):
    dataset = LEAVE
    one_at_a_time = ("person", "kind")

    person = models.ForeignKey("people.Person", models.PROTECT, **about(LEAVE, "person"))
    kind = models.TextField(null=True, **about(LEAVE, "kind"))

    class Meta(State.Meta):
        db_table = "leave"
        verbose_name = LEAVE.words.one
        verbose_name_plural = LEAVE.title
        constraints: ClassVar[list[models.BaseConstraint]] = [*State.Meta.constraints, *known_choices(LEAVE)]


class Teaching(State):
    dataset = TEACHING
    one_at_a_time = ("person", "organisation", "subject", "classes")
    within = ("organisation",)

    person = models.ForeignKey("people.Person", models.PROTECT, **about(TEACHING, "person"))
    organisation = models.ForeignKey("people.Organisation", models.PROTECT, **about(TEACHING, "organisation"))
    subject = models.TextField(**about(TEACHING, "subject"))
    classes = models.TextField(null=True, **about(TEACHING, "classes"))
    hours = models.FloatField(null=True, **about(TEACHING, "hours"))

    class Meta(State.Meta):
        db_table = "teaching"
        verbose_name = TEACHING.words.one
        verbose_name_plural = TEACHING.title
        constraints: ClassVar[list[models.BaseConstraint]] = [*State.Meta.constraints, at_least_zero("hours")]


class Experience(Row):
    dataset = EXPERIENCE
    one_at_a_time = ("person", "kind")

    person = models.ForeignKey("people.Person", models.PROTECT, **about(EXPERIENCE, "person"))
    kind = models.TextField(**about(EXPERIENCE, "kind"))
    years = models.PositiveBigIntegerField(null=True, **about(EXPERIENCE, "years"))
    date = models.DateField(**about(EXPERIENCE, "date"))

    class Meta(Row.Meta):
        db_table = "experience"
        verbose_name = EXPERIENCE.words.one
        verbose_name_plural = EXPERIENCE.title
        constraints: ClassVar[list[models.BaseConstraint]] = [*Row.Meta.constraints, *known_choices(EXPERIENCE)]
