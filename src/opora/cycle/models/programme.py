"""Programmes as texts: every version that was ever taken in, and which of them is in force since when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from opora.registry.managers import ScopedManager


class ProgrammeVersion(models.Model):
    """A text without faults. It is never changed: a correction is the next version."""

    municipality = models.ForeignKey("people.Territory", models.PROTECT, related_name="+", verbose_name="Муниципалитет")
    key = models.TextField("Код программы")
    number = models.PositiveIntegerField("Номер")
    """Counts the versions of a programme from 1."""
    title = models.TextField("Название")
    text = models.TextField("Текст")
    digest = models.TextField("Отпечаток текста")
    added_at = models.DateTimeField("Когда принята", db_default=Now())
    added_by = models.TextField("Кто принял")

    objects = ScopedManager()

    class Meta:
        db_table = "programme_version"
        base_manager_name = "objects"
        ordering = ("key", "number")
        verbose_name = "редакция программы"
        verbose_name_plural = "редакции программ"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["municipality", "key", "number"], name="programme_version_number"),
            models.UniqueConstraint(fields=["municipality", "key", "digest"], name="programme_version_text"),
        ]


class ProgrammeTerm(models.Model):
    """From ``since`` on this version is in force, until the next term of the same programme begins."""

    municipality = models.ForeignKey("people.Territory", models.PROTECT, related_name="+", verbose_name="Муниципалитет")
    key = models.TextField("Код программы")
    version = models.ForeignKey(ProgrammeVersion, models.PROTECT, related_name="terms", verbose_name="Редакция")
    since = models.DateField("Действует с")

    objects = ScopedManager()

    class Meta:
        db_table = "programme_term"
        base_manager_name = "objects"
        ordering = ("key", "since")
        verbose_name = "срок действия программы"
        verbose_name_plural = "сроки действия программ"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["municipality", "key", "since"], name="programme_term_since")
        ]
