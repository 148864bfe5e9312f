"""The form's figures come in: typed by hand, a part at a time, or from the workbook that Opora gives."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.forms import BoundField
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from opora.cycle.oo1.counting import Cell
from opora.cycle.oo1.lines import LINES, PARTS, Line, Part, day_of
from opora.cycle.oo1.stating import Figures, state_figures, stated
from opora.intake.oo1_workbook import LARGEST, MOST, read, template, whole
from opora.papers.words import counted
from opora.people.models import Organisation
from opora.registry.verbs import Refused
from opora.web.excel import workbook_answer
from opora.web.gate import Request
from opora.web.views.reconciliation.reach import organisation_of
from opora.web.views.reconciliation.sheet import part_asked

_DAMAGED = "Страница повреждена: откройте её заново"


class NumberOfPeople(forms.CharField):
    """Empty is nothing stated."""

    def clean(self, value: Any) -> int | None:
        text = str(value or "").strip()
        if not text:
            return None
        number = whole(text)
        if number is None:
            raise forms.ValidationError(f"Целое число от 0 до {MOST - 1}")
        return number


@dataclass(frozen=True, slots=True)
class Row:
    line: Line
    fields: list[BoundField]


class FiguresForm(forms.Form):
    """All the cells of a part. ``seen``: what stood in them when the page was opened."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, part: Part, figures: Mapping[Cell, int], data: Any = None) -> None:
        cells = {(line.code, box.code): (line, box) for line in LINES for box in part.boxes}
        before = {_name(cell): figures.get(cell) for cell in cells}
        super().__init__(data, initial=before | {"seen": json.dumps(before)})
        self.part, self.cells = part, cells
        for cell, (line, box) in cells.items():
            marks = {"inputmode": "numeric", "class": "number", "aria-label": f"{line.title}: {box.title}", "size": 4}
            self.fields[_name(cell)] = NumberOfPeople(required=False, widget=forms.TextInput(marks))

    def clean_seen(self) -> dict[Cell, int | None]:
        try:
            told = json.loads(self.cleaned_data["seen"])
            return {cell: told[_name(cell)] for cell in self.cells}
        except (TypeError, ValueError, KeyError):
            raise forms.ValidationError(_DAMAGED) from None

    @property
    def typed(self) -> dict[Cell, int | None]:
        return {cell: self.cleaned_data[_name(cell)] for cell in self.cells}

    @property
    def rows(self) -> list[Row]:
        return [Row(line, [self[_name((line.code, box.code))] for box in self.part.boxes]) for line in LINES]


class WorkbookForm(forms.Form):
    file = forms.FileField(
        label="Заполненный шаблон",
        help_text="Книга .xlsx. Пустые клетки ничего не меняют",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )


def figures(request: Request, pk: int, year: int) -> HttpResponseBase:
    one, part = organisation_of(request.standing, pk, year), part_asked(request)
    now = stated([pk], year)[pk]
    uploads = request.POST.get("act") == "upload"
    typing = FiguresForm(part, now, request.POST if request.method == "POST" and not uploads else None)
    upload = WorkbookForm(request.POST, request.FILES) if uploads else WorkbookForm()
    faults: list[str] = []
    if uploads and upload.is_valid():
        given = read(upload.cleaned_data["file"].read(LARGEST + 1))
        faults = given.faults
        if not faults and _state(request, one, year, given.figures, now, upload):
            return redirect("reconciliation_sheet", pk=pk, year=year)
    elif typing.is_bound and typing.is_valid() and _type_in(request, one, year, typing, now):
        return redirect("reconciliation_sheet", pk=pk, year=year)
    context = {
        "organisation": one,
        "year": year,
        "on": day_of(year),
        "part": part,
        "parts": PARTS,
        "typing": typing,
        "upload": upload,
        "faults": faults,
    }
    return render(request, "reconciliation/figures.html", context)


def _type_in(request: Request, one: Organisation, year: int, form: FiguresForm, now: Figures) -> bool:
    changed = {cell: value for cell, value in form.typed.items() if value != form.cleaned_data["seen"][cell]}
    done = _state(request, one, year, changed, form.cleaned_data["seen"], form)
    if not done:  # over what stands there now: saved once more, it replaces that
        form.data = {**dict(form.data.items()), "seen": json.dumps({_name(cell): now.get(cell) for cell in form.cells})}
    return done


def _state(
    request: Request,
    one: Organisation,
    year: int,
    given: Mapping[Cell, int | None],
    seen: Mapping[Cell, int | None],
    form: forms.Form,
) -> bool:
    try:
        count = state_figures(one, year, given, seen=seen, by=request.standing.actor)
    except Refused as refused:
        for fault in refused.faults:
            name = fault.field if fault.field in form.fields else None
            form.add_error(name, f"{fault.message}. {fault.mend}")
        return False
    words = counted(count, "число", "числа", "чисел")
    messages.success(request, f"Записано: {words}" if count else "Ничего не изменилось")
    return True


def workbook(request: Request, pk: int, year: int) -> HttpResponse:
    one = organisation_of(request.standing, pk, year)
    content = template(one.title, year, stated([pk], year)[pk])
    return workbook_answer(f"ОО-1 {year} {one.title}", content)


def _name(cell: Cell) -> str:
    return ".".join(cell)
