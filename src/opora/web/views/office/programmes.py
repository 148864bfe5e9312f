"""The programmes of one's territories: all their versions, and which is in force since when."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from opora.access.roles import Role
from opora.access.seeing import Standing
from opora.cycle.domain.programme import programme_of, put_in_force, take_in, version_on
from opora.cycle.models import ProgrammeTerm, ProgrammeVersion
from opora.people.models import Territory
from opora.programmes.comparison import Change, compared, formula_versions
from opora.programmes.faults import ProgrammeFaults, pointed_out
from opora.programmes.load import available, load_programme, programme_path
from opora.programmes.model import Indicator, Programme
from opora.programmes.tree import read_file
from opora.registry.verbs import Refused
from opora.web.actors import names_of
from opora.web.forms import DayInput
from opora.web.gate import Request
from opora.web.places import place_field
from opora.web.refusals import tell_above

KEEPERS = (Role.ADMINISTRATOR, Role.HEAD)
"""Roles that take programmes in and put them in force."""


@dataclass(frozen=True, slots=True)
class Version:
    version: ProgrammeVersion
    terms: list[ProgrammeTerm]
    in_force: bool
    taken_in_by: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A programme of a territory: its versions, the newest first."""

    key: str
    place: Territory
    versions: list[Version]

    @property
    def current(self) -> Version | None:
        return next((one for one in self.versions if one.in_force), None)

    @property
    def title(self) -> str:
        return (self.current or self.versions[0]).version.title


@dataclass(frozen=True, slots=True)
class Held:
    """What a programme holds, and what it changes in what is in force."""

    programme: Programme
    indicators: list[tuple[Indicator, str]]
    """Each with the version of its formula."""
    changes: tuple[Change, ...] = ()
    against: ProgrammeVersion | None = None
    """The version in force today, where that is another one."""


class ForceForm(forms.Form):
    since = forms.DateField(label="Действует с", widget=DayInput)


class BuiltInForm(forms.Form):
    key = forms.ChoiceField(widget=forms.HiddenInput)

    def __init__(self, standing: Standing, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].choices = [(key, key) for key in available()]  # type: ignore[attr-defined]
        self.fields["place"] = place_field(kept_by(standing), "Чья программа")


def kept_by(standing: Standing) -> frozenset[int]:
    return standing.territories(KEEPERS)


def versions_of(standing: Standing) -> QuerySet[ProgrammeVersion]:
    """Of her territories, and of those above: a region's programmes hold in its towns."""
    seen = frozenset().union(*(standing.readable(role) for role in KEEPERS))
    return ProgrammeVersion.objects.filter(municipality__in=seen).select_related("municipality")


def programmes(request: Request) -> HttpResponseBase:
    if request.method == "POST":
        return _take_built_in(request)
    standing = request.standing
    built_in = [
        (key, title, BuiltInForm(standing, initial={"key": key}, prefix=key)) for key, title in _built_in().items()
    ]
    context = {"kept": _kept(standing), "built_in": built_in, "own": kept_by(standing)}
    return render(request, "office/programmes.html", context)


def version(request: Request, pk: int) -> HttpResponseBase:
    found = get_object_or_404(versions_of(request.standing), pk=pk)
    form = ForceForm(request.POST or None)
    if request.method == "POST":
        if found.municipality_id not in kept_by(request.standing):
            raise Http404("Не её программа")
        if form.is_valid():
            _put_in_force(request, found, form.cleaned_data["since"])
            return redirect("office_programme", pk=pk)
    (told,) = _versions([found], request.standing.on)
    context: dict[str, Any] = {"one": told, "form": form, "own": found.municipality_id in kept_by(request.standing)}
    try:
        context["held"] = holds(programme_of(found), found.municipality_id, request.standing.on, found)
    except ProgrammeFaults as refused:
        context["faults"] = list(pointed_out(found.text, refused.faults))
    return render(request, "office/programme.html", context)


def text(request: Request, pk: int) -> HttpResponse:
    """The file as it was taken in."""
    found = get_object_or_404(versions_of(request.standing), pk=pk)
    name = f'attachment; filename="{found.key}-{found.number}.yaml"'
    return HttpResponse(found.text, "application/yaml; charset=utf-8", headers={"Content-Disposition": name})


def holds(programme: Programme, place: int, on: dt.date, itself: ProgrammeVersion | None = None) -> Held:
    """``itself``: the version that this programme is, if it has been taken in."""
    versions = formula_versions(programme)
    indicators = [(one, versions[one.code]) for one in programme.indicators]
    against = version_on(programme.key, on, places=[place])
    if against is None or (itself is not None and against.pk == itself.pk):
        return Held(programme, indicators)
    try:
        return Held(programme, indicators, compared(programme, programme_of(against)), against)
    except ProgrammeFaults:
        return Held(programme, indicators)


def _put_in_force(request: Request, version: ProgrammeVersion, since: dt.date) -> None:
    try:
        put_in_force(version.pk, since=since, municipality=version.municipality_id, by=request.standing.actor)
    except Refused as refused:
        tell_above(request, refused)
    else:
        messages.success(request, f"Редакция {version.number} действует с {since:%d.%m.%Y}")


def _take_built_in(request: Request) -> HttpResponseBase:
    form = BuiltInForm(request.standing, request.POST, prefix=request.POST.get("which", ""))
    if not form.is_valid():
        raise Http404("Такой встроенной программы нет")
    content = read_file(programme_path(form.cleaned_data["key"]))
    try:
        taken = take_in(content, municipality=form.cleaned_data["place"].pk, by=request.standing.actor)
    except Refused as refused:
        tell_above(request, refused)
        return redirect("office_programmes")
    messages.success(request, f"Программа принята: редакция {taken.number}. Осталось ввести её в действие")
    return redirect("office_programme", pk=taken.pk)


@cache
def _built_in() -> dict[str, str]:
    """Titles by key."""
    return {key: load_programme(key).title for key in available()}


def _kept(standing: Standing) -> list[Kept]:
    rows = versions_of(standing).defer("text").order_by("municipality__title", "municipality", "key", "-number")
    told = _versions(list(rows), standing.on)
    groups = groupby(told, lambda one: (one.version.municipality, one.version.key))
    return [Kept(key, place, list(versions)) for (place, key), versions in groups]


def _versions(rows: Sequence[ProgrammeVersion], on: dt.date) -> list[Version]:
    terms: defaultdict[int, list[ProgrammeTerm]] = defaultdict(list)
    current: dict[tuple[int, str], int] = {}
    where = {"municipality__in": [row.municipality_id for row in rows], "key__in": [row.key for row in rows]}
    for term in ProgrammeTerm.objects.filter(**where).order_by("since"):
        terms[term.version_id].append(term)
        if term.since <= on:
            current[term.municipality_id, term.key] = term.version_id
    names = names_of({row.added_by for row in rows})
    return [
        Version(row, terms[row.pk], current.get((row.municipality_id, row.key)) == row.pk, names[row.added_by])
        for row in rows
    ]
