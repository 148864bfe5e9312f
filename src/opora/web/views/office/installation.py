"""About the installation: what ``opora doctor`` finds, and where made-up data are."""

from __future__ import annotations

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import render

from opora.registry.models import Source
from opora.site.home import Home
from opora.upkeep.doctor import Level, examine
from opora.web.gate import Request
from opora.web.views.office.territories import governed


def installation(request: Request) -> HttpResponse:
    found = examine(Home.current(), dt.datetime.now(dt.UTC))
    loads = Source.objects.filter(municipality__in=governed(request.standing), kind="dataset")
    context = {
        "findings": sorted(found, key=lambda finding: list(Level)[::-1].index(finding.level)),
        "loads": loads.select_related("municipality").order_by("-made_at")[:20],
    }
    return render(request, "office/installation.html", context)
