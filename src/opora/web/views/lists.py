"""Lists of everything that the dataset holds, as far as the reader may see."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.http import Http404, HttpResponse
from django.shortcuts import render

from opora.privacy.reading import log_reading
from opora.web.excel import excel_answer
from opora.web.gate import Request
from opora.web.layout.table import Order, Table, table_of
from opora.web.lists.filters import Filters
from opora.web.lists.listing import LISTS, MOST, Listing

_GROUPS = {
    "people": "Кадры",
    "learning": "Обучение",
    "community": "Сообщества и события",
    "records": "Документы и меры",
}


def lists(request: Request) -> HttpResponse:
    seen = [listing for listing in LISTS.values() if listing.seen_by(request.standing)]
    groups = {title: [one for one in seen if _package(one) == name] for name, title in _GROUPS.items()}
    return render(request, "lists/index.html", {"groups": {title: found for title, found in groups.items() if found}})


def list_of(request: Request, what: str) -> HttpResponse:
    listing = _listing(request, what)
    filters = Filters(request.GET or None, listing, request.standing)
    rows = filters.of(listing.rows(request.standing))
    table = table_of(request, rows, listing.columns[:MOST], default=_default(listing))
    _log(request, listing, table)
    context = {"listing": listing, "table": table, "filters": filters, "lacks": len(listing.columns) - MOST}
    return render(request, "lists/list.html", context)


def list_workbook(request: Request, what: str) -> HttpResponse:
    """All the rows that the filters leave, with all columns."""
    listing = _listing(request, what)
    narrowed = Filters(request.GET or None, listing, request.standing).of(listing.rows(request.standing))
    rows = list(Order(request, listing.columns, _default(listing)).of_query(narrowed))
    people = listing.people(rows)
    log_reading(people, by=request.standing.actor, what=f"список «{listing.title}» в Excel", own=request.user.person_id)
    return excel_answer(listing.title, listing.columns, rows)


def people(request: Request) -> HttpResponse:
    return list_of(request, "person")


def _listing(request: Request, what: str) -> Listing:
    found = LISTS.get(what)
    if found is None or not found.seen_by(request.standing):
        raise Http404("Такого списка нет")
    return found


def _default(listing: Listing) -> str:
    """The newest first where rows have a day, else by name."""
    return f"-{listing.day}" if listing.day and listing.refs[:1] != ["person"] else listing.columns[0].name


def _log(request: Request, listing: Listing, table: Table[Any]) -> None:
    page = table.page
    shown = listing.people(page.object_list) if page else set()
    log_reading(shown, by=request.standing.actor, what=f"список «{listing.title}»", own=request.user.person_id)


def _package(listing: Listing) -> str:
    return apps.get_app_config(listing.model._meta.app_label).label
