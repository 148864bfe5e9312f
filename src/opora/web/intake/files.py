"""What files leave open: whose each is, and what stands in the columns of its sheets."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from opora.intake.adapters import Asked, FileTold, SheetAsked
from opora.intake.domain.verbs import tell
from opora.intake.models import IntakeBatch, IntakeFile
from opora.intake.sheets.kinds import KINDS
from opora.intake.sheets.mapping import SheetMapping
from opora.people.models import Organisation
from opora.registry.verbs import Refused
from opora.web.gate import Request
from opora.web.intake.reach import batch_of
from opora.web.intake.states import badge_of
from opora.web.refusals import tell_above

_NOBODYS = "-"
_NOT_READ = "не читать"
_ABOUT_ONE = frozenset({"diagnostics", "contests", "members"})
"""Kinds of sheets that may be about one thing as a whole, and not name it in a column."""


class FileForm(forms.Form):
    """Of one file."""

    def __init__(self, file: IntakeFile, organisations: list[tuple[str, str]], data: Any = None) -> None:
        super().__init__(data, prefix=f"file-{file.number}")
        self.file, self.asked = (
            file,
            Asked.from_json(file.asked or {"organisation": False, "organisations": [], "sheets": []}),
        )
        self.told = FileTold.from_json(file.told)
        if self.asked.organisation or self.asked.organisations:
            self.fields["organisation"] = self._organisation(organisations)
        for place, sheet in enumerate(self.asked.sheets):
            if sheet.mapping.kind:
                self._ask_columns(place, sheet)
            elif sheet.mapping.columns:
                self.fields[f"kind-{place}"] = _kind(sheet)
        if any(sheet.mapping.kind in _ABOUT_ONE for sheet in self.asked.sheets):
            self.fields["about"] = _about(self.told)

    def _organisation(self, organisations: list[tuple[str, str]]) -> forms.ChoiceField:
        likely = [(each.key, each.title) for each in self.asked.organisations]
        others = [each for each in organisations if each[0] not in dict(likely)]
        choices = [("", "Выберите"), *likely, (_NOBODYS, "Не одной организации"), *others]
        first = likely[0][0] if likely and self.asked.organisations[0].sure else ""
        return forms.ChoiceField(
            label="Чей это файл",
            choices=choices,
            initial=self.told.organisation_key or first,
            help_text="Первыми стоят те, чьё название похоже на то, что в файле",
        )

    def _ask_columns(self, place: int, sheet: SheetAsked) -> None:
        """A column that is not read stands there too: it may be one that ought to be."""
        choices = [("", _NOT_READ), *sheet.mapping.choices()]
        for number, column in enumerate(sheet.mapping.columns):
            rows = [row[number] for row in sheet.rows if number < len(row) and row[number]]
            self.fields[f"column-{place}-{column.place}"] = forms.ChoiceField(
                label=f"{sheet.title}: {column.heading}",
                choices=choices,
                initial=column.meaning,
                required=False,
                help_text="Например: " + "; ".join(rows) if rows else "Пусто",
            )

    def answer(self) -> FileTold:
        told = self.cleaned_data
        organisation = told.get("organisation", self.told.organisation_key)
        nobodys = organisation == _NOBODYS
        sheets = list(enumerate(self.asked.sheets))
        kinds = {sheet.key: kind for place, sheet in sheets if (kind := told.get(f"kind-{place}"))}
        return replace(
            self.told,
            organisation_key="" if nobodys else organisation,
            nobodys=nobodys,
            about=told.get("about", self.told.about),
            kinds={**self.told.kinds, **kinds},
            mappings={sheet.key: self._mapping(place, sheet) for place, sheet in sheets if sheet.key not in kinds},
        )

    def _mapping(self, place: int, sheet: SheetAsked) -> SheetMapping:
        """Of a sheet of no kind: it is not read."""
        if not sheet.mapping.kind:
            return sheet.mapping
        meanings = {
            column.place: self.cleaned_data[f"column-{place}-{column.place}"] for column in sheet.mapping.columns
        }
        return sheet.mapping.corrected(meanings)


def _kind(sheet: SheetAsked) -> forms.ChoiceField:
    rows = "; ".join(", ".join(filter(None, row)) for row in sheet.rows)
    return forms.ChoiceField(
        label=f"{sheet.title}: о чём этот лист",
        choices=[("", _NOT_READ), *((kind.code, kind.title) for kind in KINDS.values())],
        required=False,
        help_text=f"Первые строки: {rows}" if rows else "",
    )


def _about(told: FileTold) -> forms.CharField:
    return forms.CharField(
        label="Название конкурса, объединения или методики",
        initial=told.about,
        required=False,
        help_text="Если его нет ни в столбце, ни над таблицей",
    )


def files(request: Request, pk: int) -> HttpResponseBase:
    kept = batch_of(request.standing, pk)
    data = request.POST if request.method == "POST" else None
    shown = [form for form in _forms(kept, data) if form.fields]
    valid = [form.is_valid() for form in shown]  # of all, that each tells its faults
    if data is not None and all(valid):
        try:
            told = {form.file.number: form.answer() for form in shown}
            tell(kept.pk, told, municipality=kept.municipality_id, by=request.standing.actor)
            return redirect("intake_batch", kept.pk)
        except Refused as refused:
            tell_above(request, refused)
    return render(request, "intake/files.html", {"batch": kept, "state": badge_of(kept).__html__(), "forms": shown})


def _forms(kept: IntakeBatch, data: Any) -> list[FileForm]:
    own = Organisation.objects.filter(archived_at=None, municipality=kept.municipality_id)
    organisations = list(own.order_by("title").values_list("key", "title"))
    return [FileForm(file, organisations, data) for file in kept.files.defer("content")]
