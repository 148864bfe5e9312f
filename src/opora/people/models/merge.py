"""Cards that turned out to be one person's: what was moved, so that it can be moved back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from opora.registry.managers import ScopedManager


class PersonMerge(models.Model):
    """One card that became a part of another."""

    municipality = models.ForeignKey(
        "people.Territory", models.PROTECT, verbose_name="Муниципалитет", related_name="+", db_constraint=False
    )
    """Where it was done."""
    kept = models.ForeignKey("people.Person", models.PROTECT, verbose_name="Оставлена", related_name="+")
    duplicate = models.ForeignKey("people.Person", models.PROTECT, verbose_name="Присоединена", related_name="+")
    made_at = models.DateTimeField("Когда", db_default=Now())
    moved = models.PositiveIntegerField("Перенесено ссылок", default=0)
    undone_at = models.DateTimeField("Отменено", null=True)

    objects = ScopedManager()

    class Meta:
        db_table = "person_merge"
        base_manager_name = "objects"
        verbose_name = "объединение карточек"
        verbose_name_plural = "объединения карточек"


class PersonMergeMove(models.Model):
    """One reference that was moved from the duplicate to the kept card. It belongs to who keeps the row."""

    municipality = models.ForeignKey(
        "people.Territory", models.PROTECT, verbose_name="Муниципалитет", related_name="+", db_constraint=False
    )
    merge = models.ForeignKey(PersonMerge, models.PROTECT, verbose_name="Объединение", related_name="moves")
    table_name = models.TextField("Таблица")
    field = models.TextField("Поле")
    row_id = models.BigIntegerField("Строка")
    archived = models.BooleanField("Убрана в архив как повтор", default=False)
    given_back = models.BooleanField("Возвращена", default=False)

    objects = ScopedManager()

    class Meta:
        db_table = "person_merge_move"
        base_manager_name = "objects"
        verbose_name = "перенесённая ссылка"
        verbose_name_plural = "перенесённые ссылки"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["table_name", "row_id"], name="person_merge_move_of_a_row")
        ]
