"""Numbers and verdicts in the cells of a table, and the addresses where a number opens."""

from __future__ import annotations

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from opora.cycle.models import ProgrammeVersion
from opora.indicators.results import Verdict
from opora.people.models import Territory
from opora.web.layout.number import Figure, Told


def address_of(version: ProgrammeVersion, place: Territory, code: str) -> str:
    """With the place only where the programme is not its own."""
    found = reverse("indicator", args=[version.pk, code])
    return found if version.municipality_id == place.pk else f"{found}?town={place.pk}"


@dataclass(frozen=True, slots=True)
class FigureCell:
    """A value with n of N below it."""

    figure: Figure

    def __html__(self) -> SafeString:
        number = mark_safe(render_to_string("layout/number.html", {"figure": self.figure}).strip())
        return format_html("{}<small>{}</small>", number, self.figure.out_of) if self.figure.out_of else number

    def __str__(self) -> str:
        return self.figure.words


@dataclass(frozen=True, slots=True)
class VerdictCell:
    verdict: Verdict

    def __html__(self) -> SafeString:
        return mark_safe(render_to_string("layout/verdict.html", {"told": Told(self.verdict)}).strip())

    def __str__(self) -> str:
        return Told(self.verdict).words
