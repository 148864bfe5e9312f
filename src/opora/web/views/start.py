"""The first page after signing in."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from opora.web.gate import Request
from opora.web.seats import seats_of


def start(request: Request) -> HttpResponse:
    return render(request, "start.html", {"seats": seats_of(request.standing)})
