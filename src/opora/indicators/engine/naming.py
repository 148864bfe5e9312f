"""How a row is called: whose it is, what it is about, where it belongs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from opora.indicators.dataset.schema import Column, Kind, Table, Time
from opora.indicators.dataset.tables import TABLES
from opora.indicators.definitions import Definitions
from opora.indicators.formula.bind import bind_definition
from opora.indicators.formula.kinds import column_of

FULL_NAME = ("last_name", "first_name", "patronymic")
SPEAKING = ("title", "subject", "topic", "question", "text")
"""Columns in whose words a row is known."""
SORTING = ("post", "kind", "category", "area", "measures", "role", "form", "level", "result", "status")
"""Choices that tell a row from others of its table, the most telling first."""
MOST_DETAILS = 2


@dataclass(frozen=True, slots=True)
class Name:
    title: str
    """Whose row it is, or what it is called."""
    detail: str
    """What else tells it from others: a subject, a course, a day."""
    place: str
    """The organisation."""


class Naming:
    """The columns that name the rows of a table, and what to make of them."""

    def __init__(self, table: str, definitions: Definitions, *, whose: bool = True) -> None:
        """``whose``: with the person and the organisation; without, where these are plain from what stands around."""
        self.table = TABLES[table]
        own, details = _paths(self.table) if whose else ([], _details(self.table))
        place = ["organisation.title"] if whose and _has_place(self.table) else []
        paths = {"title": own, "detail": details, "place": place, "date": [_date(self.table)]}
        self.items = {
            f"{part}{number}": bind_definition(path, table, definitions)
            for part, some in paths.items()
            for number, path in enumerate(path for path in some if path)
        }

    def told(self, row: Mapping[str, Any]) -> Name:
        title = " ".join(self._said(row, "title"))
        details = [*self._said(row, "detail"), *self._said(row, "date")]
        if not title and details and self.table.name != "person":
            title = f"{self.table.words.one}: {details.pop(0)}"
        return Name(
            title or f"{self.table.words.one} {row['key']}", ", ".join(details), "".join(self._said(row, "place"))
        )

    def _said(self, row: Mapping[str, Any], part: str) -> list[str]:
        found = [(item, row[name]) for name, item in self.items.items() if name.startswith(part)]
        return [shown(column_of(item), value) for item, value in found if value not in (None, "")]


def shown(column: Column | None, value: object) -> str:
    """A value as it is written in a sheet: a choice by its title, a day as 31.12.2022."""
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, float):
        return f"{round(value, 6):g}".replace(".", ",")
    return column.label(str(value)) if column is not None and column.kind is Kind.CHOICE else str(value)


def owner_of(table: Table) -> Column | None:
    """The reference to the person whose row it is."""
    owner = table.column(table.owner) if table.owner else None
    return table.column("person") or (owner if owner is not None and owner.to == "person" else None)


def _paths(table: Table) -> tuple[list[str], list[str]]:
    """Paths to the words of the title and of the details."""
    if table.name == "person":
        return list(FULL_NAME), []
    details = _details(table)
    if (owner := owner_of(table)) is not None:
        return [f"{owner.name}.{part}" for part in FULL_NAME], details
    return details[:1], details[1:]


def _details(table: Table) -> list[str]:
    """What tells one row from another, the most telling first."""
    speaking = [name for name in SPEAKING if table.column(name)]
    sorting = [name for name in SORTING if (column := table.column(name)) and column.kind is Kind.CHOICE]
    return [*speaking, *_titles_of_others(table), *sorting][:MOST_DETAILS]


def _titles_of_others(table: Table) -> Iterator[str]:
    for column in table.refs():
        if column.to not in ("organisation", "territory", "document") and TABLES[column.to].column("title"):
            yield f"{column.name}.title"


def _has_place(table: Table) -> bool:
    return table.name == "person" or table.column("organisation") is not None


def _date(table: Table) -> str:
    """The day of a fact: without it two meetings of one association are called the same."""
    return table.start if table.time is Time.FACT else ""
