"""«Число → фамилии → чего не хватает»: the empty cells of one column, filled for many at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from opora.access.keeping import kept_by, places_of
from opora.cycle.domain.programme import programme_of
from opora.cycle.numbers import day_of, opened_for
from opora.cycle.queue import sound
from opora.indicators.engine.naming import FULL_NAME
from opora.privacy.reading import log_reading
from opora.web.forms import number_in
from opora.web.gate import Request
from opora.web.layout.cells import shown
from opora.web.layout.table import page_of
from opora.web.lists.listing import LISTS
from opora.web.number_cells import address_of
from opora.web.number_rights import places_of as places_of_numbers
from opora.web.number_rights import seen_of, sees_names, version_for
from opora.web.rows.changing import Refusal
from opora.web.rows.choosing import name_of
from opora.web.rows.filling import FillForm, empty_rows, fill, fillable, rows_in_form
from opora.web.rows.kept import KEPT
from opora.web.views.indicator_people import WHO

_AT_ONCE = 50
_BESIDE = 3
"""Columns that tell what else is known of a row."""


def fill_rows(request: Request, what: str, field: str) -> HttpResponseBase:
    """``?number=3&code=S-1&list=0``: only of those of whom it is not known whether they are in that number."""
    kept = KEPT.get(what)
    if kept is None or field not in fillable(kept) or not places_of(request.standing, kept.model):
        raise Http404("Такого столбца нет, или вы его не ведёте")
    listing, standing = LISTS[what], request.standing
    people, back = _unknown_of(request)
    every = empty_rows(kept, field, standing, people).select_related(*listing.refs)
    columns = listing.columns(standing)
    page = page_of(request, every.order_by(*columns[0].sort, "pk"), _AT_ONCE)
    rows = list(page.object_list)
    if request.method == "POST":
        sent = rows_in_form(request.POST)[:_AT_ONCE]
        rows = list(kept_by(standing, kept.model).filter(pk__in=sent).select_related(*listing.refs).order_by("pk"))
    form = FillForm(kept.columns[field], rows, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            fill(kept, field, rows, form.told, standing)
        except Refusal as refusal:
            form.tell(refusal.refused, refusal.rows)
        else:
            messages.success(request, f"Заполнено: {len(form.told)}")
            left = every.exists()
            return redirect(request.get_full_path() if left and form.told else back or reverse("list", args=[what]))
    seen = listing.shown(rows, standing)
    log_reading(seen, by=standing.actor, what=f"пустое в списке «{kept.title}»", own=request.user.person_id)
    beside = [column for column in columns[1:] if column.name not in (field, *FULL_NAME)][:_BESIDE]
    context = {
        "table": kept,
        "column": kept.columns[field],
        "field": field,
        "form": form,
        "page": page,
        "heads": [column.title for column in beside],
        "head": columns[0].title,
        "rows": [
            (
                name_of(row),
                reverse("row", args=[what, row.pk]),
                [(one.title, shown(one.of(row))) for one in beside],
                cell,
            )
            for row, cell in form.cells
        ],
        "back": back,
        "others": [(name, column.title) for name, column in fillable(kept).items()],
    }
    return render(request, "rows/fill.html", context)


def fill_column(request: Request, what: str) -> HttpResponseBase:
    """Which column: as a form without JavaScript asks for it; the first that can be filled if for none."""
    kept = KEPT.get(what)
    if kept is None or not places_of(request.standing, kept.model):
        raise Http404("Таких строк вы не ведёте")
    columns = fillable(kept)
    asked = request.GET.get("column", "")
    return redirect("row_fill", what, asked if asked in columns else next(iter(columns)))


def _unknown_of(request: Request) -> tuple[set[int] | None, str]:
    """Whom the number that the address names does not know, and the address of its page."""
    pk, code = number_in(request.GET.get("number", "")), request.GET.get("code", "")
    if pk is None:
        return None, ""
    places = places_of_numbers(request.standing)
    if not places:
        raise Http404("Чисел этого муниципалитета вы не видите")
    version, place = version_for(pk, places, request.GET.get("town"))
    known = sound(version) and code in {one.code for one in programme_of(version).indicators}
    if not known or not sees_names(request.standing, place):
        raise Http404("Такого показателя нет")
    opened = opened_for(version, place, code, day_of(version, request.standing.on))
    back = address_of(version, place, code)
    if opened.things is None:
        return set(), back
    number = number_in(request.GET.get("list", "0")) or 0
    unknown = seen_of(opened.things, request.standing).filter(WHO["unknown"][1], list=number, person__isnull=False)
    return {person for person in unknown.values_list("person", flat=True) if person is not None}, back


def queried(number: int, code: str, list: int, town: int | None) -> str:
    """What ``fill_rows`` reads out of the address again."""
    query = QueryDict(mutable=True)
    told: dict[str, Any] = {"number": number, "code": code, "list": list} | ({"town": town} if town else {})
    query.update({name: str(value) for name, value in told.items()})
    return query.urlencode()
