"""What a user has narrowed a list to, kept under a name of her own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


class Selection(models.Model):
    """Filters and order of a list as they stand in its address: whoever opens it sees what her own roles give."""

    user = models.ForeignKey("access.User", models.CASCADE, related_name="+", verbose_name="Чей")
    table_name = models.TextField("Список")
    title = models.TextField("Название")
    query = models.TextField("Отбор и порядок", blank=True)
    shared_in = models.ForeignKey(
        "people.Territory", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Кому виден"
    )
    """The municipality whose service sees it too; empty: she alone."""
    made_at = models.DateTimeField("Когда сохранён", db_default=Now())

    class Meta:
        verbose_name = "сохранённый отбор"
        verbose_name_plural = "сохранённые отборы"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "table_name", "title"], name="access_selection_named_once")
        ]
