"""The organisations of the user's territories."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from opora.access.roles import SERVICE
from opora.access.seeing import Standing, visible_to
from opora.people.models import Employment, Organisation
from opora.registry.batch.columns import columns_of
from opora.registry.models import State
from opora.web.excel import excel_answer
from opora.web.gate import Request
from opora.web.layout.cells import Link
from opora.web.layout.table import Column, Order, table_of


def _address(one: Organisation) -> str:
    return reverse("organisation", args=[one.pk])


COLUMNS = (
    Column[Organisation]("title", "Название", lambda one: Link(one.title, _address(one)), sort=("title",), head=True),
    Column[Organisation]("kind", "Вид", lambda one: one.get_kind_display(), sort=("kind", "title")),
    Column[Organisation](
        "municipality", "Муниципалитет", lambda one: one.municipality.title, sort=("municipality__title", "title")
    ),
)
STAFF = Column[Any]("staff", "Работников", lambda one: one.staff, sort=("staff",), align="right")
"""For the service alone: of others each sees only some of the people."""


class Filters(forms.Form):
    q = forms.CharField(label="Название", required=False, widget=forms.TextInput(attrs={"type": "search"}))

    def __init__(self, given: Any, rows: QuerySet[Organisation]) -> None:
        super().__init__(given)
        towns = rows.order_by("municipality__title").values_list("municipality", "municipality__title").distinct()
        kinds = [("", "любой"), *columns_of(Organisation)["kind"].choices]
        self.fields["kind"] = forms.ChoiceField(label="Вид", required=False, choices=kinds)
        if len(towns) > 1:
            choices = [("", "любой"), *towns]
            self.fields["town"] = forms.ChoiceField(label="Муниципалитет", required=False, choices=choices)

    def of(self, rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
        if not self.is_valid():
            return rows
        for word in self.cleaned_data["q"].split():
            rows = rows.filter(title__icontains=word)
        if town := self.cleaned_data.get("town"):
            rows = rows.filter(municipality=town)
        return rows.filter(kind=self.cleaned_data["kind"]) if self.cleaned_data["kind"] else rows


def organisations(request: Request) -> HttpResponse:
    columns, filters, rows = _found(request)
    table = table_of(request, rows, columns, default="municipality")
    compares = bool(request.standing.territories(SERVICE))
    return render(request, "organisations.html", {"table": table, "filters": filters, "compares": compares})


def organisations_workbook(request: Request) -> HttpResponse:
    columns, _, rows = _found(request)
    return excel_answer("Организации", columns, Order(request, columns, "municipality").of_query(rows))


def _found(request: Request) -> tuple[tuple[Column[Any], ...], Filters, QuerySet[Organisation]]:
    rows = _rows(request.standing)
    filters = Filters(request.GET or None, rows)
    return _columns(request.standing), filters, filters.of(rows)


def _columns(standing: Standing) -> tuple[Column[Any], ...]:
    return (*COLUMNS, STAFF) if standing.territories(SERVICE) else COLUMNS


def _rows(standing: Standing) -> QuerySet[Organisation]:
    """Those that are there today, with the number of people who work there where the service asks."""
    still_there = Q(until__isnull=True) | Q(until__gt=standing.on)
    rows = visible_to(standing, Organisation).filter(still_there, archived_at__isnull=True)
    jobs = visible_to(standing.only(*SERVICE), Employment).filter(State.holding(standing.on)).order_by()
    people = (
        jobs.filter(organisation=OuterRef("pk")).values("organisation").annotate(staff=Count("person", distinct=True))
    )
    counted = rows.annotate(staff=Subquery(people.values("staff")))
    return counted.select_related("municipality").order_by(F("title"))
