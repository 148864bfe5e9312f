"""The addresses of pages that look over all at once: numbers side by side, courses, the month."""

from __future__ import annotations

from django.urls import path

from opora.access.roles import SERVICE
from opora.web.gate import open_to
from opora.web.views.heat import heat, heat_workbook

SURVEYS = [
    path("heat/", open_to(*SERVICE)(heat), name="heat"),
    path("heat/xlsx/", open_to(*SERVICE)(heat_workbook), name="heat_workbook"),
]
