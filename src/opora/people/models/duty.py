"""Who answers for what, and who acts as an expert."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opora.indicators.dataset.tables.people import EXPERT_ROLE, RESPONSIBILITY
from opora.registry.about import about
from opora.registry.constraints import known_choices
from opora.registry.models import State


class Responsibility(State):
    dataset = RESPONSIBILITY
    one_at_a_time = ("person", "organisation", "area")
    within = ("organisation",)

    person = models.ForeignKey("people.Person", models.PROTECT, **about(RESPONSIBILITY, "person"))
    organisation = models.ForeignKey(
        "people.Organisation", models.PROTECT, null=True, **about(RESPONSIBILITY, "organisation")
    )
    area = models.TextField(**about(RESPONSIBILITY, "area"))
    document = models.ForeignKey("records.Document", models.PROTECT, null=True, **about(RESPONSIBILITY, "document"))

    class Meta(State.Meta):
        db_table = "responsibility"
        verbose_name = RESPONSIBILITY.words.one
        verbose_name_plural = RESPONSIBILITY.title
        constraints: ClassVar[list[models.BaseConstraint]] = [*State.Meta.constraints, *known_choices(RESPONSIBILITY)]


class ExpertRole(State):
    dataset = EXPERT_ROLE
    one_at_a_time = ("person", "role", "area", "level")

    person = models.ForeignKey("people.Person", models.PROTECT, **about(EXPERT_ROLE, "person"))
    role = models.TextField(**about(EXPERT_ROLE, "role"))
    area = models.TextField(null=True, **about(EXPERT_ROLE, "area"))
    level = models.TextField(null=True, **about(EXPERT_ROLE, "level"))

    class Meta(State.Meta):
        db_table = "expert_role"
        verbose_name = EXPERT_ROLE.words.one
        verbose_name_plural = EXPERT_ROLE.title
        constraints: ClassVar[list[models.BaseConstraint]] = [*State.Meta.constraints, *known_choices(EXPERT_ROLE)]
