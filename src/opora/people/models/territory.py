"""Countries, regions, municipalities: the one table that belongs to nobody."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opora.indicators.dataset.schema import Table
from opora.indicators.dataset.tables.people import TERRITORY
from opora.registry.about import about
from opora.registry.constraints import known_choices


class Territory(models.Model):
    """Seen by everybody: there is nothing in it that is not on a map."""

    dataset: ClassVar[Table] = TERRITORY

    key = models.TextField("Код", unique=True)
    """By it the command line and datasets call the territory."""
    title = models.TextField(**about(TERRITORY, "title"))
    kind = models.TextField(**about(TERRITORY, "kind"))
    parent = models.ForeignKey("people.Territory", models.PROTECT, null=True, **about(TERRITORY, "parent"))

    class Meta:
        db_table = "territory"
        verbose_name = TERRITORY.words.one
        verbose_name_plural = TERRITORY.title
        constraints: ClassVar[list[models.BaseConstraint]] = [*known_choices(TERRITORY)]
