"""Which page of the guide tells of which page of Opora."""

from __future__ import annotations

from django.urls import reverse

from opora.web.guide.texts import texts

GUIDE_OF = {
    "start": "obzor",
    "indicator": "obzor",
    "heat": "pokazateli-ryadom",
    "region": "pokazateli-ryadom",
    "courses": "kursy",
    "month": "mesyac",
    "organisation": "organizacii",
    "list": "spiski",
    "people": "spiski",
    "row": "spiski",
    "selection": "spiski",
    "reconciliation": "sverka",
    "propos": "kartochka-pedagoga",
    "intake": "priem",
    "search": "poisk",
    "design": "index",
    "person": "kartochka-pedagoga",
    "private": "kartochka-pedagoga",
    "account": "vhod",
    "token": "dlya-programm",
    "mfa_": "vhod",
    "usersessions_": "vhod",
    "office_": "upravlenie",
}
"""By the beginning of an address's name, the longest that fits. A new page needs a line: tests/web/test_guide.py."""


def guide_of(name: str) -> str | None:
    """The name of a page of the guide, by the name of an address."""
    fitting = [beginning for beginning in GUIDE_OF if name.startswith(beginning)]
    return GUIDE_OF[max(fitting, key=len)] if fitting else None


def guide_address(page: str | None) -> str:
    """Empty where the guide has no such page."""
    return reverse("guide", args=[page]) if page in texts() else ""
