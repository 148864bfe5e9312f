"""The organisations with what differs in each: a page at a time, counted together."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from opora.cycle.oo1.counting import counts_of
from opora.cycle.oo1.lines import LINES, TOTAL, day_of
from opora.cycle.oo1.stating import stated
from opora.people.models import Organisation
from opora.web.gate import Request
from opora.web.layout.cells import Badge, Link
from opora.web.layout.table import Column, Table, page_of
from opora.web.views.reconciliation.reach import reconciled, year_asked, years_of

_WHOLE = (LINES[0].code, TOTAL.code)


@dataclass(frozen=True, slots=True)
class Compared:
    organisation: Organisation
    year: int
    form: int | None
    ours: int
    differing: int | None
    """None where nothing is stated."""


class YearForm(forms.Form):
    year = forms.ChoiceField(label="Форма на 20 сентября")

    def __init__(self, years: range, chosen: int) -> None:
        super().__init__({"year": str(chosen)}, initial={"year": str(years[-1])})
        self.fields["year"] = forms.ChoiceField(
            label="Форма на 20 сентября", choices=[(year, f"{year} года") for year in reversed(years)]
        )


def _title(one: Compared) -> Link:
    url = reverse("reconciliation_sheet", args=[one.organisation.pk, one.year])
    return Link(one.organisation.title, url, str(one.organisation.municipality.title))


def _state(one: Compared) -> Badge:
    if one.differing is None:
        return Badge("форма не введена")
    return Badge(f"расходится: {one.differing}", "warn") if one.differing else Badge("сходится", "good")


COLUMNS = (
    Column[Compared]("organisation", "Организация", _title, head=True),
    Column[Compared]("form", "Работников по форме", lambda one: one.form, align="right"),
    Column[Compared]("ours", "В Опоре", lambda one: one.ours, align="right"),
    Column[Compared]("state", "Клетки формы", _state),
)


def reconciliation(request: Request) -> HttpResponse:
    standing = request.standing
    year = year_asked(standing, request.GET.get("year", ""))
    on = day_of(year)
    there = (Q(since__isnull=True) | Q(since__lte=on)) & (Q(until__isnull=True) | Q(until__gt=on))
    rows = (
        reconciled(standing).filter(there).select_related("municipality").order_by("municipality__title", "title", "pk")
    )
    page = page_of(request, rows)
    table = Table(COLUMNS, compared(list(page.object_list), year), page=page)
    context = {"table": table, "filter": YearForm(years_of(standing), year)}
    return render(request, "reconciliation/overview.html", context)


def compared(organisations: list[Organisation], year: int) -> list[Compared]:
    keys = [one.pk for one in organisations]
    ours, form = counts_of(keys, year), stated(keys, year)
    return [
        Compared(
            one,
            year,
            form[one.pk].get(_WHOLE),
            ours[one.pk].get(_WHOLE, 0),
            sum(value != ours[one.pk].get(cell, 0) for cell, value in form[one.pk].items()) if form[one.pk] else None,
        )
        for one in organisations
    ]
