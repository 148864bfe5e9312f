"""A file as it came, and what a person has told of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from opora.intake.models.batch import IntakeBatch
from opora.registry.managers import ScopedManager


class IntakeFile(models.Model):
    municipality = models.ForeignKey(
        "people.Territory", models.PROTECT, verbose_name="Муниципалитет", related_name="+", db_constraint=False
    )
    batch = models.ForeignKey(IntakeBatch, models.CASCADE, verbose_name="Приём", related_name="files")
    number = models.PositiveIntegerField("Номер в приёме")
    """From 0: the place of its reading in the plan."""
    name = models.TextField("Имя файла")
    size = models.PositiveIntegerField("Размер, байт")
    content = models.BinaryField("Содержание", null=True)
    """Until the batch is settled one way or the other, and somewhat longer."""
    adapter = models.TextField("Вид источника", blank=True, default="")
    told = models.JSONField("Что о нём сказано", default=dict)
    """``FileTold``."""
    asked = models.JSONField("Что о нём надо сказать", null=True)
    """``Asked``; null where it was not looked into yet."""
    misread = models.JSONField("Что не прочитано", default=list)
    """``place``, ``message`` and ``mend`` of each."""

    objects = ScopedManager()

    class Meta:
        db_table = "intake_file"
        base_manager_name = "objects"
        verbose_name = "принятый файл"
        verbose_name_plural = "принятые файлы"
        ordering = ("batch", "number")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["batch", "number"], name="intake_file_number_in_batch")
        ]


class IntakeMapping(models.Model):
    """What the columns of sheets of one shape are, as somebody has corrected it: for the next file of that shape."""

    municipality = models.ForeignKey(
        "people.Territory", models.PROTECT, verbose_name="Муниципалитет", related_name="+", db_constraint=False
    )
    shape = models.TextField("Вид листа")
    """``sheets.proposing.mapping_key``."""
    mapping = models.JSONField("Что в каком столбце")
    """``SheetMapping``."""
    made_at = models.DateTimeField("Когда", db_default=Now())

    objects = ScopedManager()

    class Meta:
        db_table = "intake_mapping"
        base_manager_name = "objects"
        verbose_name = "разметка листа"
        verbose_name_plural = "разметки листов"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["municipality", "shape"], name="intake_mapping_of_a_shape")
        ]
