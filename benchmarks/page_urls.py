"""Which pages are measured: every address of Opora, each for the largest thing that it can show.

A new page comes in by itself if it asks for nothing, or only for what ``LARGEST`` knows; else it is listed as not
measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from benchmarks.page_home import CODE, actor, town, version

APART = ("account", "invitation", "health", "appearance", "mfa", "design", "office")
"""Beginnings of addresses of no list, card or indicator: one's own account, and the back office of administrators."""


@dataclass(frozen=True, slots=True)
class Page:
    name: str
    path: str


def measured() -> tuple[list[Page], list[str]]:
    """Pages, and the names of those for which nothing can be found to show."""
    from django.urls import URLPattern, reverse

    from opora.web.urls import urlpatterns

    found, left = [], []
    known = largest()
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern)
        route, name = str(pattern.pattern), str(pattern.name)
        if route.startswith(APART):
            continue
        arguments = _arguments(route, list(pattern.pattern.converters), known)
        if arguments is None:
            left.append(name)
        else:
            found.append(Page(name, reverse(name, kwargs=arguments) + _question(name)))
    return found, left


def _arguments(route: str, names: list[str], known: dict[str, dict[str, Any]]) -> dict[str, Any] | None:
    given = next((values for start, values in known.items() if route.startswith(start)), {})
    return {name: given[name] for name in names} if set(names) <= set(given) else None


def _question(name: str) -> str:
    """What a page is asked besides, where without it there is nothing to show."""
    return f"?{urlencode({'person-find': surnames()[0]})}" if name == "row_choose" else ""


def largest() -> dict[str, dict[str, Any]]:
    """By the beginning of an address: of which thing it is asked."""
    from opora.cycle.oo1.lines import last_year
    from opora.registry.scope import scope

    with scope([town().pk], actor()):
        person = _most("training", "person_id")
        organisation = _most("employment", "organisation_id")
        course = _course(person)
    form = {"pk": organisation, "year": last_year(_today()), "line": "all", "box": "total"}
    return {
        "people/": {"pk": person},
        "organisations/": {"pk": organisation},
        "reconciliation/": form,
        "indicators/": {"pk": version().pk, "code": CODE},
        "guide/<": {"name": "obzor"},
        "lists/<slug:what>/choose/": {"what": "training", "field": "person"},
        "lists/<slug:what>/fill/": {"what": "training", "field": "document_number"},
        "lists/": {"what": "training", "table": "training", "pk": course},
    }


def _most(table: str, column: str) -> int:
    """Of what most rows of the table tell; in a scope."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1")
        return int(cursor.fetchone()[0])


def _course(person: int) -> int:
    """A course of hers, the newest; in a scope."""
    from opora.learning.models import Training

    return int(Training.objects.filter(person_id=person, archived_at=None).latest("pk").pk)


def _today() -> Any:
    from django.utils import timezone

    return timezone.localdate()


Asked = Callable[[], str]


def surnames() -> list[str]:
    """Beginnings of names that are there, to search for."""
    from opora.people.models import Person
    from opora.registry.scope import scope

    with scope([town().pk], actor()):
        names = Person.objects.exclude(last_name=None).order_by("pk").values_list("last_name", flat=True)[:400]
        return sorted({str(name)[:4] for name in names})[:40]
