"""Reference tables on pages: one list and one form for all of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from opora.registry.verbs import Refused
from opora.web.forms import SearchForm
from opora.web.gate import Request
from opora.web.places import PlaceForm
from opora.web.refusals import tell
from opora.web.rows import changing
from opora.web.rows.choosing import targets_of
from opora.web.rows.form import RowForm
from opora.web.rows.kept import Kept
from opora.web.views.office.pages import page_of
from opora.web.views.office.reference_tables import TABLES, Reference, words_of
from opora.web.views.office.territories import governed
from opora.web.views.rows import move, save


def references(request: Request) -> HttpResponse:
    tables = [(each, each.rows(request.standing)) for each in TABLES.values()]
    told = [(each, _living(each, rows).count()) for each, rows in tables]
    return render(request, "office/references.html", {"tables": told})


def reference(request: Request, table: str) -> HttpResponse:
    asked, search = _asked(table), SearchForm(request.GET)
    archived = "archive" in request.GET and asked.verbs is not None
    rows = asked.rows(request.standing)
    rows = rows.filter(archived_at__isnull=False) if archived else _living(asked, rows)
    page = page_of(request, asked.found(rows, search.sought))
    told = list(zip(page.object_list, words_of(asked, page.object_list), strict=True))
    context = {
        "table": asked,
        "search": search,
        "archived": archived,
        "page": page,
        "rows": [(row, [(asked.columns[name].title, told[name]) for name in asked.listed]) for row, told in told],
        "own": governed(request.standing),
    }
    return render(request, "office/reference.html", context)


def new_row(request: Request, table: str) -> HttpResponseBase:
    asked = _asked(table)
    verbs = _verbs(asked)
    form = RowForm(verbs.entered, targets_of(asked.model, request.standing), request.POST or None)
    place = PlaceForm(governed(request.standing), request.POST or None)
    if form.is_valid() and place.is_valid():
        try:
            whose = place.cleaned_data["place"].pk
            row = changing.add(verbs, form.typed, municipality=whose, standing=request.standing)
        except Refused as refused:
            tell(form, refused)
        else:
            messages.success(request, "Добавлено")
            return redirect("office_reference_row", table, row.pk)
    return render(request, "office/reference_new.html", {"table": asked, "form": form, "place": place})


def row(request: Request, table: str, pk: int) -> HttpResponseBase:
    asked = _asked(table)
    verbs, found = _verbs(asked), get_object_or_404(asked.rows(request.standing), pk=pk)
    own = found.municipality_id in governed(request.standing)
    targets = targets_of(asked.model, request.standing)
    form = RowForm(verbs.columns, targets, row=verbs.values(found))
    if request.method == "POST":
        if not own:
            raise Http404("Эту строку ведёт другая территория")
        if (act := request.POST.get("act")) in ("archive", "bring_back"):
            move(request, verbs, found, back=act == "bring_back")
            return redirect("office_reference_row", table, pk)
        told = save(request, verbs, found, RowForm(verbs.columns, targets, request.POST, verbs.values(found)))
        if told is None:
            return redirect("office_reference_row", table, pk)
        form = told
    (shown,) = words_of(asked, [found])
    context = {
        "table": asked,
        "row": found,
        "title": shown[next(iter(asked.listed))],
        "form": form,
        "own": own,
        "facts": [(column.title, shown[name]) for name, column in asked.columns.items()],
    }
    return render(request, "office/reference_row.html", context)


def _asked(table: str) -> Reference:
    if table not in TABLES:
        raise Http404("Такого справочника нет")
    return TABLES[table]


def _verbs(asked: Reference) -> Kept:
    if asked.verbs is None:
        raise Http404("Этот справочник здесь только читают")
    return asked.verbs


def _living(asked: Reference, rows: Any) -> Any:
    return rows.filter(archived_at=None) if hasattr(asked.model, "archived_at") else rows
