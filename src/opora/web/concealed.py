"""Names that a row refers to and that its reader may not see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from opora.access.seeing import Standing, visible_to
from opora.people.models import Person

SOMEBODY = Person(last_name="имя закрыто")
"""Stands in place of a person who is out of the reader's sight; she is nobody in the registry."""


def conceal(rows: Iterable[Any], ways: Sequence[str], standing: Standing) -> set[int]:
    """Puts ``SOMEBODY`` in place of people whom the fields ``ways`` name and whose cards the reader may not see; gives
    the ids of those who are left. The rows are for showing alone: they must not be saved any more. One query."""
    listed = list(rows)
    named = {number for row in listed for way in ways if (number := getattr(row, f"{way}_id", None)) is not None}
    if not named:
        return set()
    seen = set(visible_to(standing, Person).filter(pk__in=named).values_list("pk", flat=True))
    hidden = named - seen
    for row in listed if hidden else ():
        for way in ways:
            if getattr(row, f"{way}_id", None) in hidden:
                setattr(row, way, SOMEBODY)
    return seen
