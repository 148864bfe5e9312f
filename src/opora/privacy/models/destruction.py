"""What was destroyed, when, by whom and on what ground. Whose it was stands in the act on paper alone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from opora.registry.managers import ScopedManager


class Ground(models.TextChoices):
    RETENTION = "retention", "срок хранения истёк, цели обработки достигнуты"
    WITHDRAWAL = "withdrawal", "согласие отозвано, других оснований обработки нет"
    UNLAWFUL = "unlawful", "обработка неправомерна"


class Destruction(models.Model):
    municipality = models.ForeignKey(
        "people.Territory", models.PROTECT, related_name="+", verbose_name="Кто вёл карточку", db_constraint=False
    )
    person_id = models.BigIntegerField("Номер карточки")
    ground = models.TextField("Основание", choices=Ground)
    made_at = models.DateTimeField("Когда", db_default=Now())
    made_by = models.TextField("Кто")
    deleted = models.JSONField("Удалено строк", default=dict)
    """By the names of the tables."""
    cleared = models.JSONField("Обезличено строк", default=dict)
    erased = models.PositiveIntegerField("Стёрто в журналах", default=0)

    objects = ScopedManager()

    class Meta:
        db_table = "destruction"
        base_manager_name = "objects"
        verbose_name = "уничтожение персональных данных"
        verbose_name_plural = "уничтожения персональных данных"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(ground__in=Ground.values), name="destruction_ground_is_known")
        ]
