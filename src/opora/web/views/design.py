"""Every part of a page in one place, with invented data: for whoever makes pages, and for whoever judges them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from opora.web.gate import Request
from opora.web.layout.samples import samples


def design(request: Request) -> HttpResponse:
    return render(request, "layout/design.html", samples(request))
