"""Consents of persons: each one an object of its own, with its text, its day and the day it was withdrawn."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from opora.registry.constraints import ends_after
from opora.registry.managers import ScopedManager


class ConsentKind(models.TextChoices):
    PROCESSING = "processing", "на обработку"
    PUBLICATION = "publication", "на распространение"


class Consent(models.Model):
    """Given to the municipality, as the operator. Holds from ``given_on`` until ``withdrawn_on`` (half-open)."""

    municipality = models.ForeignKey(
        "people.Territory", models.PROTECT, verbose_name="Кому дано", related_name="+", db_constraint=False
    )
    person = models.ForeignKey("people.Person", models.PROTECT, verbose_name="Чьё", related_name="+")
    kind = models.TextField("На что", choices=ConsentKind)
    text_version = models.TextField("Редакция текста")
    given_on = models.DateField("Дано")
    withdrawn_on = models.DateField("Отозвано", null=True, blank=True)

    objects = ScopedManager()

    class Meta:
        db_table = "consent"
        base_manager_name = "objects"
        verbose_name = "согласие"
        verbose_name_plural = "согласия"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            ends_after("given_on", "withdrawn_on"),
            models.CheckConstraint(condition=Q(kind__in=ConsentKind.values), name="consent_kind_is_known"),
        ]

    @property
    def label(self) -> str:
        return ConsentKind(self.kind).label
