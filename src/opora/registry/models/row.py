"""The bases of every table that holds facts of a municipality."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import ClassVar

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models.functions import Cast

from opora.indicators.dataset.schema import Table
from opora.indicators.dataset.tables.people import EMPLOYMENT
from opora.registry.about import about
from opora.registry.constraints import ends_after
from opora.registry.managers import ScopedManager

_A_STATE = EMPLOYMENT
"""All states say the same of their three dates."""


class Row(models.Model):
    """A row of a municipality: what it is called outside, whose it is, where it came from."""

    dataset: ClassVar[Table]
    """The table of the dataset that this model keeps."""
    named_otherwise: ClassVar[Mapping[str, str]] = {}
    """Fields by the names of the dataset's columns, where those names are taken here."""
    one_at_a_time: ClassVar[tuple[str, ...]] = ()
    """Rows with equal values in these fields do not hold on the same day. By the first of them rows are looked up."""
    within: ClassVar[tuple[str, ...]] = ()
    """References to states beyond whose end this row does not last."""

    key = models.TextField("Код", db_default=Cast(RandomUUID(), models.TextField()))
    """The row's key in a dataset; generated where the row was not loaded from one."""
    # No constraint on these two: they would be most of the cost of a load. Row-level security admits no municipality
    # out of the scope, and neither territories nor sources can be deleted.
    municipality = models.ForeignKey(
        "people.Territory",
        models.PROTECT,
        verbose_name="Муниципалитет",
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    source = models.ForeignKey(
        "registry.Source",
        models.PROTECT,
        verbose_name="Откуда сведения",
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    archived_at = models.DateTimeField("В архиве с", null=True, blank=True)
    """Rows are archived, not deleted: what is archived is in no snapshot."""

    objects = ScopedManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["municipality", "key"], name="%(class)s_key_in_municipality")
        ]


class State(Row):
    """Holds from ``since`` until ``until`` (half-open); see docs/semantics.md."""

    since = models.DateField(null=True, **about(_A_STATE, "since"))
    until = models.DateField(null=True, **about(_A_STATE, "until"))
    observed_on = models.DateField(null=True, **about(_A_STATE, "observed_on"))

    class Meta(Row.Meta):
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [*Row.Meta.constraints, ends_after("since", "until")]

    @staticmethod
    def holding(on: dt.date) -> models.Q:
        """States that hold on the day, those in the archive apart. One whose beginning is not known has begun: for
        screens and rights; numbers count it as unknown."""
        begun, lasts = models.Q(since=None) | models.Q(since__lte=on), models.Q(until=None) | models.Q(until__gt=on)
        return begun & lasts & models.Q(archived_at=None)
