"""Any tree of the grammar, and a text for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import singledispatch

from hypothesis import strategies as st

from opora.indicators.formula import tree as t

Draw = st.SearchStrategy

# Among the names are those that begin with a word of the language, and words that are names where a name must stand.
_WRITTEN = (
    "age born educator organisation training passed since until on period_start years everyone notable inner order "
    "island hash countries oreder andante rates by_year ofsted x _a b2"
)
NAMES = _WRITTEN.split()


def trees() -> Draw[t.Expr]:
    return st.recursive(_leaves(), _grown, max_leaves=12)


def _leaves() -> Draw[t.Expr]:
    return st.one_of(_numbers(), _dates(), _strings(), paths(), durations())


def _numbers() -> Draw[t.Expr]:
    return st.builds(t.Number, st.integers(0, 10**6).map(lambda n: n / 1000)) | st.builds(t.Percent, _fractions())


def _fractions() -> Draw[float]:
    """As a percent with one digit after the point is read."""
    return st.integers(0, 2000).map(lambda n: float(f"{n / 10}") / 100)


def _dates() -> Draw[t.Date]:
    return st.builds(t.Date, st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)))


def _strings() -> Draw[t.String]:
    return st.builds(t.String, st.text("абвё ()#«».,<=-59", max_size=8))


def durations() -> Draw[t.Duration]:
    units: Draw[t.Unit] = st.sampled_from(["year", "month", "day"])
    return st.builds(t.Duration, st.integers(0, 400), units)


def paths() -> Draw[t.Path]:
    return st.builds(t.Path, st.lists(st.sampled_from(NAMES), min_size=1, max_size=3).map(tuple))


def windows() -> Draw[t.Window]:
    return st.one_of(
        st.builds(t.InPeriod, st.booleans()),
        st.builds(t.Within, durations(), st.none() | paths()),
        st.builds(t.Since, paths() | _dates()),
        st.builds(t.OnDate, paths()),
        st.just(t.Ever()),
    )


def _moments() -> Draw[t.Moment]:
    return st.sampled_from(["during", "began", "ended"])


def _relations(expr: Draw[t.Expr]) -> Draw[t.Relation]:
    name = st.sampled_from(NAMES)
    return st.builds(
        t.Relation, name, st.none() | name, st.none() | name, st.none() | expr, _moments(), st.none() | windows()
    )


def _quantities() -> Draw[t.Quantity]:
    bounds: Draw[t.Bound] = st.sampled_from(["at least", "at most", "exactly"])
    number = st.integers(0, 99).map(float)
    of_rows = st.builds(t.Quantity, bounds, number, st.sampled_from(["times", "people"]))
    return of_rows | st.builds(t.Quantity, bounds, _fractions(), st.just("share"))


def _grown(expr: Draw[t.Expr]) -> Draw[t.Expr]:
    several = st.lists(expr, min_size=2, max_size=3)
    relations = _relations(expr)
    functions = st.sampled_from(["sum", "mean", "min", "max"])
    return st.one_of(
        several.map(lambda items: t.AllOf(_flat(items, t.AllOf))),
        several.map(lambda items: t.AnyOf(_flat(items, t.AnyOf))),
        st.builds(t.Negate, expr),
        st.builds(t.Compare, st.sampled_from(["<", "<=", "=", "!=", ">=", ">"]), expr, expr),
        st.builds(t.Between, expr, expr, expr),
        st.builds(t.OneOf, expr, st.lists(expr, min_size=1, max_size=3).map(tuple)),
        st.builds(t.Known, expr, st.booleans()),
        st.builds(t.InWindow, expr, windows(), _moments()),
        st.builds(t.Arithmetic, st.sampled_from(["+", "-", "*", "/"]), expr, expr),
        st.builds(t.Years, expr, expr),
        st.builds(t.Has, relations, st.none() | _quantities()),
        st.builds(t.Every, relations, expr),
        st.builds(t.Latest, relations, paths()),
        st.builds(t.RowAggregate, st.sampled_from(["count", "people"]), relations),
        st.builds(t.RowAggregate, functions, relations, paths()),
        st.builds(t.Aggregate, st.sampled_from(["count", "people"]), expr),
        st.builds(t.Aggregate, functions, expr, expr),
        st.builds(t.Share, expr, expr),
    )


def _flat(items: list[t.Expr], kind: type[t.AllOf | t.AnyOf]) -> tuple[t.Expr, ...]:
    return tuple(inner for item in items for inner in (item.items if isinstance(item, kind) else (item,)))


# ── a text for a tree ────────────────────────────────────────────────────────────────────────────────────────────

_SUMS = (t.Arithmetic,)
_OPERANDS = (
    t.Number,
    t.Percent,
    t.Duration,
    t.Date,
    t.String,
    t.Path,
    t.Years,
    t.Latest,
    t.RowAggregate,
    t.Aggregate,
    t.Share,
)


def written(node: t.Node) -> str:
    """The tree as text, with no more brackets than it needs (a few more round aggregates of rows)."""
    return _written(node)


@singledispatch
def _written(node: t.Node) -> str:
    raise AssertionError(node)


def _rule(kind: type[t.Node]) -> Callable[[Callable[..., str]], Callable[..., str]]:
    return _written.register(kind)


def _bracketed(node: t.Node) -> str:
    return f"({written(node)})"


def _sum(node: t.Expr) -> str:
    return written(node) if isinstance(node, _OPERANDS + _SUMS) else _bracketed(node)


def _operand(node: t.Expr) -> str:
    return written(node) if isinstance(node, _OPERANDS) else _bracketed(node)


def _before_window(node: t.Expr) -> str:
    """Where a window or «in (…)» follows, it would be taken for that of the rows."""
    return _bracketed(node) if any(isinstance(one, t.RowAggregate) for one in _last(node)) else _sum(node)


def _last(node: t.Expr) -> list[t.Expr]:
    return [node, *_last(node.right)] if isinstance(node, t.Arithmetic) else [node]


def decimal(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


@_rule(t.Number)
def _(node: t.Number) -> str:
    return decimal(node.value)


@_rule(t.Percent)
def _(node: t.Percent) -> str:
    return f"{decimal(node.value * 100)}%"


@_rule(t.Duration)
def _(node: t.Duration) -> str:
    return f"{node.amount} {node.unit}{'' if node.amount == 1 else 's'}"


@_rule(t.Date)
def _(node: t.Date) -> str:
    return node.value.isoformat()


@_rule(t.String)
def _(node: t.String) -> str:
    return f'"{node.value}"'


@_rule(t.Path)
def _(node: t.Path) -> str:
    return ".".join(node.parts)


@_rule(t.AllOf)
def _(node: t.AllOf) -> str:
    return " and ".join(_bracketed(one) if isinstance(one, t.AnyOf) else written(one) for one in node.items)


@_rule(t.AnyOf)
def _(node: t.AnyOf) -> str:
    return " or ".join(written(one) for one in node.items)


@_rule(t.Negate)
def _(node: t.Negate) -> str:
    return f"not {_bracketed(node.item) if isinstance(node.item, (t.AllOf, t.AnyOf)) else written(node.item)}"


@_rule(t.Compare)
def _(node: t.Compare) -> str:
    return f"{_sum(node.left)} {node.op} {_sum(node.right)}"


@_rule(t.Between)
def _(node: t.Between) -> str:
    return f"{_sum(node.value)} between {_sum(node.low)} and {_sum(node.high)}"


@_rule(t.OneOf)
def _(node: t.OneOf) -> str:
    return f"{_before_window(node.value)} in ({', '.join(map(_sum, node.options))})"


@_rule(t.Known)
def _(node: t.Known) -> str:
    return f"{_sum(node.value)} is {'known' if node.known else 'unknown'}"


@_rule(t.InWindow)
def _(node: t.InWindow) -> str:
    return " ".join([_before_window(node.value), *_moment(node.moment), written(node.window)])


@_rule(t.Arithmetic)
def _(node: t.Arithmetic) -> str:
    if node.op in "+-":
        right_is_sum = isinstance(node.right, t.Arithmetic) and node.right.op in "+-"
        return f"{_sum(node.left)} {node.op} {_bracketed(node.right) if right_is_sum else _sum(node.right)}"
    left_is_product = isinstance(node.left, t.Arithmetic) and node.left.op in "*/"
    return f"{written(node.left) if left_is_product else _operand(node.left)} {node.op} {_operand(node.right)}"


@_rule(t.Years)
def _(node: t.Years) -> str:
    return f"years({_sum(node.start)}, {_sum(node.end)})"


@_rule(t.Relation)
def _(node: t.Relation) -> str:
    role = [f"as {node.role}"] if node.role else []
    via = [f"via {node.via}"] if node.via else []
    where = [f"where ({written(node.where)})"] if node.where else []
    window = [written(node.window)] if node.window else []
    return " ".join([node.table, *role, *via, *where, *_moment(node.moment), *window])


def _moment(moment: t.Moment) -> list[str]:
    return [] if moment == "during" else [moment]


@_rule(t.Has)
def _(node: t.Has) -> str:
    return " ".join(["has", written(node.relation), *([written(node.quantity)] if node.quantity else [])])


@_rule(t.Quantity)
def _(node: t.Quantity) -> str:
    number = f"{decimal(node.value * 100)}%" if node.of == "share" else f"{decimal(node.value)} {node.of}"
    return f"{node.bound} {number}"


@_rule(t.Every)
def _(node: t.Every) -> str:
    return f"every {written(node.relation)} satisfies ({written(node.demand)})"


@_rule(t.Latest)
def _(node: t.Latest) -> str:
    plain = node.relation.window is None and node.relation.moment == "during"
    return f"latest {written(node.relation) if plain else _bracketed(node.relation)}.{written(node.path)}"


@_rule(t.RowAggregate)
def _(node: t.RowAggregate) -> str:
    if node.path is None:
        return f"{node.function} of {written(node.relation)}"
    return f"{node.function} of {written(node.path)} over {written(node.relation)}"


@_rule(t.Aggregate)
def _(node: t.Aggregate) -> str:
    if node.value is None:
        return f"{node.function}({written(node.of)})"
    # In brackets, or «within 3 years of» would swallow the «of».
    return f"{node.function}({_bracketed(node.value)} of {written(node.of)})"


@_rule(t.Share)
def _(node: t.Share) -> str:
    return f"share({_bracketed(node.condition)} of {written(node.of)})"


@_rule(t.InPeriod)
def _(node: t.InPeriod) -> str:
    return "in previous period" if node.previous else "in period"


@_rule(t.Within)
def _(node: t.Within) -> str:
    return f"within {written(node.length)}" + (f" of {written(node.of)}" if node.of else "")


@_rule(t.Since)
def _(node: t.Since) -> str:
    return f"since {written(node.start)}"


@_rule(t.OnDate)
def _(node: t.OnDate) -> str:
    return f"on {written(node.day)}"


@_rule(t.Ever)
def _(node: t.Ever) -> str:
    return "ever"
