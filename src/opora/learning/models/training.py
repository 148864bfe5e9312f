"""Courses: programmes, plans, requests, and who completed what."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opora.indicators.dataset.tables.learning import TRAINING, TRAINING_PLAN, TRAINING_PROGRAMME, TRAINING_REQUEST
from opora.registry.about import about
from opora.registry.constraints import at_least_zero, ends_after, known_choices, unique_while_kept
from opora.registry.models import Row, State


class TrainingProgramme(Row):
    dataset = TRAINING_PROGRAMME

    title = models.TextField(**about(TRAINING_PROGRAMME, "title"))
    kind = models.TextField(**about(TRAINING_PROGRAMME, "kind"))
    hours = models.FloatField(null=True, **about(TRAINING_PROGRAMME, "hours"))
    topic = models.TextField(null=True, **about(TRAINING_PROGRAMME, "topic"))
    provider = models.TextField(null=True, **about(TRAINING_PROGRAMME, "provider"))
    provider_kind = models.TextField(null=True, **about(TRAINING_PROGRAMME, "provider_kind"))
    addressed = models.BooleanField(null=True, **about(TRAINING_PROGRAMME, "addressed"))
    register = models.TextField(null=True, **about(TRAINING_PROGRAMME, "register"))
    register_since = models.DateField(null=True, **about(TRAINING_PROGRAMME, "register_since"))
    register_until = models.DateField(null=True, **about(TRAINING_PROGRAMME, "register_until"))
    federal_project = models.TextField(null=True, **about(TRAINING_PROGRAMME, "federal_project"))
    federal_priority = models.BooleanField(null=True, **about(TRAINING_PROGRAMME, "federal_priority"))

    class Meta(Row.Meta):
        db_table = "training_programme"
        verbose_name = TRAINING_PROGRAMME.words.one
        verbose_name_plural = TRAINING_PROGRAMME.title
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Row.Meta.constraints,
            *known_choices(TRAINING_PROGRAMME),
            ends_after("register_since", "register_until"),
            at_least_zero("hours"),
        ]


class TrainingPlan(State):
    dataset = TRAINING_PLAN
    within = ("organisation",)

    organisation = models.ForeignKey(
        "people.Organisation", models.PROTECT, null=True, **about(TRAINING_PLAN, "organisation")
    )
    title = models.TextField(null=True, **about(TRAINING_PLAN, "title"))
    approved_on = models.DateField(null=True, **about(TRAINING_PLAN, "approved_on"))

    class Meta(State.Meta):
        db_table = "training_plan"
        verbose_name = TRAINING_PLAN.words.one
        verbose_name_plural = TRAINING_PLAN.title


class TrainingRequest(Row):
    dataset = TRAINING_REQUEST
    within = ("plan",)

    plan = models.ForeignKey("learning.TrainingPlan", models.PROTECT, **about(TRAINING_REQUEST, "plan"))
    person = models.ForeignKey("people.Person", models.PROTECT, **about(TRAINING_REQUEST, "person"))
    programme = models.ForeignKey(
        "learning.TrainingProgramme", models.PROTECT, null=True, **about(TRAINING_REQUEST, "programme")
    )
    deficit = models.ForeignKey("learning.Deficit", models.PROTECT, null=True, **about(TRAINING_REQUEST, "deficit"))
    due = models.DateField(**about(TRAINING_REQUEST, "due"))
    withdrawn = models.BooleanField(null=True, **about(TRAINING_REQUEST, "withdrawn"))
    reason = models.TextField(null=True, **about(TRAINING_REQUEST, "reason"))

    class Meta(Row.Meta):
        db_table = "training_request"
        verbose_name = TRAINING_REQUEST.words.one
        verbose_name_plural = TRAINING_REQUEST.title


class Training(Row):
    dataset = TRAINING
    one_at_a_time = ("person", "programme")

    person = models.ForeignKey("people.Person", models.PROTECT, **about(TRAINING, "person"))
    programme = models.ForeignKey("learning.TrainingProgramme", models.PROTECT, **about(TRAINING, "programme"))
    request = models.ForeignKey("learning.TrainingRequest", models.PROTECT, null=True, **about(TRAINING, "request"))
    deficit = models.ForeignKey("learning.Deficit", models.PROTECT, null=True, **about(TRAINING, "deficit"))
    started = models.DateField(null=True, **about(TRAINING, "started"))
    completed = models.DateField(null=True, **about(TRAINING, "completed"))
    passed = models.BooleanField(null=True, **about(TRAINING, "passed"))
    form = models.TextField(null=True, **about(TRAINING, "form"))
    document_number = models.TextField(null=True, **about(TRAINING, "document_number"))

    class Meta(Row.Meta):
        db_table = "training"
        verbose_name = TRAINING.words.one
        verbose_name_plural = TRAINING.title
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Row.Meta.constraints,
            *known_choices(TRAINING),
            ends_after("started", "completed"),
            unique_while_kept("document_number"),
        ]
