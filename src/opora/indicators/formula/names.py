"""Where a name in a formula leads; how one table is related to another."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from opora.indicators.dataset.schema import Column, Kind, Table
from opora.indicators.dataset.tables import TABLES
from opora.indicators.formula.bound import InstantName

INSTANTS: tuple[InstantName, ...] = get_args(InstantName)

SHARED_LINKS = ("person", "association", "organisation")
"""REF columns by which two tables are linked where neither refers to the other; the first that fits is taken."""


MANY_TABLES = 4
"""A column that more tables have says nothing about which of them was meant."""


LONGEST_QUOTE = 60


def short(name: str) -> str:
    """The name as a message may quote it."""
    return name if len(name) <= LONGEST_QUOTE else f"{name[:LONGEST_QUOTE]}…"


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """«; возможно, вы имели в виду …», or nothing where no known name is near."""
    near = difflib.get_close_matches(name, [one for one in known if len(one) > 2], n=2, cutoff=0.7)
    return f"; возможно, вы имели в виду {' или '.join(f'«{one}»' for one in near)}" if near else ""


def where_it_is(name: str) -> str:
    """«; такой столбец есть в таблице …»: for a column that was looked for in the wrong table."""
    tables = [table.name for table in TABLES.values() if table.column(name)]
    if not tables or len(tables) > MANY_TABLES:
        return ""
    return f"; такой столбец есть в таблиц{'е' if len(tables) == 1 else 'ах'} {', '.join(tables)}"


@dataclass(frozen=True, slots=True)
class Link:
    own: str
    theirs: str


class NoLink(Exception):
    """Two tables are not linked as the formula says; the message is in Russian."""


def find_link(asking: Table, related: Table, role: str | None, via: str | None) -> Link:
    """How rows of ``related`` belong to a row of ``asking`` (docs/semantics.md, section 5)."""
    if role is not None:
        return _by_role(asking, related, role)
    if via is not None:
        return _by_shared(asking, related, via)
    direct = [column.name for column in related.refs() if column.to == asking.name]
    if asking.name in direct:
        return Link(asking.key, asking.name)
    if len(direct) > 1:
        raise NoLink(
            f"Таблица {related.name} связана с {asking.name} несколькими ролями: уточните, например, "
            + " или ".join(f"{related.name} as {name}" for name in direct)
        )
    if direct:
        return Link(asking.key, direct[0])
    for name in SHARED_LINKS:
        if _shared(asking, related, name):
            return Link(name, name)
    raise NoLink(f"Таблица {related.name} не связана с таблицей {asking.name}{_ways(asking, related)}")


def _by_role(asking: Table, related: Table, role: str) -> Link:
    column = related.column(role)
    if column is None or column.kind is not Kind.REF or column.to != asking.name:
        roles = [one.name for one in related.refs() if one.to == asking.name]
        listed = f"; роли: {', '.join(roles)}" if roles else ""
        raise NoLink(f"В таблице {related.name} нет роли «{role}» для {asking.name}{listed}")
    return Link(asking.key, role)


def _by_shared(asking: Table, related: Table, via: str) -> Link:
    if not _shared(asking, related, via):
        raise NoLink(f"Столбца «{via}» нет в обеих таблицах, {asking.name} и {related.name}{_ways(asking, related)}")
    return Link(via, via)


def _shared(asking: Table, related: Table, name: str) -> bool:
    ours, theirs = asking.column(name), related.column(name)
    if ours is None or theirs is None or ours.kind is not theirs.kind:
        return False
    return ours.kind is Kind.TEXT or (ours.kind is Kind.REF and ours.to == theirs.to)


def _ways(asking: Table, related: Table) -> str:
    ways = [column.name for column in related.columns if _shared(asking, related, column.name)]
    return f"; можно связать через via {', '.join(ways)}" if ways else ""


def reached(column: Column) -> Table:
    """The table to which a REF column points."""
    return TABLES[column.to]


def about_a_person(table: Table) -> bool:
    """Whether a row of the table speaks of one named person."""
    return table.name == "person" or any(column.to == "person" for column in table.refs())
