"""The addresses of pages that look over all at once: numbers side by side, courses, the month."""

from __future__ import annotations

from django.urls import path

from opora.access.roles import SERVICE
from opora.web.gate import open_to
from opora.web.number_rights import SEES_NUMBERS
from opora.web.organisation.rights import INSIDE
from opora.web.views.courses import courses, courses_workbook
from opora.web.views.heat import heat, heat_workbook
from opora.web.views.month import month
from opora.web.views.region import region, region_workbook

SURVEYS = [
    path("heat/", open_to(*SERVICE)(heat), name="heat"),
    path("heat/xlsx/", open_to(*SERVICE)(heat_workbook), name="heat_workbook"),
    path("region/", open_to(*SEES_NUMBERS)(region), name="region"),
    path("region/xlsx/", open_to(*SEES_NUMBERS)(region_workbook), name="region_workbook"),
    path("courses/", open_to(*INSIDE)(courses), name="courses"),
    path("courses/xlsx/", open_to(*INSIDE)(courses_workbook), name="courses_workbook"),
    path("month/", open_to(*INSIDE)(month), name="month"),
]
