"""Reference tables on pages: one list and one form for all of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from opora.registry.batch import Correction, archive, bring_back
from opora.registry.verbs import Refused
from opora.web.forms import SearchForm
from opora.web.gate import Request
from opora.web.rows.choosing import targets_of
from opora.web.rows.form import RowForm
from opora.web.rows.kept import Kept
from opora.web.views.office.pages import page_of
from opora.web.views.office.reference_tables import TABLES, Reference, values_of, words_of
from opora.web.views.office.refusals import tell, tell_above
from opora.web.views.office.territories import governed, place_field


class PlaceForm(forms.Form):
    """Whose a new row is."""

    def __init__(self, request: Request) -> None:
        super().__init__(request.POST or None)
        self.fields["place"] = place_field(governed(request.standing), "Кто ведёт")


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
    form, place = (
        RowForm(verbs.entered, targets_of(asked.model, request.standing), request.POST or None),
        PlaceForm(request),
    )
    if form.is_valid() and place.is_valid():
        try:
            row = verbs.add(form.typed, municipality=place.cleaned_data["place"].pk, by=request.standing.actor)
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
    form = RowForm(asked.columns, targets, row=values_of(asked, found))
    if request.method == "POST":
        if not own:
            raise Http404("Эту строку ведёт другая территория")
        if request.POST.get("act") in ("archive", "bring_back"):
            return _move(request, asked, found)
        form = RowForm(asked.columns, targets, request.POST, values_of(asked, found))
        if form.is_valid():
            told = _save(request, asked, verbs, found, form)
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


def _save(request: Request, asked: Reference, verbs: Kept, row: Any, form: RowForm) -> RowForm | None:
    """None if it is done; else the form to be looked at again: over what the row has become meanwhile."""
    if not form.changed:
        messages.info(request, "Ничего не изменено")
        return None
    correction = Correction(row=row.pk, seen=form.seen, becomes=form.changed)
    try:
        verbs.correct([correction], municipality=row.municipality_id, by=request.standing.actor)
    except Refused as refused:
        row.refresh_from_db()
        again = form.over(values_of(asked, row))
        tell(again, refused)
        return again
    messages.success(request, "Сохранено")
    return None


def _move(request: Request, asked: Reference, row: Any) -> HttpResponseBase:
    """To the archive, or back from it."""
    back = request.POST["act"] == "bring_back"
    move = bring_back if back else archive
    try:
        move(asked.model, [row.pk], municipality=row.municipality_id, by=request.standing.actor)
    except Refused as refused:
        tell_above(request, refused)
    else:
        messages.success(request, "Возвращено из архива" if back else "Перенесено в архив")
    return redirect("office_reference_row", asked.name, row.pk)


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
