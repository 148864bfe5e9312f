"""Lists of everything that the dataset holds, as far as the reader may see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.apps import apps
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from opora.access.keeping import places_of
from opora.people.models import Person
from opora.privacy.reading import log_reading
from opora.web.excel import excel_answer
from opora.web.gate import Request
from opora.web.layout.cells import Opening
from opora.web.layout.table import Column, Order, table_of
from opora.web.lists.filters import Filters
from opora.web.lists.listing import LISTS, MOST, Listing
from opora.web.lists.selections import banks, own_and_shared, query_of, selections_of, unknown_in
from opora.web.plain_files import csv_answer, parquet_answer
from opora.web.rows.choosing import name_of
from opora.web.rows.kept import KEPT
from opora.web.rows.setting import settable
from opora.web.rows.sheet import sheet_for, sheets_for
from opora.web.views.rows_together import done_together

_GROUPS = {
    "people": "Кадры",
    "learning": "Обучение",
    "community": "Сообщества и события",
    "records": "Документы и меры",
}


def lists(request: Request) -> HttpResponse:
    seen = [listing for listing in LISTS.values() if listing.seen_by(request.standing)]
    groups = {title: [one for one in seen if _package(one) == name] for name, title in _GROUPS.items()}
    context = {
        "groups": {title: found for title, found in groups.items() if found},
        "banks": banks(request.standing),
        "selections": own_and_shared(request.standing),
    }
    return render(request, "lists/index.html", context)


def list_of(request: Request, what: str) -> HttpResponse:
    listing, standing = listing_of(request, what), request.standing
    if request.method == "POST":
        return done_together(request, what)
    adds = bool(places_of(standing, listing.model))
    filters, columns = Filters(request.GET or None, listing, standing), listing.columns(standing)
    rows = filters.rows
    shown = [*columns[:MOST], _opening(listing)]
    living = not request.GET.get("archive")
    together, into = adds and living, sheets_for(standing) if living and listing.model is Person else []
    pick = (lambda row: row.pk) if together or into else None
    table = table_of(request, rows, shown, default=_default(listing, columns), pick=pick)
    assert table.page is not None
    people = listing.shown(table.page.object_list, standing)
    log_reading(people, by=standing.actor, what=f"список «{listing.title}»", own=request.user.person_id)
    context = _selected(request, listing, filters, columns) | {
        "listing": listing,
        "table": table,
        "filters": filters,
        "lacks": len(columns) - MOST,
        "adds": adds,
        "many": sheet_for(what, standing) is not None,
        "together": together,
        "into": [(sheet.name, sheet.kept.title) for sheet in into],
        "sets": [(name, column.title) for name, column in settable(KEPT[what]).items()] if together else [],
        "ends": together and KEPT[what].end is not None,
    }
    return render(request, "lists/list.html", context)


def _selected(
    request: Request, listing: Listing, filters: Filters, columns: Sequence[Column[Any]]
) -> dict[str, object]:
    """Which selections there are, and whether what is shown is one, or may be kept as one."""
    names = [column.name for column in columns]
    query = query_of(request.GET, filters, names)
    there = selections_of(listing.name, request.standing, query)
    keeps = query and not filters.errors and not any(one.here for one in there)
    return {
        "selections": there,
        "keeps": f"{reverse('selection_new', args=[listing.name])}?{query}" if keeps else "",
        "unknown": unknown_in(request.GET, filters, names),
    }


def list_workbook(request: Request, what: str) -> HttpResponse:
    return _file(request, what, "в Excel", excel_answer)


def list_csv(request: Request, what: str) -> HttpResponse:
    return _file(request, what, "в CSV", csv_answer)


def list_parquet(request: Request, what: str) -> HttpResponse:
    return _file(request, what, "в Parquet", parquet_answer)


def _file(request: Request, what: str, where: str, answer: Callable[..., HttpResponse]) -> HttpResponse:
    """All the rows that the filters leave, with all columns."""
    listing, standing = listing_of(request, what), request.standing
    filters, columns = Filters(request.GET or None, listing, standing), listing.columns(standing)
    if filters.is_bound and not filters.is_valid():
        return redirect(f"{reverse('list', args=[what])}?{request.GET.urlencode()}")
    order = Order(request, columns, _default(listing, columns))
    rows = list(order.of_query(filters.rows))
    people = listing.shown(rows, standing)
    log_reading(people, by=standing.actor, what=f"список «{listing.title}» {where}", own=request.user.person_id)
    return answer(listing.title, columns, rows)


def people(request: Request) -> HttpResponse:
    return list_of(request, "person")


def listing_of(request: Request, what: str) -> Listing:
    found = LISTS.get(what)
    if found is None or not found.seen_by(request.standing):
        raise Http404("Такого списка нет")
    return found


def _opening(listing: Listing) -> Column[Any]:
    """Leads to the row's own page, where it is corrected by whoever keeps it."""
    return Column(
        "row", "Строка", lambda row: Opening(reverse("row", args=[listing.name, row.pk]), name_of(row)), printed=False
    )


def _default(listing: Listing, columns: Sequence[Column[Any]]) -> str:
    """People by name, everything else with the newest first where rows have a day."""
    by_name = listing.refs[:1] == [columns[0].name]
    return f"-{listing.day}" if listing.day and not by_name else columns[0].name


def _package(listing: Listing) -> str:
    return apps.get_app_config(listing.model._meta.app_label).label
