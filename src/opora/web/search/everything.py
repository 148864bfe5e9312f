"""All kinds of things that can be found, in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from opora.access.seeing import Standing
from opora.web.search import indicators, pages, people, records
from opora.web.search.found import Found
from opora.web.search.query import Query
from opora.web.search.stems import Stems, stems_of

Finder = Callable[[Standing, Query, Stems, int, int], Found]


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    title: str
    icon: str
    find: Finder


KINDS = (
    Kind("people", "Люди", "person", people.people),
    Kind("organisations", "Организации", "school", records.organisations),
    Kind("indicators", "Показатели", "target", indicators.indicators),
    Kind("documents", "Документы", "document", records.documents),
    Kind("pages", "Разделы", "list", pages.pages),
    Kind("guide", "Руководство", "help", pages.guide),
)


@dataclass(frozen=True, slots=True)
class Group:
    kind: Kind
    found: Found

    @property
    def more(self) -> int:
        return self.found.count - len(self.found.hits)


def find(standing: Standing, query: Query, *, size: int, start: int = 0, kind: str = "") -> Sequence[Group]:
    """The kinds of which there is something; of each the hits from ``start``. ``kind``: that one alone."""
    stems = stems_of(query.words)
    asked = [one for one in KINDS if not kind or one.name == kind]
    groups = [Group(one, one.find(standing, query, stems, start, size)) for one in asked]
    return [group for group in groups if group.found.count]
