"""One row of any table: shown, corrected, ended, archived; by whoever keeps it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from opora.access.keeping import kept_by, places_of
from opora.access.seeing import visible_to
from opora.papers.words import capital
from opora.people.models import Employment, Organisation, Person
from opora.privacy.reading import log_reading
from opora.registry.batch import Correction
from opora.registry.batch.columns import value_of
from opora.registry.verbs import Refused
from opora.web.forms import DayInput
from opora.web.gate import Request
from opora.web.layout.cells import Badge, shown
from opora.web.lists.listing import LISTS
from opora.web.refusals import tell, tell_above
from opora.web.rows import changing
from opora.web.rows.choosing import Target, name_of, options_of, targets_of
from opora.web.rows.form import RowForm
from opora.web.rows.kept import KEPT, Kept
from opora.web.rows.parts import parts_shown


class EndForm(forms.Form):
    def __init__(self, kept: Kept, given: Any = None) -> None:
        super().__init__(given)
        column = kept.columns[kept.end_field]
        self.fields["end"] = forms.DateField(label=column.title, help_text=column.meaning, widget=DayInput)


def row(request: Request, what: str, pk: int) -> HttpResponseBase:
    kept, standing = kept_of(what), request.standing
    found = get_object_or_404(visible_to(standing, kept.model).select_related(*LISTS[what].refs), pk=pk)
    mine = kept_by(standing, kept.model).filter(pk=pk).exists()
    form, ends = _form(request, kept, found), _ending(kept, found)
    if request.method == "POST":
        if not mine:
            raise PermissionDenied
        done = _done(request, kept, found, form, ends)
        if isinstance(done, HttpResponseBase):
            return done
        form, ends = done
    people = LISTS[what].shown([found], standing)
    log_reading(people, by=standing.actor, what=f"строка «{kept.title}»", own=request.user.person_id)
    own = OWN_PAGES.get(kept.model)
    context = {
        "table": kept,
        "row": found,
        "title": capital(name_of(found)),
        "state": Badge("в архиве", "bad").__html__() if found.archived_at else "",
        "facts": [(column.title, shown(column.of(found))) for column in LISTS[what].columns(standing)],
        "form": form if mine and found.archived_at is None else None,
        "ends": ends if mine else None,
        "mine": mine,
        "own_page": reverse(own, args=[pk]) if own else "",
        "parts": parts_shown(request, kept, pk),
    }
    return render(request, "rows/row.html", context)


def choose(request: Request, what: str, field: str) -> HttpResponse:
    """For htmx: what is found for a field that leads to another row, as the keeper of the table types."""
    kept = kept_of(what)
    targets = targets_for(kept, request)
    if field not in targets or not places_of(request.standing, kept.model):
        raise Http404("Такого поля нет")
    find, chosen = request.GET.get(f"{field}-find", "")[:200], request.GET.get(field, "")
    context = options_of(targets[field], field, chosen, find, required=kept.entered[field].required)
    return render(request, "forms/options.html", context)


Shown = tuple[RowForm, EndForm | None]


def _done(request: Request, kept: Kept, row: Any, form: RowForm, ends: EndForm | None) -> HttpResponseBase | Shown:
    """An answer, or the forms to be looked at again."""
    act = request.POST.get("act", "save")
    if "find" in request.POST:
        return _form(request, kept, row, request.POST).looked_up(), ends
    if act == "save":
        told = save(request, kept, row, _form(request, kept, row, request.POST))
        return (told, ends) if told else redirect(address_of(kept, row.pk))
    if act == "end" and ends is not None:
        ends = EndForm(kept, request.POST)
        return redirect(address_of(kept, row.pk)) if _end(request, kept, row, ends) else (form, ends)
    if act in ("archive", "bring_back"):
        move(request, kept, row, back=act == "bring_back")
        there = visible_to(request.standing, kept.model).filter(pk=row.pk).exists()
        return redirect(address_of(kept, row.pk) if there else reverse("list", args=[kept.name]))
    raise Http404("Такой кнопки нет")


def save(request: Request, kept: Kept, row: Any, form: RowForm) -> RowForm | None:
    """None if it is done; else the form to be looked at again: over what the row has become meanwhile."""
    if not form.is_valid():
        return form
    if not form.changed:
        messages.info(request, "Ничего не изменено")
        return None
    correction = Correction(row=row.pk, seen=form.seen, becomes=form.changed)
    try:
        changing.correct(kept, [correction], municipality=row.municipality_id, standing=request.standing)
    except Refused as refused:
        row.refresh_from_db()
        again = form.over(kept.values(row))
        tell(again, refused)
        return again
    messages.success(request, "Сохранено")
    return None


def _end(request: Request, kept: Kept, row: Any, form: EndForm) -> bool:
    if not form.is_valid():
        return False
    try:
        until = form.cleaned_data["end"]
        changing.end(kept, [row.pk], until, municipality=row.municipality_id, standing=request.standing)
    except Refused as refused:
        tell(form, refused)
        return False
    messages.success(request, "Завершено")
    return True


def move(request: Request, kept: Kept, row: Any, *, back: bool) -> None:
    """To the archive, or back from it; the next page tells of it."""
    try:
        changing.move(kept, [row.pk], back=back, municipality=row.municipality_id, standing=request.standing)
    except Refused as refused:
        tell_above(request, refused)
    else:
        messages.success(request, "Возвращено из архива" if back else "Перенесено в архив")


def _form(request: Request, kept: Kept, row: Any, data: Any = None) -> RowForm:
    return RowForm(kept.columns, targets_of(kept.model, request.standing), data, kept.values(row))


def _ending(kept: Kept, row: Any) -> EndForm | None:
    """Where there is something to end."""
    lasts = kept.end is not None and row.archived_at is None and value_of(row, kept.end_field) is None
    return EndForm(kept) if lasts else None


def targets_for(kept: Kept, request: Request) -> dict[str, Target]:
    """Of a new row: somebody new comes with her place of work."""
    found = targets_of(kept.model, request.standing)
    return found | targets_of(Employment, request.standing) if kept.model is Person else found


def address_of(kept: Kept, pk: int) -> str:
    """People and organisations have pages of their own."""
    own = OWN_PAGES.get(kept.model)
    return reverse(own, args=[pk]) if own else reverse("row", args=[kept.name, pk])


def kept_of(what: str) -> Kept:
    if what not in KEPT:
        raise Http404("Такого списка нет")
    return KEPT[what]


OWN_PAGES: dict[type[Any], str] = {Person: "person", Organisation: "organisation"}
