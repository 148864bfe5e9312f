"""What the database itself refuses, whoever writes."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Deferrable, Func, Q
from django.db.models.functions import Coalesce, Least

from opora.indicators.dataset.schema import Table

_KEPT = Q(archived_at__isnull=True)


def ends_after(start: str, end: str) -> models.CheckConstraint:
    """An end is not before its start; where either is not known, nothing is said."""
    condition = Q(**{f"{end}__gte": models.F(start)})
    return models.CheckConstraint(condition=condition, name=f"%(class)s_{end}_after_{start}")


def at_least_zero(name: str) -> models.CheckConstraint:
    """A measure is a number, and not below zero. To PostgreSQL NaN is greater than infinity."""
    condition = Q(**{f"{name}__gte": 0.0, f"{name}__lt": float("inf")})
    return models.CheckConstraint(condition=condition, name=f"%(class)s_{name}_at_least_zero")


def known_choices(table: Table) -> list[models.BaseConstraint]:
    """In the columns of a choice only what the dataset declares. A new value needs a migration, as the field does."""
    return [
        models.CheckConstraint(
            condition=Q(**{f"{column.name}__in": [code for code, _ in column.choices]}),
            name=f"%(class)s_{column.name}_is_known",
        )
        for column in table.columns
        if column.choices
    ]


def unique_while_kept(*columns: str) -> ExclusionConstraint:
    """No two rows of a municipality share these values, but a row in the archive takes none of them.

    Can be deferred, so that two rows may exchange their values in one transaction.
    """
    return ExclusionConstraint(
        name=f"%(class)s_{columns[0]}_unique",
        expressions=[(name, RangeOperators.EQUAL) for name in ("municipality", *columns)],
        condition=_KEPT,
        deferrable=Deferrable.IMMEDIATE,
    )


def one_main_job_at_a_time() -> ExclusionConstraint:
    """Within a municipality: nobody must wait until another town has entered that a job has ended there.

    Where a job's first day is not known, it is held against it only from the day on which it was seen.
    """
    first = Least(Coalesce("since", "observed_on"), "until")
    days = Func(first, "until", RangeBoundary(), function="daterange", output_field=DateRangeField())
    return ExclusionConstraint(
        name="employment_one_main_job_at_a_time",
        expressions=[
            ("municipality", RangeOperators.EQUAL),
            ("person", RangeOperators.EQUAL),
            (days, RangeOperators.OVERLAPS),
        ],
        condition=_KEPT & Q(kind="main") & (Q(since__isnull=False) | Q(observed_on__isnull=False)),
        deferrable=Deferrable.IMMEDIATE,
    )
