"""The list of what was taken in, and the form by which files come."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from opora.intake.adapters import Dropped
from opora.intake.domain.verbs import MOST_BYTES, MOST_FILES, start
from opora.intake.models import IntakeBatch
from opora.registry.verbs import Refused
from opora.web.actors import names_of
from opora.web.forms import DayInput
from opora.web.gate import Request
from opora.web.intake.reach import batches, towns
from opora.web.intake.states import badge_of, effect_of
from opora.web.layout.cells import Link
from opora.web.layout.table import Column, Table, table_of
from opora.web.places import place_field
from opora.web.refusals import tell

_KINDS = ".html,.htm,.mht,.mhtml,.xlsx,.xlsm,.xls,.ods,.csv,.txt"


class FilesInput(forms.FileInput):
    """Takes many at once; the browser lets them be dropped on it."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[UploadedFile[bytes]]:
        found: list[UploadedFile[bytes]] = files.getlist(name)
        return found


class StartForm(forms.Form):
    dropped = forms.Field(
        label="Файлы",
        help_text="Перетащите их сюда или выберите: сохранённые страницы «Педагогический состав» (.html), книги Excel "
        f"(.xlsx, .xls, .ods), таблицы .csv. До {MOST_FILES} файлов, вместе до {MOST_BYTES // 1_000_000} МБ",
        widget=FilesInput(attrs={"multiple": True, "accept": _KINDS, "class": "drop"}),
        error_messages={"required": "Выберите хотя бы один файл"},
    )
    on = forms.DateField(
        label="На какой день верны сведения",
        help_text="Если дата названа в самом файле, важнее она",
        widget=DayInput,
    )

    def __init__(self, places: frozenset[int], data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, initial={"on": timezone.localdate()})
        self.fields["place"] = place_field(places, "Чьи это сведения")

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError("Этот день ещё не наступил")
        return on


def intake(request: Request) -> HttpResponseBase:
    places = towns(request.standing)
    sent = request.method == "POST"
    form = StartForm(places, request.POST, request.FILES) if sent else StartForm(places)
    if sent and form.is_valid() and (begun := _begun(request, form)):
        return redirect("intake_batch", begun.pk)
    return render(request, "intake/list.html", {"form": form, "places": places, "table": _table(request)})


def _begun(request: Request, form: StartForm) -> IntakeBatch | None:
    told = form.cleaned_data
    dropped = [Dropped(each.name or "файл", each.read()) for each in told["dropped"]]
    try:
        return start(dropped, on=told["on"], municipality=told["place"].pk, by=request.standing.actor)
    except Refused as refused:
        tell(form, refused)
        return None


def _table(request: Request) -> Table[IntakeBatch]:
    makers: dict[str, str] = {}
    columns = (
        Column[IntakeBatch]("made", "Начат", lambda one: one.made_at, sort=("made_at",)),
        Column[IntakeBatch]("title", "Файлы", lambda one: _title(one, makers), sort=("title",), head=True),
        Column[IntakeBatch]("on", "На день", lambda one: one.on, sort=("on",)),
        Column[IntakeBatch]("state", "Состояние", badge_of),
        Column[IntakeBatch]("effect", "Что внесено", effect_of),
    )
    table = table_of(request, batches(request.standing), columns, default="-made")
    assert table.page is not None
    makers.update(names_of({one.made_by for one in table.page.object_list}))
    return table


def _title(one: IntakeBatch, makers: dict[str, str]) -> Link:
    return Link(one.title, reverse("intake_batch", args=[one.pk]), makers.get(one.made_by, one.made_by))
