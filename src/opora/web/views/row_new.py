"""A new row of any table, and with it what cannot be without it: the steps of a route, who was at a meeting."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render

from opora.access.keeping import places_of
from opora.registry.models import Row
from opora.registry.verbs import Refused
from opora.web.gate import Request
from opora.web.places import PlaceForm
from opora.web.refusals import tell
from opora.web.rows import changing
from opora.web.rows.choosing import name_of
from opora.web.rows.form import RowForm
from opora.web.rows.kept import Kept
from opora.web.rows.lines import Lines
from opora.web.rows.sheet import parts_for
from opora.web.views.rows import address_of, kept_of, targets_for


def new_row(request: Request, what: str) -> HttpResponseBase:
    """``?person=17`` fills a field beforehand."""
    kept = kept_of(what)
    places = places_of(request.standing, kept.model)
    if not places:
        raise Http404("Таких строк вы не ведёте")
    sent = request.POST if request.method == "POST" else None
    place, form = PlaceForm(places, sent), RowForm(kept.entered, targets_for(kept, request), sent)
    parts = [Lines(sheet, request.standing, sent) for sheet in parts_for(kept, request.standing)]
    if sent is None:
        form.initial = {name: request.GET[name] for name in kept.entered if name in request.GET}
    elif {"find", "more"} & set(sent) or sent.get("act") == "match" or any(each.fresh for each in parts):
        form = form.looked_up()
    elif _sound(form, place, parts) and (row := _added(request, kept, form, place, parts)):
        return redirect("row_new", what) if sent.get("act") == "again" else redirect(address_of(kept, row.pk))
    for each in parts:
        each.log(f"внесение списком «{each.sheet.kept.title}»")
    return render(request, "rows/new.html", {"table": kept, "form": form, "place": place, "parts": parts})


def _sound(form: RowForm, place: PlaceForm, parts: Sequence[Lines]) -> bool:
    """All of it is looked at, so that all faults are told at once."""
    return all([form.is_valid(), place.is_valid(), *[each.is_valid() for each in parts]])


def _added(request: Request, kept: Kept, form: RowForm, place: PlaceForm, parts: Sequence[Lines]) -> Row | None:
    """The row with its parts, or nothing."""
    whose = place.cleaned_data["place"].pk
    try:
        with transaction.atomic():
            row = changing.add(kept, form.typed, municipality=whose, standing=request.standing)
            written = [_added_to(row, each, whose, request) for each in parts if each.used]
            if not all(written):
                raise _PartRefused
    except _PartRefused:
        return None
    except Refused as refused:
        tell(form, refused)
        return None
    count = sum(len(each.used) for each in parts)
    messages.success(request, f"Добавлено: {name_of(row)}" + (f"; вместе с этим строк: {count}" if count else ""))
    return row


class _PartRefused(Exception):
    """Told in its line already."""


def _added_to(owner: Row, lines: Lines, municipality: int, request: Request) -> bool:
    told = [line.values | {lines.sheet.owner: owner.pk} for line in lines.used]
    try:
        with transaction.atomic():
            changing.add_together(lines.sheet.kept, told, municipality=municipality, standing=request.standing)
    except Refused as refused:
        lines.tell(refused)
        return False
    return True
