"""Which conditions can never be unknown: those over columns that are never empty."""

from __future__ import annotations

import datetime as dt

from opora.indicators.dataset.schema import Kind, Time
from opora.indicators.formula import tree as t
from tests.truth.counts import Indicator, aggregates_of, things_of, trees_of
from tests.truth.names import choice_column, code_written
from tests.truth.town import Town, calendar_year, declared
from tests.truth.windows import start_of
from tests.truth.world import Definitions, World


def always_decided(indicator: Indicator, definitions: Definitions) -> dict[str, bool]:
    """By part, as in ``counts.inner_codes``."""
    world = World(Town(), calendar_year(dt.date(2022, 1, 1)), definitions)
    if "share" in indicator:
        share, of = trees_of(indicator)
        return {"share": _condition(share, things_of(of).table, world)}
    if "count" in indicator:
        (of,) = trees_of(indicator)
        return {"count": _of(of, world)}
    return {
        str(one): _condition(one.condition, things_of(one.of).table, world)
        if isinstance(one, t.Share)
        else _of(one.of, world)
        for one in aggregates_of(indicator)
    }


def _of(of: t.Expr, world: World) -> bool:
    things = things_of(of)
    table = declared(things.table)
    if (
        table.name == "person"
        or table.time is Time.STATE
        or (things.window is not None and start_of(things.window) is not None)
    ):
        return False
    dated = table.column(table.start)
    in_time = table.time is Time.ENTITY or (dated is not None and dated.required)
    return in_time and all(_condition(item, things.table, world) for item in things.rest)


def _condition(expr: t.Expr, table: str, world: World) -> bool:
    if isinstance(expr, t.Known):
        return True
    if isinstance(expr, t.AllOf | t.AnyOf):
        return all(_condition(item, table, world) for item in expr.items)
    if isinstance(expr, t.Negate):
        return _condition(expr.item, table, world)
    if isinstance(expr, t.Compare):
        return _never_empty(expr.left, table, world) and _written(expr.right, expr.left, table, world)
    if isinstance(expr, t.OneOf):
        return _never_empty(expr.value, table, world)
    if isinstance(expr, t.InWindow):
        return start_of(expr.window) is None and _never_empty(expr.value, table, world)
    return isinstance(expr, t.Path) and _defined(expr, table, world)


def _defined(path: t.Path, table: str, world: World) -> bool:
    """A definition that is always decided, maybe on a row that is always there."""
    first, rest = path.parts[0], path.parts[1:]
    column = declared(table).column(first)
    if column is None:
        definition = world.definition(table, first)
        return definition is not None and not rest and _condition(definition, table, world)
    return bool(rest) and column.required and column.kind is Kind.REF and _defined(t.Path(rest), column.to, world)


def _never_empty(expr: t.Expr, table: str, world: World) -> bool:
    if not isinstance(expr, t.Path):
        return False
    column = declared(table).column(expr.parts[0])
    if column is None or not (column.required or column.name == "id"):
        return False
    return len(expr.parts) == 1 or _never_empty(t.Path(expr.parts[1:]), column.to, world)


def _written(expr: t.Expr, opposite: t.Expr, table: str, world: World) -> bool:
    if isinstance(expr, t.String | t.Number | t.Percent | t.Date):
        return True
    column = choice_column(opposite, (table,), world)
    return column is not None and code_written(expr, column) is not None
