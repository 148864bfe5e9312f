"""Territories to choose from in a form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from opora.people.models import Territory
from opora.web.forms import TitledChoice


def titled(territories: frozenset[int]) -> QuerySet[Territory]:
    """To choose from: a region before its towns."""
    return Territory.objects.filter(pk__in=territories).order_by("-kind", "title", "pk")


def place_field(territories: frozenset[int], label: str) -> TitledChoice:
    """Asks nothing where there is nothing to choose."""
    every = titled(territories)
    only: dict[str, Any] = (
        {"widget": forms.HiddenInput, "initial": next(iter(territories))} if len(territories) == 1 else {}
    )
    return TitledChoice(every, label=label, empty_label=None, **only)


class PlaceForm(forms.Form):
    """Whose a new row is."""

    def __init__(self, places: frozenset[int], given: Any = None) -> None:
        super().__init__(given)
        self.fields["place"] = place_field(places, "Кто ведёт")
