"""The organisations of the user's territories."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render

from opora.access.seeing import visible_to
from opora.people.models import Organisation
from opora.web.gate import Request


def organisations(request: Request) -> HttpResponse:
    today = request.standing.on
    still_there = Q(until__isnull=True) | Q(until__gt=today)
    rows = visible_to(request.standing, Organisation).filter(still_there, archived_at__isnull=True)
    found = rows.select_related("municipality").order_by("municipality__title", "title")
    return render(request, "organisations.html", {"organisations": found})
