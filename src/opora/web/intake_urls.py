"""The addresses of «Приём сведений»."""

from __future__ import annotations

from django.urls import path

from opora.web.gate import open_to
from opora.web.intake.batch import batch
from opora.web.intake.files import files
from opora.web.intake.lines import lines
from opora.web.intake.reach import TAKES_IN
from opora.web.intake.starting import intake

_GATE = open_to(*TAKES_IN)

INTAKE = [
    path("intake/", _GATE(intake), name="intake"),
    path("intake/<int:pk>/", _GATE(batch), name="intake_batch"),
    path("intake/<int:pk>/files/", _GATE(files), name="intake_files"),
    path("intake/<int:pk>/lines/", _GATE(lines), name="intake_lines"),
]
