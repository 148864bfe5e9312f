"""Long lists, a page at a time."""

from __future__ import annotations

from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet

from opora.web.gate import Request

M = TypeVar("M", bound=Model)
SIZE = 50


def page_of(request: Request, rows: QuerySet[M]) -> Page[M]:
    """The page that the address names, or the nearest there is."""
    return Paginator(rows, SIZE).get_page(request.GET.get("page"))
