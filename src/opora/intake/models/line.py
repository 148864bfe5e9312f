"""One line of what was read, what is planned for it, and what was done."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opora.intake.models.batch import IntakeBatch
from opora.intake.models.file import IntakeFile
from opora.intake.plan import Fate
from opora.registry.managers import ScopedManager

_FATES = (
    (Fate.NEW.value, "новая"),
    (Fate.CHANGED.value, "изменится"),
    (Fate.UNCHANGED.value, "без изменений"),
    (Fate.UNSURE.value, "под вопросом"),
    (Fate.WAITING.value, "ждёт ответа"),
    (Fate.WRONG.value, "ошибка"),
    (Fate.LEFT_OUT.value, "не вносится"),
)


class IntakeLine(models.Model):
    FATES: ClassVar = _FATES

    municipality = models.ForeignKey(
        "people.Territory", models.PROTECT, verbose_name="Муниципалитет", related_name="+", db_constraint=False
    )
    batch = models.ForeignKey(IntakeBatch, models.CASCADE, verbose_name="Приём", related_name="lines")
    file = models.ForeignKey(IntakeFile, models.CASCADE, verbose_name="Файл", related_name="lines")
    number = models.PositiveIntegerField("Номер в приёме")
    """From 0, in the order of the plan."""
    table_name = models.TextField("Таблица")
    name = models.TextField("Имя строки в файле")
    """``reading.Line.name``: the same when the file is read again."""
    place = models.JSONField("Где стоит")
    """``reading.Place``."""
    cells = models.JSONField("Что сказано")
    """By the columns of the table (``domain.as_json``)."""
    doubt = models.TextField("Сомнение", blank=True, default="")
    year = models.SmallIntegerField("Год", null=True)
    answer = models.JSONField("Ответ", null=True)
    """``plan.Answer``."""
    fate = models.TextField("Исход", choices=_FATES, null=True)
    row = models.TextField("Код строки реестра", blank=True, default="")
    """Of a row that is not there yet, the one that the plan has made up (``plan.is_new``)."""
    changes = models.JSONField("Что изменится", default=list)
    """``column``, ``was``, ``becomes`` and ``doubt`` of each."""
    reason = models.TextField("Почему", blank=True, default="")
    choices = models.JSONField("Между чем выбрать", default=list)
    """Keys of rows."""
    person = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name="О ком", null=True, related_name="+", db_index=True
    )
    """Where she is known: the line goes with her."""
    row_id = models.BigIntegerField("Строка реестра", null=True)
    """Where it is there; of a new one, once it is written."""
    before = models.JSONField("Строка до", null=True)
    """As PostgreSQL tells a row; null where the row is new, or nothing was written."""
    after = models.JSONField("Строка после", null=True)

    objects = ScopedManager()

    class Meta:
        db_table = "intake_line"
        base_manager_name = "objects"
        verbose_name = "строка приёма"
        verbose_name_plural = "строки приёмов"
        ordering = ("batch", "number")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["batch", "number"], name="intake_line_number_in_batch"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["batch", "fate", "number"], name="intake_line_by_fate"),
            models.Index(fields=["table_name", "row_id"], name="intake_line_of_a_row"),
        ]
