"""A query without a scope is an error, and not an empty answer or everything."""

from __future__ import annotations

from typing import TypeVar

from django.db import models

from opora.registry.scope import require_scope

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class ScopedManager(models.Manager[M_co]):
    """The only manager of a table with a municipality. What it may see is decided by the database: row-level security
    also holds for raw SQL and COPY, which no manager can reach."""

    def get_queryset(self) -> models.QuerySet[M_co]:
        require_scope()
        return super().get_queryset()
