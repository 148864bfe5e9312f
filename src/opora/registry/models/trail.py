"""The trail: every change of every row. Triggers write it; nobody else can."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from opora.registry.managers import ScopedManager


class Trail(models.Model):
    """One change of one row. ``changes``: of an update the columns that changed, each with the value before and after;
    of a deletion the whole row. Of an insertion nothing: the row is there, and later changes tell what it was. They are
    erased when the person of whom they tell is destroyed; the row stays.

    The column ``moment`` (``protection.WITH_MOMENTS``) is the sealer's alone."""

    at = models.DateTimeField("Когда", db_default=Now())
    table_name = models.TextField("Таблица")
    row_id = models.BigIntegerField("Строка")
    municipality = models.ForeignKey(
        "people.Territory",
        models.DO_NOTHING,
        verbose_name="Муниципалитет",
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    action = models.TextField(
        "Что сделано", choices=(("insert", "добавлено"), ("update", "изменено"), ("delete", "удалено"))
    )
    actor = models.JSONField("Кто", null=True)
    """User and address as ``scope`` was told; empty if somebody worked past it."""
    database_role = models.TextField("Роль в базе данных")
    changes = models.JSONField("Изменения", null=True)

    objects = ScopedManager()

    class Meta:
        db_table = "trail"
        base_manager_name = "objects"
        verbose_name = "запись журнала"
        verbose_name_plural = "журнал изменений"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["table_name", "row_id"], name="trail_of_a_row")]
