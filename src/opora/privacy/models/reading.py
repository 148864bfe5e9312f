"""The reading log: who looked at whose card. A function of the database writes it; nobody else can."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from opora.registry.managers import ScopedManager


class CardReading(models.Model):
    """One reading of one card. Seen wherever the person is seen. The column ``moment`` is the sealer's alone."""

    at = models.DateTimeField("Когда", db_default=Now())
    person_id = models.BigIntegerField("Человек")
    """No reference: a card that is merged, or destroyed, was read all the same."""
    municipality = models.ForeignKey(
        "people.Territory",
        models.DO_NOTHING,
        verbose_name="Кто ведёт карточку",
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    actor = models.JSONField("Кто")
    what = models.TextField("Что прочитано", null=True)
    """Erased when the person is destroyed."""

    objects = ScopedManager()

    class Meta:
        db_table = "card_reading"
        base_manager_name = "objects"
        verbose_name = "чтение карточки"
        verbose_name_plural = "чтения карточек"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person_id", "at"], name="card_reading_of_a_person")
        ]
