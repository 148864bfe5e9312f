"""Which tables are complete, where and when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opora.indicators.dataset.tables.derived import COVERAGE_TABLE
from opora.registry.about import about
from opora.registry.constraints import ends_after, known_choices
from opora.registry.models import Row


class Coverage(Row):
    dataset = COVERAGE_TABLE

    table = models.TextField(**about(COVERAGE_TABLE, "table"))
    since = models.DateField(null=True, **about(COVERAGE_TABLE, "since"))
    until = models.DateField(null=True, **about(COVERAGE_TABLE, "until"))
    status = models.TextField(**about(COVERAGE_TABLE, "status"))

    class Meta(Row.Meta):
        db_table = "coverage"
        verbose_name = COVERAGE_TABLE.words.one
        verbose_name_plural = COVERAGE_TABLE.title
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Row.Meta.constraints,
            *known_choices(COVERAGE_TABLE),
            ends_after("since", "until"),
        ]
