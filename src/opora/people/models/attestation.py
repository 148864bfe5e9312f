"""Qualification categories and соответствие."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opora.indicators.dataset.tables.people import ATTESTATION
from opora.registry.about import about
from opora.registry.constraints import known_choices
from opora.registry.models import State


class Attestation(State):
    dataset = ATTESTATION

    person = models.ForeignKey("people.Person", models.PROTECT, **about(ATTESTATION, "person"))
    post = models.TextField(null=True, **about(ATTESTATION, "post"))
    category = models.TextField(**about(ATTESTATION, "category"))

    class Meta(State.Meta):
        db_table = "attestation"
        verbose_name = ATTESTATION.words.one
        verbose_name_plural = ATTESTATION.title
        constraints: ClassVar[list[models.BaseConstraint]] = [*State.Meta.constraints, *known_choices(ATTESTATION)]
