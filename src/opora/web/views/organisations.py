"""The organisations of the user's territories."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render

from opora.access.seeing import visible_to
from opora.people.models import Organisation
from opora.web.gate import Request
from opora.web.layout.table import Column, table_of

COLUMNS = (
    Column[Organisation]("title", "Название", lambda one: one.title, sort=("title",), head=True),
    Column[Organisation]("kind", "Вид", lambda one: one.get_kind_display(), sort=("kind", "title")),
    Column[Organisation](
        "municipality", "Муниципалитет", lambda one: one.municipality.title, sort=("municipality__title", "title")
    ),
)


def organisations(request: Request) -> HttpResponse:
    today = request.standing.on
    still_there = Q(until__isnull=True) | Q(until__gt=today)
    rows = visible_to(request.standing, Organisation).filter(still_there, archived_at__isnull=True)
    table = table_of(request, rows.select_related("municipality"), COLUMNS, default="municipality")
    return render(request, "organisations.html", {"table": table})
