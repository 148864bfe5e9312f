"""Files that came together, what becomes of them, and who decided so."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from opora.registry.managers import ScopedManager


class State(models.TextChoices):
    READING = "reading", "читается"
    ASKING = "asking", "нужны ответы о файлах"
    PLANNED = "planned", "готов к просмотру"
    COMMITTED = "committed", "внесён"
    UNDONE = "undone", "отменён"
    FAILED = "failed", "не прочитан"


class Busy(models.TextChoices):
    """What is done with it aside, while its page can be left."""

    NO = "", "ничего"
    READING = "reading", "читаются файлы"
    PLANNING = "planning", "сверяется с реестром"
    COMMITTING = "committing", "вносится"
    UNDOING = "undoing", "отменяется"


class IntakeBatch(models.Model):
    municipality = models.ForeignKey(
        "people.Territory", models.PROTECT, verbose_name="Муниципалитет", related_name="+", db_constraint=False
    )
    title = models.TextField("Название")
    on = models.DateField("На какой день сведения")
    state = models.TextField("Состояние", choices=State, default=State.READING)
    busy = models.TextField("Что делается", choices=Busy, default=Busy.NO, blank=True)
    busy_for = models.JSONField("По чьей просьбе", null=True)
    """The actor in whose name it is done, as the trail will tell it."""
    done = models.PositiveIntegerField("Сделано шагов", default=0)
    total = models.PositiveIntegerField("Всего шагов", default=0)
    failure = models.TextField("Почему не вышло", blank=True, default="")
    """Of the last thing that was done; in Russian."""
    refused = models.JSONField("Что помешало", default=list)
    """Of the last commit or undo: ``where``, ``message``, ``mend`` and ``line``, the number of the line or null."""
    counts = models.JSONField("Строк по исходам", default=dict)
    """By ``Fate``."""
    numbers = models.JSONField("Какие показатели изменятся", null=True)
    """Of each programme ``title`` and ``moved``: pairs ``was`` and ``becomes`` of ``IndicatorResult``. Null where they
    were not counted yet."""
    source = models.ForeignKey(
        "registry.Source", models.PROTECT, verbose_name="Источник строк", null=True, related_name="+"
    )
    made_at = models.DateTimeField("Когда начат", db_default=Now())
    made_by = models.TextField("Кто начал")
    committed_at = models.DateTimeField("Когда внесён", null=True)
    committed_by = models.TextField("Кто внёс", blank=True, default="")
    undone_at = models.DateTimeField("Когда отменён", null=True)
    undone_by = models.TextField("Кто отменил", blank=True, default="")

    objects = ScopedManager()

    class Meta:
        db_table = "intake_batch"
        base_manager_name = "objects"
        verbose_name = "приём сведений"
        verbose_name_plural = "приёмы сведений"
        ordering = ("-pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="intake_batch_state_is_known"),
            models.CheckConstraint(condition=Q(busy__in=Busy.values), name="intake_batch_busy_is_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[State.COMMITTED, State.UNDONE])
                | Q(committed_at__isnull=False, source__isnull=False),
                name="intake_batch_committed_with_its_source",
            ),
        ]
