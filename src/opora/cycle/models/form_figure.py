"""What an organisation has stated in the form ОО-1."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opora.registry.managers import ScopedManager


class FormFigure(models.Model):
    """One cell of the staff section. What is not stated has no row."""

    municipality = models.ForeignKey("people.Territory", models.PROTECT, related_name="+", verbose_name="Муниципалитет")
    organisation = models.ForeignKey(
        "people.Organisation", models.PROTECT, related_name="+", verbose_name="Организация"
    )
    year = models.PositiveSmallIntegerField("Год, в котором начался учебный год")
    line = models.TextField("Строка")
    box = models.TextField("Графа")
    """Codes of ``cycle.oo1.lines``."""
    value = models.PositiveIntegerField("Число по форме")

    objects = ScopedManager()

    class Meta:
        db_table = "form_figure"
        base_manager_name = "objects"
        verbose_name = "число формы ОО-1"
        verbose_name_plural = "числа формы ОО-1"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "year", "line", "box"], name="form_figure_once")
        ]
