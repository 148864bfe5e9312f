"""The head of the service publishes a table for all: looks at what outsiders would see, then says yes; or withdraws."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from procrastinate.exceptions import AlreadyEnqueued

from opora.access.roles import Role
from opora.access.seeing import Standing
from opora.cycle.domain.programme import programme_of, version_on
from opora.cycle.domain.publishing import BY, faults_of, publish, table_to_publish, withdraw
from opora.cycle.models import ProgrammeTerm, ProgrammeVersion, PublishedTable
from opora.cycle.tasks import count_for_publishing
from opora.people.models import Territory
from opora.registry.verbs import Refused
from opora.snapshot.territories import with_all_above
from opora.snapshot.values import Question, Values, kept_values
from opora.web.forms import DayInput, number_in
from opora.web.gate import Request
from opora.web.places import place_field
from opora.web.refusals import tell_above


class TableForm(forms.Form):
    programme = forms.ChoiceField(label="Программа")
    on = forms.DateField(label="На дату", widget=DayInput)

    def __init__(self, standing: Standing, given: Any) -> None:
        super().__init__(given)
        terms = ProgrammeTerm.objects.filter(municipality__in=standing.readable(Role.HEAD)).select_related("version")
        titles = {term.key: term.version.title for term in terms.order_by("since")}
        self.fields["programme"].choices = sorted(titles.items(), key=lambda each: each[1])  # type: ignore[attr-defined]
        self.fields["place"] = place_field(_headed(standing), "Чья таблица")
        self.order_fields(["place"])


def publishing(request: Request) -> HttpResponseBase:
    own = PublishedTable.objects.filter(municipality__in=_headed(request.standing)).defer("columns", "places")
    if request.POST.get("act") == "withdraw":
        return _withdrawn(request, own.filter(withdrawn_at__isnull=True))
    form = TableForm(request.standing, request.GET or None)
    context: dict[str, Any] = {"form": form, "own": own}
    if form.is_valid():
        place, on = form.cleaned_data["place"], form.cleaned_data["on"]
        version = version_on(form.cleaned_data["programme"], on, places=[each.pk for each in with_all_above(place)])
        if version is None:
            form.add_error("on", "На эту дату программа не действует")
        elif done := _looked_at(request, version, place, on, context):
            return done
    return render(request, "office/publishing.html", context)


def _looked_at(
    request: Request, version: ProgrammeVersion, place: Territory, on: dt.date, context: dict[str, Any]
) -> HttpResponseBase | None:
    """What would be published; or, if it was that what she saw when she said yes, its page."""
    programme, by = programme_of(version), request.standing.actor
    values = kept_values(Question(programme, place.key, on, by=BY), by)
    if values is None or values.stale:
        _count_aside(version, place, on)
        context["waiting"] = True
        return None
    if request.POST.get("act") == "publish" and request.POST.get("seen") == _seen(values):
        try:
            table = publish(values.result, programme, place, by=by)
        except Refused as refused:
            tell_above(request, refused)
        else:
            messages.success(request, "Опубликовано: таблицу видит любой, без входа")
            return redirect("table", table.pk)
    table_now = table_to_publish(values.result, programme, place)
    columns = list(zip(table_now.codes, table_now.titles, range(len(table_now.codes)), strict=True))
    context |= {
        "place": place,
        "programme": programme,
        "on": on,
        "seen": _seen(values),
        "parts": [(code, title, [(row.title, row.cells[at]) for row in table_now.rows]) for code, title, at in columns],
        "left_out": table_now.left_out,
        "faults": faults_of(table_now, values.result),
    }
    return None


def _withdrawn(request: Request, own: Any) -> HttpResponseBase:
    found = get_object_or_404(own, pk=number_in(request.POST.get("table", "")))
    try:
        withdraw(found.pk, municipality=found.municipality_id, by=request.standing.actor)
    except Refused as refused:
        raise Http404("Уже снята") from refused
    messages.success(request, "Таблица снята: посторонние её больше не видят. Рассказанное остаётся рассказанным")
    return redirect("office_publishing")


def _count_aside(version: ProgrammeVersion, place: Territory, on: dt.date) -> None:
    job = count_for_publishing.configure(queueing_lock=f"publish {version.pk} {place.pk} {on}")
    try:
        with transaction.atomic():
            job.defer(version=version.pk, territory=place.pk, on=on.isoformat())
    except AlreadyEnqueued:
        pass


def _seen(values: Values) -> str:
    return values.counted_at.isoformat()


def _headed(standing: Standing) -> frozenset[int]:
    return standing.territories([Role.HEAD])
