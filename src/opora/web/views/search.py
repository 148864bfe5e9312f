"""Search: a page of its own, and for htmx the lines of the palette."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render

from opora.web.forms import number_in
from opora.web.gate import Request
from opora.web.search.everything import KINDS, Group, find
from opora.web.search.query import LONGEST, Query, parse

IN_PALETTE = 5
IN_GROUP = 8
ON_PAGE = 50
_FARTHEST = 1000
"""Pages; farther nobody turns."""


def search(request: Request) -> HttpResponse:
    query = parse(request.GET.get("q", ""))
    if request.headers.get("HX-Request"):
        groups = find(request.standing, query, size=IN_PALETTE) if query else []
        return render(request, "search/lines.html", {"query": query, "groups": groups, "count": _count(groups)})
    kind = next((one.name for one in KINDS if one.name == request.GET.get("kind")), "")
    context: dict[str, object] = {"query": query, "longest": LONGEST, "kind": kind}
    if query is not None:
        context |= _of_kind(request, query, kind) if kind else _of_all(request, query)
    return render(request, "search/page.html", context)


def _of_all(request: Request, query: Query) -> dict[str, object]:
    groups = find(request.standing, query, size=IN_GROUP)
    return {"groups": groups, "count": _count(groups)}


def _of_kind(request: Request, query: Query, kind: str) -> dict[str, object]:
    number = min(max(number_in(request.GET.get("page", "")) or 1, 1), _FARTHEST)
    groups = find(request.standing, query, size=ON_PAGE, start=(number - 1) * ON_PAGE, kind=kind)
    count = _count(groups)
    return {"groups": groups, "count": count, "page": Page([], number, Paginator(range(count), ON_PAGE))}


def _count(groups: Sequence[Group]) -> int:
    return sum(group.found.count for group in groups)
