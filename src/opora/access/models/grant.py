"""Which role a user holds, where, and for what time."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Coalesce, Now

from opora.access.models.seat import Seat
from opora.registry.constraints import ends_after


def _once_at_a_time() -> ExclusionConstraint:
    days = Func("since", "until", RangeBoundary(), function="daterange", output_field=DateRangeField())
    same = ("user", "role", "territory", Coalesce("organisation_id", 0), Coalesce("association_id", 0))
    return ExclusionConstraint(
        name="access_grant_once_at_a_time",
        expressions=[*((what, RangeOperators.EQUAL) for what in same), (days, RangeOperators.OVERLAPS)],
    )


class Grant(Seat):
    """Holds from ``since`` until ``until`` (half-open): who it was taken from on a day has it no more on that day."""

    user = models.ForeignKey("access.User", models.PROTECT, related_name="grants", verbose_name="Кому")
    since = models.DateField("С")
    until = models.DateField("До", null=True, blank=True)
    given_at = models.DateTimeField("Когда дана", db_default=Now())

    class Meta(Seat.Meta):
        verbose_name = "роль пользователя"
        verbose_name_plural = "роли пользователей"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Seat.Meta.constraints,
            ends_after("since", "until"),
            _once_at_a_time(),
        ]

    @staticmethod
    def holding(on: dt.date) -> Q:
        """Grants that hold on the day."""
        return Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))
