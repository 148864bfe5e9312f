"""What a name stands for: section 3 of ``docs/semantics.md``."""

from __future__ import annotations

from dataclasses import dataclass

from opora.indicators.dataset.schema import Column, Kind
from opora.indicators.formula import tree as t
from tests.truth.town import declared
from tests.truth.world import World

TIME_WORDS = ("on", "period_start", "period_end", "programme_start")


class Unresolved(Exception):
    """The name means nothing here."""


@dataclass(frozen=True, slots=True)
class Link:
    """``column`` of the relation's table equals ``own`` of the asking row."""

    column: str
    own: str


def final_column(expr: t.Expr, tables: tuple[str, ...], world: World) -> Column | None:
    """The column in which a path ends, if it ends in one. ``tables``: the row's own, then the enclosing."""
    if isinstance(expr, t.Latest):
        return final_column(expr.path, (expr.relation.table,), world)
    if not isinstance(expr, t.Path):
        return None
    first, rest = expr.parts[0], expr.parts[1:]
    column = own_column(tables[0], first, world)
    if column is not None:
        return _column_after(column, rest, world)
    if first in tables and rest:
        return final_column(t.Path(rest), (first,), world)
    return None


def own_column(table: str, name: str, world: World) -> Column | None:
    """The column of that name, or the one in which the definition of that name ends."""
    column = declared(table).column(name)
    if column is not None:
        return column
    definition = world.definition(table, name)
    return None if definition is None else final_column(definition, (table,), world)


def _column_after(column: Column, rest: tuple[str, ...], world: World) -> Column | None:
    if not rest:
        return column
    if column.kind is not Kind.REF:
        return None
    following = own_column(column.to, rest[0], world)
    return None if following is None else _column_after(following, rest[1:], world)


def choice_column(expr: t.Expr, tables: tuple[str, ...], world: World) -> Column | None:
    column = final_column(expr, tables, world)
    return column if column is not None and column.kind is Kind.CHOICE else None


def code_written(expr: t.Expr, column: Column) -> str | None:
    """The code of the choice that is written opposite it: as a bare name, or by its label in quotes."""
    codes = dict(column.choices)
    if isinstance(expr, t.Path) and len(expr.parts) == 1 and expr.parts[0] in codes:
        return expr.parts[0]
    if isinstance(expr, t.String):
        labels = {label: code for code, label in column.choices}
        return labels.get(expr.value.strip(), expr.value)
    return None


def link_of(relation: t.Relation, table: str) -> Link:
    """How rows of the relation's table belong to a row of ``table``: section 5."""
    if relation.role:
        return Link(relation.role, "id")
    if relation.via:
        return Link(relation.via, relation.via)
    other = declared(relation.table)
    to_us = [column.name for column in other.refs() if column.to == table]
    if table in to_us:
        return Link(table, "id")
    if len(to_us) == 1:
        return Link(to_us[0], "id")
    if to_us:
        raise Unresolved(f"several links from {relation.table} to {table}")
    return _shared(relation.table, table)


def _shared(one: str, other: str) -> Link:
    shared = {(column.name, column.to) for column in declared(one).refs()}
    shared &= {(column.name, column.to) for column in declared(other).refs()}
    for name in ("person", "association", "organisation"):
        if name in {column for column, _ in shared}:
            return Link(name, name)
    raise Unresolved(f"no link from {one} to {other}")
