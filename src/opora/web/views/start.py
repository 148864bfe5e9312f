"""The first page after signing in: numbers for whoever sees them, her own doors for all the others."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from opora.web.gate import Request
from opora.web.number_rights import SEES_NUMBERS
from opora.web.seats import own_card, seats_of
from opora.web.views.overview import overview


def start(request: Request) -> HttpResponse:
    if not request.standing.roles.isdisjoint(SEES_NUMBERS):
        return overview(request)
    return render(request, "start.html", {"seats": seats_of(request.standing), "card": own_card(request.standing)})
