"""Pages of Opora itself, and of its guide."""

from __future__ import annotations

from functools import cache

from django.urls import reverse

from opora.access.seeing import Standing
from opora.web.guide.html import words_of
from opora.web.guide.texts import INDEX, texts
from opora.web.layout.navigation import entries_for
from opora.web.search.found import Found, Hit, of_list
from opora.web.search.query import Query, words_in
from opora.web.search.stems import Stems, fits, says, telling


def pages(standing: Standing, query: Query, stems: Stems, start: int, size: int) -> Found:
    hits = [
        Hit(entry.title, reverse(entry.name), "" if entry.title == section.title else section.title)
        for section, entry in entries_for(standing.roles)
        if says(f"{entry.title} {section.title}", query, stems)
    ]
    return of_list(hits, start, size)


def guide(standing: Standing, query: Query, stems: Stems, start: int, size: int) -> Found:
    """First those of which the title says it."""
    readings = telling(query, stems)
    answering = [one for one in texts().values() if any(fits(_words(one.name), reading) for reading in readings)]
    answering.sort(key=lambda one: not says(one.title, query, stems))
    return of_list([Hit(one.title, _address(one.name)) for one in answering], start, size)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(words_in(words_of(name)))


def _address(name: str) -> str:
    return reverse("guide_contents") if name == INDEX else reverse("guide", args=[name])
