"""Counted things and the value of an indicator: sections 6 and 7 of ``docs/semantics.md``."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

from opora.indicators.dataset.tables import TABLES
from opora.indicators.formula import tree as t
from opora.indicators.formula.parse import parse
from tests.truth.brute import Scope, code, summary, value, window_start
from tests.truth.estimates import Estimate, combined, compared_estimates, exactly
from tests.truth.intervals import sum_bounds
from tests.truth.names import TIME_WORDS, Unresolved
from tests.truth.town import Cell, Context, Row, Town, declared
from tests.truth.windows import (
    FALSE,
    TRUE,
    UNKNOWN,
    Bounds,
    bounds_of,
    default_bounds,
    on_the_date,
    row_code,
    start_of,
)
from tests.truth.world import Definitions, World

Indicator = Mapping[str, object]
"""As in a programme: ``share`` + ``of``, ``count``, ``ratio`` {of, to}, ``value`` or ``yes_if``; also ``once_per`` and
``exclude``."""

Grouping = Callable[[str, Row], tuple[int, int]]
"""Table and row of a counted thing → whether it is in the group, and whether what the share asks is true within it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the engine's ``Value`` must be. ``n`` and ``total`` only where the number is "n of N"."""

    value: float | None
    low: float | None
    high: float | None
    n: float | None = None
    total: float | None = None
    unknown: float = 0
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Things:
    """What ``of:`` counts."""

    table: str
    moment: t.Moment
    window: t.Window | None
    rest: tuple[t.Expr, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One counted thing: its code ``d`` in the denominator and ``c`` in the numerator."""

    row: Row
    d: int
    c: int


@dataclass(frozen=True, slots=True)
class Count:
    """How a count is made: the world, and the settings of the indicator."""

    world: World
    exclude: t.Expr | None = None
    once_per_person: bool = False
    grouping: Grouping | None = None
    scope: Sequence[Cell] | None = None
    """The municipalities whose lists must be complete; None: all."""
    unknowns: dict[t.Expr, float] = field(default_factory=dict)
    """By aggregate: how many things it does not know."""
    partials: set[t.Expr] = field(default_factory=set)
    """Aggregates whose list of things may lack some."""


# ── things and their codes ───────────────────────────────────────────────────────────────────────────────────────


def things_of(of: t.Expr, exclude: t.Expr | None = None) -> Things:
    items = of.items if isinstance(of, t.AllOf) else (of,)
    first, rest = items[0], items[1:]
    if _bare_table(first):
        things = Things(_table_name(first), "during", None, rest)
    elif isinstance(first, t.InWindow) and _bare_table(first.value):
        things = Things(_table_name(first.value), first.moment, first.window, rest)
    else:
        things = Things("person", "during", None, items)
    if things.table == "person" and exclude is not None:
        return Things("person", things.moment, things.window, (*things.rest, t.Negate(exclude)))
    return things


def _bare_table(expr: t.Expr) -> bool:
    return isinstance(expr, t.Path) and len(expr.parts) == 1 and expr.parts[0] in TABLES


def _table_name(expr: t.Expr) -> str:
    assert isinstance(expr, t.Path)
    return expr.parts[0]


def cases(of: t.Expr, condition: t.Expr | None, count: Count) -> list[Case]:
    """Every row of the things' table with its codes; without a condition, all are in the numerator."""
    things = things_of(of, count.exclude)
    found = [_case(things, row, condition, count) for row in count.world.rows(things.table)]
    return _once_per_person(things.table, found) if count.once_per_person else found


def _case(things: Things, row: Row, condition: t.Expr | None, count: Count) -> Case:
    scope = Scope(count.world, ((things.table, row),))
    parts = [_window_code(things, scope)] + [code(item, scope) for item in things.rest]
    belongs, has = (TRUE, TRUE) if count.grouping is None else count.grouping(things.table, row)
    return Case(row, min(*parts, belongs), min(has, TRUE if condition is None else code(condition, scope)))


def _window_code(things: Things, scope: Scope) -> int:
    table, context = declared(things.table), scope.world.context
    bounds: Bounds | None = default_bounds(table, context)
    if things.window is not None:
        bounds = bounds_of(things.window, window_start(things.window, scope), context)
    return row_code(table, scope.row, things.moment, bounds)


def _once_per_person(table: str, found: list[Case]) -> list[Case]:
    """The rows of one person joined; rows without a person are left out."""
    if table == "person":
        return found
    if declared(table).column("person") is None:
        raise Unresolved(f"{table} has no person")
    by_person: dict[object, list[Case]] = {}
    for case in found:
        if case.row.get("person") is not None:
            by_person.setdefault(case.row["person"], []).append(case)
    return [
        Case(rows[0].row, max(case.d for case in rows), max(min(case.d, case.c) for case in rows))
        for rows in by_person.values()
    ]


def is_partial(of: t.Expr, count: Count) -> bool:
    """Whether the list of things itself may lack some, in any municipality of the scope."""
    things, world = things_of(of), count.world
    table = "employment" if things.table == "person" else things.table
    bounds = on_the_date(world.context) if things.table == "person" else _thing_bounds(things, world)
    return not all(world.complete(table, place, bounds) for place in (count.scope or world.municipalities()))


def _thing_bounds(things: Things, world: World) -> Bounds | None:
    """The window of the things; if it begins with the row itself, it may begin at any time."""
    if things.window is None:
        return default_bounds(declared(things.table), world.context)
    start = start_of(things.window)
    if isinstance(start, t.Path) and start.parts[0] not in TIME_WORDS:
        return Bounds(None, world.context.after)
    no_row: Scope = Scope(world, ((things.table, {}),))
    return bounds_of(things.window, window_start(things.window, no_row), world.context)


# ── values ───────────────────────────────────────────────────────────────────────────────────────────────────────


def evaluate(
    indicator: Indicator,
    town: Town,
    context: Context,
    definitions: Definitions,
    grouping: Grouping | None = None,
) -> Answer:
    world = World(town, context, definitions)
    return answer(indicator, world, grouping)


def answer(
    indicator: Indicator, world: World, grouping: Grouping | None = None, scope: Sequence[Cell] | None = None
) -> Answer:
    if "reported" in indicator:
        return _reported(str(indicator["reported"]), str(indicator["code"]), world)
    count = Count(world, _exclusion(indicator), indicator.get("once_per") == "person", grouping, scope)
    if "share" in indicator:
        return share_answer(_tree(indicator, "share"), _tree(indicator, "of"), count)
    if "count" in indicator:
        return _count_answer(_tree(indicator, "count"), count)
    if "ratio" in indicator:
        ratio = indicator["ratio"]
        assert isinstance(ratio, Mapping)
        of, to = (estimate(parse(str(ratio[side])), count) for side in ("of", "to"))
        return _number(combined("/", of, to), count)
    if "value" in indicator:
        return _number(estimate(_tree(indicator, "value"), count), count)
    return _yes_no(_tree(indicator, "yes_if"), count)


def _tree(indicator: Indicator, key: str) -> t.Expr:
    return parse(str(indicator[key]))


def _exclusion(indicator: Indicator) -> t.Expr | None:
    written = indicator.get("exclude")
    return None if written in (None, "none") else parse(str(written))


def share_answer(condition: t.Expr, of: t.Expr, count: Count) -> Answer:
    return share_of(cases(of, condition, count), is_partial(of, count))


def share_of(found: Sequence[Case], partial: bool) -> Answer:
    sure = [sum(case.d == TRUE and case.c == k for case in found) for k in (FALSE, UNKNOWN, TRUE)]
    maybe = [sum(case.d == UNKNOWN and case.c == k for case in found) for k in (FALSE, UNKNOWN, TRUE)]
    f, u, n = sure
    total, unknown = n + f, u + sum(maybe)
    low = _fraction(n, n + f + u + maybe[FALSE] + maybe[UNKNOWN])
    high = _fraction(n + u + maybe[UNKNOWN] + maybe[TRUE], n + u + f + maybe[UNKNOWN] + maybe[TRUE])
    if low is None and maybe[TRUE]:
        low = 1.0
    if high is None and maybe[FALSE]:
        high = 0.0
    if partial:
        something = total > 0 or unknown > 0
        low, high = (0.0, 1.0) if something else (None, None)
    return Answer(_fraction(n, total), low, high, n, total, unknown, partial)


def _fraction(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _count_answer(of: t.Expr, count: Count) -> Answer:
    return count_of(cases(of, None, count), is_partial(of, count))


def count_of(found: Sequence[Case], partial: bool) -> Answer:
    n = sum(case.d == TRUE for case in found)
    unknown = sum(case.d == UNKNOWN for case in found)
    return Answer(n, n, None if partial else n + unknown, n, None, unknown, partial)


def _number(found: Estimate, count: Count) -> Answer:
    high = None if found.high is None or math.isinf(found.high) else found.high
    unknown = sum(count.unknowns.values())
    return Answer(found.value, found.low, high, unknown=unknown, partial=bool(count.partials))


def _yes_no(condition: t.Expr, count: Count) -> Answer:
    decided, no_data = judged(condition, count)
    unknown = sum(count.unknowns.values())
    if decided != UNKNOWN:
        verdict = 1.0 if decided == TRUE else 0.0
        return Answer(verdict, verdict, verdict, unknown=unknown)
    return Answer(None, None, None, unknown=unknown) if no_data else Answer(None, 0.0, 1.0, unknown=unknown)


def _reported(form: str, question: str, world: World) -> Answer:
    answers = _answers(question)
    written: dict[str, Indicator] = {
        "share": {"value": f"sum(value of {answers}) / sum(base of {answers})"},
        "count": {"value": f"sum(value of {answers})"},
        "yes": {"yes_if": f"mean(value of {answers}) > 0"},
    }
    return answer(written[form], world)


def _answers(question: str) -> str:
    return f'last_answer and question = "{question}"'


def judged(condition: t.Expr, count: Count) -> tuple[int, bool]:
    """The code of a ``yes_if``, and whether a number in it has no value."""
    if isinstance(condition, t.AllOf | t.AnyOf):
        parts = [judged(item, count) for item in condition.items]
        choose = min if isinstance(condition, t.AllOf) else max
        return choose(part[0] for part in parts), any(part[1] for part in parts)
    if isinstance(condition, t.Negate):
        decided, no_data = judged(condition.item, count)
        return 2 - decided, no_data
    if isinstance(condition, t.Compare):
        comparisons = [(condition.op, condition.left, condition.right)]
    elif isinstance(condition, t.Between):
        comparisons = [(">=", condition.value, condition.low), ("<=", condition.value, condition.high)]
    else:
        raise Unresolved(f"not a comparison of aggregates: {condition}")
    codes, missing = [], False
    for op, left, right in comparisons:
        codes.append(compared_estimates(op, estimate(left, count), estimate(right, count)))
        missing = missing or any(estimate(side, count).value is None for side in (left, right))
    return min(codes), missing


def estimate(expr: t.Expr, count: Count) -> Estimate:
    """A number over all counted things, with its bounds."""
    if isinstance(expr, t.Number | t.Percent):
        return exactly(expr.value)
    if isinstance(expr, t.Arithmetic):
        return combined(expr.op, estimate(expr.left, count), estimate(expr.right, count))
    if isinstance(expr, t.Share):
        found = share_answer(expr.condition, expr.of, count)
        count.unknowns[expr] = found.unknown
        if found.partial:
            count.partials.add(expr)
        return Estimate(found.value, found.low, found.high)
    assert isinstance(expr, t.Aggregate)
    if is_partial(expr.of, count):
        count.partials.add(expr)
    of_function = {"count": _counted, "people": _people, "sum": _sum}.get(expr.function, _exact)
    return of_function(expr, count)


def _counted(expr: t.Aggregate, count: Count) -> Estimate:
    found = _count_answer(expr.of, count)
    count.unknowns[expr] = found.unknown
    return Estimate(found.value, found.low, math.inf if found.high is None else found.high)


def _people(expr: t.Aggregate, count: Count) -> Estimate:
    once = replace(count, once_per_person=True)
    return _counted(expr, once)


def _values(expr: t.Aggregate, count: Count) -> list[tuple[int, object]]:
    """Of each thing that is or may be counted: its code and its value."""
    table = things_of(expr.of).table
    assert expr.value is not None
    return [
        (case.d, value(expr.value, Scope(count.world, ((table, case.row),))))
        for case in cases(expr.of, None, count)
        if case.d != FALSE
    ]


def _sum(expr: t.Aggregate, count: Count) -> Estimate:
    values = _values(expr, count)
    sure = [_number_of(found) for d, found in values if d == TRUE]
    doubtful = [_number_of(found) for d, found in values if d == UNKNOWN]
    some_empty = any(found is None for _, found in values)
    count.unknowns[expr] = sum(d == UNKNOWN or found is None for d, found in values)
    bounds = sum_bounds(sure, doubtful, bounded=not some_empty and not is_partial(expr.of, count))
    total = math.fsum(sure)
    return Estimate(total, None, None) if math.isinf(bounds.low) else Estimate(total, bounds.low, bounds.high)


def _exact(expr: t.Aggregate, count: Count) -> Estimate:
    """Mean, least or greatest of the known values."""
    values = _values(expr, count)
    known = [_number_of(found) for d, found in values if d == TRUE and found is not None]
    unknown = sum(d == UNKNOWN or found is None for d, found in values)
    count.unknowns[expr] = unknown
    if not known:
        return Estimate(None, None, None)
    result = _number_of(summary(expr.function, known))
    return Estimate(result, None, None) if unknown or is_partial(expr.of, count) else exactly(result)


def _number_of(found: object) -> float:
    if found is None:
        return 0
    assert isinstance(found, int | float), f"not a number: {found}"
    return found


# ── row by row ───────────────────────────────────────────────────────────────────────────────────────────────────


def rows_of(indicator: Indicator, world: World) -> list[Case]:
    """The things of a ``share`` or a ``count``, each with its codes (c = 2 for a ``count``)."""
    of = _tree(indicator, "of" if "share" in indicator else "count")
    condition = _tree(indicator, "share") if "share" in indicator else None
    return cases(of, condition, Count(world, _exclusion(indicator)))


def codes(indicator: Indicator, town: Town, context: Context, definitions: Definitions) -> dict[str, tuple[int, int]]:
    """By key of the thing: its codes in the denominator and in the numerator."""
    found = rows_of(indicator, World(town, context, definitions))
    return {str(case.row["id"]): (case.d, case.c) for case in found}


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator in full."""

    answer: Answer
    by_row: Mapping[Cell, Answer]
    """By key, of a ``share`` or a ``count``: the value if the thing were the only one."""
    codes: Mapping[str, set[int]]
    """What came out: of the condition of a share, of a count, or of each aggregate inside."""


def measured(indicator: Indicator, world: World) -> Measured:
    if "share" in indicator or "count" in indicator:
        return _measured_rows(indicator, world)
    count, found = Count(world, _exclusion(indicator)), {}
    for expr in dict.fromkeys(aggregates_of(indicator)):
        if isinstance(expr, t.Share):
            found[str(expr)] = {case.c for case in cases(expr.of, expr.condition, count) if case.d != FALSE}
        else:
            found[str(expr)] = {case.d for case in cases(expr.of, None, count)}
    return Measured(answer(indicator, world), {}, found)


def _measured_rows(indicator: Indicator, world: World) -> Measured:
    of, rows = denominators_of(indicator)[0], rows_of(indicator, world)
    partial, table = is_partial(of, Count(world)), things_of(of).table
    join = _once_per_person if indicator.get("once_per") == "person" else lambda _, some: some
    total = share_of if "share" in indicator else count_of
    if "share" in indicator:
        seen = {"share": {case.c for case in rows if case.d != FALSE}}
    else:
        seen = {"count": {case.d for case in rows}}
    own = {"territory": lambda row: row["id"], "organisation": lambda row: row.get("municipality")}.get(table)
    by_row = {}
    for case in rows:
        lacking = partial if own is None else is_partial(of, Count(world, scope=[own(case.row)]))
        by_row[case.row["id"]] = total(join(table, [case]), lacking)
    return Measured(total(join(table, rows), partial), by_row, seen)


def trees_of(indicator: Indicator) -> list[t.Expr]:
    """Every formula of the indicator as a reader meets them: ``share`` before ``of``."""
    ratio = indicator.get("ratio")
    sides = list(ratio.values()) if isinstance(ratio, Mapping) else []
    names = ("share", "of", "count", "value", "yes_if")
    return [parse(str(text)) for text in (*(indicator[name] for name in names if name in indicator), *sides)]


def aggregates_of(indicator: Indicator) -> list[t.Aggregate | t.Share]:
    return [found for tree in trees_of(indicator) for found in _aggregates(tree)]


def denominators_of(indicator: Indicator) -> list[t.Expr]:
    """What is counted: one condition, or that of each aggregate."""
    for name in ("of", "count"):
        if name in indicator:
            return [parse(str(indicator[name]))]
    if "reported" in indicator:
        return [parse(_answers(str(indicator["code"])))]
    return [aggregate.of for aggregate in aggregates_of(indicator)]


def _aggregates(node: object) -> Iterator[t.Aggregate | t.Share]:
    if isinstance(node, t.Aggregate | t.Share):
        yield node
    elif isinstance(node, t.Node):
        for part in fields(node):
            yield from _aggregates(getattr(node, part.name))
    elif isinstance(node, tuple):
        for item in node:
            yield from _aggregates(item)
