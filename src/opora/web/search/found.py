"""What was found, of whichever kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Count, Model, QuerySet, Window

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Hit:
    title: str
    url: str
    """Empty where Opora has no page of it."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the hits of one kind, and how many there are."""

    hits: Sequence[Hit] = ()
    count: int = 0
    near: bool = False
    """Nothing is exactly so: these are a slip away."""


def of_list(hits: Sequence[Hit], start: int, size: int) -> Found:
    return Found(hits[start : start + size], len(hits))


def of_rows(rows: QuerySet[M], tell: Callable[[Sequence[M]], Sequence[Hit]], start: int, size: int) -> Found:
    """They are counted and read in one query: whatever is asked for must be looked for only once."""
    page: list[Any] = list(rows.annotate(found=Window(Count("*")))[start : start + size])
    count = page[0].found if page else rows.count() if start else 0
    return Found(tell(page), count)
