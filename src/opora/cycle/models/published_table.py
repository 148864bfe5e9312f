"""Tables that anybody may read: what was published stays as it was."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from opora.registry.managers import ScopedManager


class PublishedTable(models.Model):
    """A programme of a territory on a day, as outsiders see it. The database refuses to change or to delete it; it may
    be withdrawn, and counts as told all the same."""

    municipality = models.ForeignKey("people.Territory", models.PROTECT, related_name="+", verbose_name="Муниципалитет")
    place = models.TextField("Как называется муниципалитет")
    programme = models.TextField("Код программы")
    title = models.TextField("Название программы")
    on = models.DateField("На дату")
    period = models.TextField("Период")
    synthetic = models.BooleanField("Данные условные", default=False)
    columns = models.JSONField("Показатели")
    """Of each: ``code``, ``title``, ``traits`` (``privacy.outsiders.kinship``), and ``told``: by place n and total."""
    places = models.JSONField("Строки")
    """Of each: ``place``, which names it in tables of other days too, and ``title``; the whole first."""
    published_at = models.DateTimeField("Когда опубликована", db_default=Now())
    published_by = models.TextField("Кто опубликовал")
    withdrawn_at = models.DateTimeField("Когда снята", null=True, blank=True)
    withdrawn_by = models.TextField("Кто снял", blank=True, default="")

    objects = ScopedManager()

    class Meta:
        db_table = "published_table"
        base_manager_name = "objects"
        ordering = ("-on", "-published_at")
        verbose_name = "таблица для всех"
        verbose_name_plural = "таблицы для всех"
