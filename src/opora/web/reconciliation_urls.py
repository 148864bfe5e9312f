"""The addresses of «Сверка»."""

from __future__ import annotations

from django.urls import path

from opora.web.gate import open_to
from opora.web.organisation.rights import INSIDE
from opora.web.views.reconciliation.figures import figures, workbook
from opora.web.views.reconciliation.overview import reconciliation
from opora.web.views.reconciliation.sheet import cell, sheet

_GATE = open_to(*INSIDE)
_OF_A_YEAR = "reconciliation/<int:pk>/<int:year>/"

RECONCILIATION = [
    path("reconciliation/", _GATE(reconciliation), name="reconciliation"),
    path(_OF_A_YEAR, _GATE(sheet), name="reconciliation_sheet"),
    path(f"{_OF_A_YEAR}figures/", _GATE(figures), name="reconciliation_figures"),
    path(f"{_OF_A_YEAR}xlsx/", _GATE(workbook), name="reconciliation_template"),
    path(f"{_OF_A_YEAR}<slug:line>/<slug:box>/", _GATE(cell), name="reconciliation_cell"),
]
