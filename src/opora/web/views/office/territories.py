"""Of whom the back office tells: the territories in which its reader holds the role that opens the page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from opora.access.roles import Role
from opora.access.seeing import Standing
from opora.people.models import Territory
from opora.web.forms import TitledChoice


def governed(standing: Standing) -> frozenset[int]:
    """Where she is an administrator. Another role in another town opens nothing of that town here."""
    return standing.territories([Role.ADMINISTRATOR])


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
