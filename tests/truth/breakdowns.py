"""Values by group: section 9 of ``docs/semantics.md``."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from opora.indicators.formula import tree as t
from tests.truth.agreement import something
from tests.truth.brute import Scope, code, linked, value
from tests.truth.counts import Answer, Indicator, answer, denominators_of, things_of, trees_of
from tests.truth.names import own_column
from tests.truth.town import Cell, Context, Row, Town, declared
from tests.truth.windows import FALSE, on_the_date, row_code
from tests.truth.world import Definitions, World

Groups = dict[Cell, int]
"""Group (None: «не указано») → code of belonging to it."""

GroupsOf = Callable[[str, Row], Groups]

JOB_PATHS = {
    "organisation": "organisation",
    "municipality": "organisation.municipality",
    "post": "post",
    "staff_group": "staff_group",
    "organisation_kind": "organisation.kind",
}


def breakdown(
    indicator: Indicator, by: str, town: Town, context: Context, definitions: Definitions
) -> dict[Cell, Answer]:
    """The value of each group that has, or may have, at least one counted thing."""
    world = World(town, context, definitions)
    found = {}
    for key in _keys(indicator, by, world):
        result = answer(indicator, world, _grouping(indicator, by, key, world))
        if something(result):
            found[key] = result
    return found


def _keys(indicator: Indicator, by: str, world: World) -> set[Cell]:
    keys: set[Cell] = set()
    for table in {things_of(of).table for of in denominators_of(indicator)}:
        groups = _groups_of(indicator, by, table, world)
        for row in world.rows(table):
            keys |= groups(table, row).keys()
    return keys


def _grouping(indicator: Indicator, by: str, key: Cell, world: World) -> Callable[[str, Row], int]:
    def belongs(table: str, row: Row) -> int:
        return _groups_of(indicator, by, table, world)(table, row).get(key, FALSE)

    return belongs


def _groups_of(indicator: Indicator, by: str, table: str, world: World) -> GroupsOf:
    first = by.split(".", maxsplit=1)[0]
    if table == "person" and by in JOB_PATHS:
        return lambda _, row: _by_jobs(indicator, JOB_PATHS[by], row, world)
    if table == "person" and by == "subject":
        return lambda _, row: _by_rows("teaching", "subject", (), row, world)
    if own_column(table, first, world) is not None:
        return lambda name, row: {_cell(Scope(world, ((name, row),)), by): 2}
    return lambda name, row: _by_relation(indicator, by, name, row, world)


def _cell(scope: Scope, path: str) -> Cell:
    found = value(t.Path(tuple(path.split("."))), scope)
    assert found is None or isinstance(found, str | int | float)
    return found


# ── people, by their jobs ────────────────────────────────────────────────────────────────────────────────────────


def _by_jobs(indicator: Indicator, path: str, row: Row, world: World) -> Groups:
    """Job by job: only the jobs that satisfy what ``of:`` says about a job."""
    (of,) = denominators_of(indicator)
    conditions = tuple(_job_conditions(of, world))
    return _by_rows("employment", path, conditions, row, world)


def _job_conditions(expr: t.Expr, world: World) -> Iterator[t.Expr]:
    """``where`` of each conjunct ``has employment where (…)`` that is not negated, definitions expanded."""
    if isinstance(expr, t.AllOf):
        for item in expr.items:
            yield from _job_conditions(item, world)
    elif isinstance(expr, t.Has) and expr.relation.table == "employment" and expr.quantity is None:
        if expr.relation.where is not None:
            yield expr.relation.where
    elif (definition := _named("person", expr, world)) is not None:
        yield from _job_conditions(definition, world)


def _named(table: str, expr: t.Expr, world: World) -> t.Expr | None:
    if isinstance(expr, t.Path) and len(expr.parts) == 1:
        return world.definition(table, expr.parts[0])
    return None


def _by_rows(table: str, path: str, conditions: tuple[t.Expr, ...], row: Row, world: World) -> Groups:
    """The groups of a person's rows of that table that hold on the date."""
    person = Scope(world, (("person", row),))
    groups: Groups = {}
    for job in world.linked(table, "person", row["id"]):
        scope = person.inside(table, job)
        codes = [row_code(declared(table), job, "during", on_the_date(world.context))]
        codes += [code(condition, scope) for condition in conditions]
        _join(groups, _cell(scope.alone(table, job), path), min(codes))
    return groups


def _join(groups: Groups, key: Cell, found: int) -> None:
    groups[key] = max(groups.get(key, FALSE), found)


# ── by an attribute of the matched rows ──────────────────────────────────────────────────────────────────────────


def _by_relation(indicator: Indicator, by: str, table: str, row: Row, world: World) -> Groups:
    """Through the rows of the first ``has relation`` of the formula."""
    relation, _, path = by.partition(".")
    found = next(
        (has for expr in trees_of(indicator) for has in _relations(expr, table, world) if has.table == relation), None
    )
    assert found is not None, f"no «has {relation}» in {indicator}"
    groups: Groups = {}
    for match in linked(found, Scope(world, ((table, row),)))[0]:
        if match.code != FALSE:
            _join(groups, _cell(match.scope.alone(relation, match.scope.row), path), match.code)
    return groups


def _relations(expr: t.Expr, table: str, world: World) -> Iterator[t.Relation]:
    """Relations asked of the thing itself, in the order of the formula, definitions expanded."""
    if isinstance(expr, t.Has):
        yield expr.relation
    elif isinstance(expr, t.AllOf | t.AnyOf):
        for item in expr.items:
            yield from _relations(item, table, world)
    elif isinstance(expr, t.Negate):
        yield from _relations(expr.item, table, world)
    elif (definition := _named(table, expr, world)) is not None:
        yield from _relations(definition, table, world)
