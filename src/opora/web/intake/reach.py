"""Whose files one may take in: those who do the work of the municipal service."""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from opora.access.roles import Role
from opora.access.seeing import Standing
from opora.intake.models import IntakeBatch
from opora.people.models import Territory

TAKES_IN = (Role.HEAD, Role.METHODIST)


def towns(standing: Standing) -> frozenset[int]:
    """Files hold facts of a municipality; a region enters none of its own by them."""
    found = Territory.objects.filter(pk__in=standing.territories(TAKES_IN), kind="municipality")
    return frozenset(found.values_list("pk", flat=True))


def batches(standing: Standing) -> QuerySet[IntakeBatch]:
    return IntakeBatch.objects.filter(municipality__in=standing.territories(TAKES_IN))


def batch_of(standing: Standing, pk: int) -> IntakeBatch:
    return get_object_or_404(batches(standing), pk=pk)
