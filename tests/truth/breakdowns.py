"""Values by group: section 9 of ``docs/semantics.md``."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from opora.indicators.formula import tree as t
from opora.indicators.formula.parse import parse
from tests.truth.agreement import something
from tests.truth.brute import Scope, code, linked, value
from tests.truth.counts import Answer, Grouping, Indicator, answer, denominators_of, things_of, trees_of
from tests.truth.names import final_column, own_column
from tests.truth.town import Cell, Context, Row, Town, declared
from tests.truth.windows import FALSE, TRUE, UNKNOWN, on_the_date, row_code
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
        result = answer(indicator, world, _grouping(indicator, by, key, world), _scope(indicator, by, key, world))
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


def _grouping(indicator: Indicator, by: str, key: Cell, world: World) -> Grouping:
    def belongs(table: str, row: Row) -> tuple[int, int]:
        in_numerator = _asked_by_the_share(indicator, by, table, world)
        if in_numerator is not None:
            return TRUE, max(
                _of_related(in_numerator, by, table, row, world).get(key, FALSE),
                _absent(in_numerator, table, row, world),
            )
        return _groups_of(indicator, by, table, world)(table, row).get(key, FALSE), TRUE

    return belongs


def _scope(indicator: Indicator, by: str, key: Cell, world: World) -> list[Cell] | None:
    """The municipality of a group that is a municipality or an organisation."""
    table = things_of(denominators_of(indicator)[0]).table
    path, start = (JOB_PATHS[by], "employment") if table == "person" and by in JOB_PATHS else (by, table)
    column = final_column(t.Path(tuple(path.split("."))), (start,), world)
    to = "territory" if by == "municipality" else "" if column is None else column.to
    if key is None or to not in ("territory", "organisation"):
        return None
    return [key if to == "territory" else world.municipality("organisation", world.row("organisation", key))]


def _groups_of(indicator: Indicator, by: str, table: str, world: World) -> GroupsOf:
    first = by.split(".", maxsplit=1)[0]
    if table == "person" and by in JOB_PATHS:
        return lambda _, row: _by_jobs(indicator, JOB_PATHS[by], row, world)
    if table == "person" and by == "subject":
        return lambda _, row: _by_rows("teaching", "subject", (), row, world)
    if by == "municipality":
        return lambda name, row: {world.municipality(name, row): TRUE}
    if own_column(table, first, world) is not None:
        return lambda name, row: {_cell(Scope(world, ((name, row),)), by): TRUE}
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
    trees = [*trees_of(indicator), *denominators_of(indicator)]
    found = next((has for expr in trees if (has := _first(expr, by, table, world))), None)
    assert found is not None, f"no «has {by}» in {indicator}"
    return _of_related(found, by, table, row, world)


def _first(expr: t.Expr, by: str, table: str, world: World) -> t.Relation | None:
    return next((has for has in _relations(expr, table, world) if has.table == by.split(".", maxsplit=1)[0]), None)


def _asked_by_the_share(indicator: Indicator, by: str, table: str, world: World) -> t.Relation | None:
    """The relation, if it is the condition of the share that speaks of it: then it tells what a thing has."""
    first = by.split(".", maxsplit=1)[0]
    if "share" not in indicator or "." not in by or own_column(table, first, world) is not None:
        return None
    return None if table == "person" and by in JOB_PATHS else _first(parse(str(indicator["share"])), by, table, world)


def _absent(relation: t.Relation, table: str, row: Row, world: World) -> int:
    """What it means that no row is in the group."""
    return FALSE if linked(relation, Scope(world, ((table, row),)))[1] else UNKNOWN


def _of_related(found: t.Relation, by: str, table: str, row: Row, world: World) -> Groups:
    relation, _, path = by.partition(".")
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
