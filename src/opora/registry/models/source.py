"""Where rows come from."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from opora.registry.managers import ScopedManager

_KINDS = (("dataset", "набор данных"), ("typed", "введено на страницах"), ("intake", "принято из файлов"))


class Source(models.Model):
    """One batch of rows: a dataset that was loaded, files that were taken in, or a sitting in which somebody
    typed them in."""

    municipality = models.ForeignKey("people.Territory", models.PROTECT, verbose_name="Муниципалитет", related_name="+")
    kind = models.TextField("Вид", choices=_KINDS)
    title = models.TextField("Название")
    dataset_hash = models.TextField("Хеш набора данных", null=True, blank=True)
    synthetic = models.BooleanField("Данные условные", default=False)
    """Made up: every number counted from them must say so."""
    made_at = models.DateTimeField("Когда", db_default=Now())

    objects = ScopedManager()

    class Meta:
        db_table = "source"
        base_manager_name = "objects"
        verbose_name = "источник"
        verbose_name_plural = "источники"
        indexes: ClassVar[list[models.Index]] = []
