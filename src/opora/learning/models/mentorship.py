"""Mentors and mentees; how newcomers settle in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opora.indicators.dataset.tables.learning import ADAPTATION, MENTORSHIP
from opora.registry.about import about
from opora.registry.constraints import known_choices
from opora.registry.models import Row, State


class Mentorship(State):
    dataset = MENTORSHIP
    one_at_a_time = ("mentee", "mentor")

    mentor = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="mentorship_as_mentor", **about(MENTORSHIP, "mentor")
    )
    mentee = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="mentorship_as_mentee", **about(MENTORSHIP, "mentee")
    )
    form = models.TextField(null=True, **about(MENTORSHIP, "form"))
    network = models.BooleanField(null=True, **about(MENTORSHIP, "network"))
    consent = models.BooleanField(null=True, **about(MENTORSHIP, "consent"))
    order = models.ForeignKey(
        "records.Document", models.PROTECT, null=True, related_name="mentorship_as_order", **about(MENTORSHIP, "order")
    )
    programme = models.ForeignKey(
        "records.Document",
        models.PROTECT,
        null=True,
        related_name="mentorship_as_programme",
        **about(MENTORSHIP, "programme"),
    )
    result = models.TextField(null=True, **about(MENTORSHIP, "result"))

    class Meta(State.Meta):
        db_table = "mentorship"
        verbose_name = MENTORSHIP.words.one
        verbose_name_plural = MENTORSHIP.title
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *State.Meta.constraints,
            *known_choices(MENTORSHIP),
            models.CheckConstraint(condition=~models.Q(mentor=models.F("mentee")), name="mentorship_of_two"),
        ]


class Adaptation(Row):
    dataset = ADAPTATION
    one_at_a_time = ("person", "organisation")

    person = models.ForeignKey("people.Person", models.PROTECT, **about(ADAPTATION, "person"))
    organisation = models.ForeignKey(
        "people.Organisation", models.PROTECT, null=True, **about(ADAPTATION, "organisation")
    )
    result = models.TextField(**about(ADAPTATION, "result"))
    date = models.DateField(**about(ADAPTATION, "date"))

    class Meta(Row.Meta):
        db_table = "adaptation"
        verbose_name = ADAPTATION.words.one
        verbose_name_plural = ADAPTATION.title
        constraints: ClassVar[list[models.BaseConstraint]] = [*Row.Meta.constraints, *known_choices(ADAPTATION)]
