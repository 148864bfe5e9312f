"""What is done with all the rows that were ticked in a list: ended, or moved to the archive."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from opora.access.keeping import kept_by, places_of
from opora.registry.verbs import Refused
from opora.web.forms import number_in
from opora.web.gate import Request
from opora.web.lists.listing import LISTS
from opora.web.refusals import words_of
from opora.web.rows import changing
from opora.web.rows.choosing import name_of
from opora.web.rows.kept import KEPT, Kept
from opora.web.rows.setting import settable
from opora.web.rows.sheet import sheet_for

_NOTHING_PICKED = "Ничего не отмечено: поставьте галочки в начале строк"
_DONE = {"end": "Завершено", "archive": "Перенесено в архив"}


def done_together(request: Request, what: str) -> HttpResponse:
    """All or nothing; back to the list as it was narrowed."""
    kept = KEPT[what]
    act = request.POST.get("act", "")
    if act == "many" and what == "person":
        return _entered_for(request)
    if act == "set":
        return _set_in(request, kept)
    if act not in _DONE or (act == "end" and kept.end is None) or not places_of(request.standing, kept.model):
        raise Http404("Такой кнопки нет")
    picked = _picked(request)
    until = _day(request.POST.get("until", ""))
    if not picked:
        messages.info(request, _NOTHING_PICKED)
    elif act == "end" and until is None:
        messages.error(request, "Впишите день, с которого это больше не действует")
    else:
        _do(request, kept, picked, _verb(request, kept, act, until), _DONE[act])
    return redirect(request.get_full_path())


def _entered_for(request: Request) -> HttpResponse:
    """The sheet on which something is entered of the people who were ticked."""
    into, picked = request.POST.get("into", ""), _picked(request)
    if sheet_for(into, request.standing) is None:
        raise Http404("Списком такие строки не вносят")
    if not picked:
        messages.info(request, _NOTHING_PICKED)
        return redirect(request.get_full_path())
    return redirect(f"{reverse('row_many', args=[into])}?{urlencode([('person', pk) for pk in picked])}")


def _set_in(request: Request, kept: Kept) -> HttpResponse:
    """The page on which one column of the ticked rows is set."""
    column, picked = request.POST.get("column", ""), _picked(request)
    if column not in settable(kept) or not places_of(request.standing, kept.model):
        raise Http404("Такого столбца нет, или вы его не ведёте")
    if not picked:
        messages.info(request, _NOTHING_PICKED)
        return redirect(request.get_full_path())
    return redirect(f"{reverse('row_set', args=[kept.name, column])}?{urlencode([('row', pk) for pk in picked])}")


def _picked(request: Request) -> list[int]:
    return [number for text in request.POST.getlist("row") if (number := number_in(text)) is not None]


Verb = Callable[[Sequence[int], int], None]
"""With these rows, in this municipality."""


def _verb(request: Request, kept: Kept, act: str, until: dt.date | None) -> Verb:
    standing = request.standing

    def end(rows: Sequence[int], municipality: int) -> None:
        assert until is not None
        changing.end(kept, rows, until, municipality=municipality, standing=standing)

    def to_the_archive(rows: Sequence[int], municipality: int) -> None:
        changing.move(kept, rows, back=False, municipality=municipality, standing=standing)

    return end if act == "end" else to_the_archive


def _do(request: Request, kept: Kept, picked: Sequence[int], verb: Verb, done: str) -> None:
    by_place: defaultdict[int, list[int]] = defaultdict(list)
    hers = kept_by(request.standing, kept.model).filter(pk__in=picked).order_by("pk")
    for pk, municipality in hers.values_list("pk", "municipality_id"):
        by_place[municipality].append(pk)
    if sum(map(len, by_place.values())) < len(set(picked)):
        messages.error(request, "Среди отмеченных есть строки, которые ведёт кто-то другой: снимите с них галочки")
        return
    try:
        with transaction.atomic():
            for municipality, some in by_place.items():
                _in_one_place(request, kept, some, municipality, verb)
    except Refused:
        return
    messages.success(request, f"{done}: {len(set(picked))}")


def _in_one_place(request: Request, kept: Kept, rows: Sequence[int], municipality: int, verb: Verb) -> None:
    """Each fault is told with the row in which it is."""
    try:
        verb(rows, municipality)
    except Refused as refused:
        listing = LISTS[kept.name]
        found = {row.pk: row for row in kept.model._default_manager.filter(pk__in=rows).select_related(*listing.refs)}
        listing.shown(found.values(), request.standing)
        for fault in refused.faults:
            whose = f"{name_of(found[rows[fault.row]])}: " if fault.row is not None else ""
            messages.error(request, f"{whose}{words_of(fault)}")
        raise


def _day(text: str) -> dt.date | None:
    try:
        day: dt.date | None = forms.DateField(required=False).clean(text)
    except forms.ValidationError:
        return None
    return day
