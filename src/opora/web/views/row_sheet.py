"""Many rows entered together: what is common told once, the people pasted as a list or ticked in one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from opora.access.keeping import places_of
from opora.registry.verbs import Refused
from opora.web.forms import number_in
from opora.web.gate import Request
from opora.web.places import PlaceForm
from opora.web.rows import changing
from opora.web.rows.choosing import targets_of
from opora.web.rows.form import RowForm, written
from opora.web.rows.lines import Lines
from opora.web.rows.sheet import Sheet, sheet_for


def new_rows(request: Request, what: str) -> HttpResponseBase:
    """``?person=17&person=18`` begins with these people, ``?meeting=5`` fills a field beforehand."""
    sheet = sheet_for(what, request.standing)
    if sheet is None:
        raise Http404("Списком такие строки не вносят")
    sent = request.POST if request.method == "POST" else None
    place = PlaceForm(places_of(request.standing, sheet.kept.model), sent)
    form = RowForm(sheet.common, targets_of(sheet.kept.model, request.standing), sent)
    people = [number for text in request.GET.getlist("person") if (number := number_in(text)) is not None]
    lines = Lines(sheet, request.standing, sent, people)
    if sent is None:
        usual = {name: written(sheet.usual[name]) for name in sheet.common if name in sheet.usual}
        form.initial = usual | {name: request.GET[name] for name in sheet.common if name in request.GET}
    elif "find" in sent or sent.get("act") != "save" or lines.fresh:
        form = form.looked_up()
    elif _sound(form, place, lines) and _added(request, sheet, form, place, lines):
        return redirect(_back(request, sheet))
    lines.log(f"внесение списком «{sheet.kept.title}»")
    context = {"table": sheet.kept, "form": form, "place": place, "lines": lines}
    return render(request, "rows/sheet.html", context)


def _sound(form: RowForm, place: PlaceForm, lines: Lines) -> bool:
    """All of it is looked at, so that all faults are told at once."""
    sound = [form.is_valid(), place.is_valid(), lines.is_valid()]
    if all(sound) and not lines.used:
        lines.faults.append("Никого нет: впишите имена или отметьте людей галочками")
        return False
    return all(sound)


def _added(request: Request, sheet: Sheet, form: RowForm, place: PlaceForm, lines: Lines) -> bool:
    told = [form.typed | line.values for line in lines.used]
    try:
        whose = place.cleaned_data["place"].pk
        rows = changing.add_together(sheet.kept, told, municipality=whose, standing=request.standing)
    except Refused as refused:
        lines.tell(refused)
        return False
    messages.success(request, f"Внесено: {len(rows)}")
    return True


def _back(request: Request, sheet: Sheet) -> str:
    """To the row to which they belong, if the address named it."""
    for name, column in sheet.common.items():
        owner = number_in(request.GET.get(name, ""))
        if owner is not None and column.to:
            return reverse("row", args=[column.to, owner])
    return reverse("list", args=[sheet.name])
