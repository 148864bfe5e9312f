"""Counted things → codes → counts: the tables that a set of measures needs, as Ibis expressions.

For each counted table one wide table of codes is made; the total and every breakdown are one aggregate over it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, cast

import ibis

from opora.indicators.dataset.schema import Column
from opora.indicators.dataset.tables import TABLES
from opora.indicators.engine.codes import FALSE, UNKNOWN, both, code, constant, truth
from opora.indicators.engine.dimensions import Counted, Direct, Many, Related
from opora.indicators.engine.frames import Frame, Frames
from opora.indicators.engine.windows import days, row_in
from opora.indicators.formula import bound as b


def counts(frames: Frames, frame: Frame, thing: b.Thing) -> Any:
    """Whether each row of the frame is in the denominator."""
    found = [inside(frames, frame, thing)]
    if thing.condition is not None:
        found.append(frames.scalars(frame).value(thing.condition))
    return both(found)


def inside(frames: Frames, frame: Frame, thing: b.Thing) -> Any:
    """Whether each row of the frame lies in the window of the counted things."""
    if thing.window == b.Fixed("none"):
        return truth(True)
    return row_in(frame.table, frame.rows, frames.window(frame, thing.window), thing.moment)


@dataclass(frozen=True)
class Codes:
    """A wide table: a row for each counted thing.

    ``b`` and the number of a counted set: code of the denominator. With the number of a measure at the end: of a share
    ``c``, code of the numerator, and ``o``, what is counted once; of a statistic ``v``, the value.
    ``g`` and a number: the direct dimensions, in order. ``a`` and a number: of the breakdowns by what a thing has, in
    order, the code of having what no row tells of.
    """

    table: str
    measures: dict[int, Counted]
    """By the number that the names of its columns end in."""
    things: dict[b.Thing, int]
    """The numbers of the counted sets."""
    rows: Any

    def only(self, measures: Collection[Counted]) -> Codes:
        """The same table, with an eye to some of the measures alone."""
        kept = {number: measure for number, measure in self.measures.items() if measure in measures}
        return Codes(self.table, kept, self.things, self.rows)


def codes_of(
    frames: Frames,
    table: str,
    measures: Sequence[Counted],
    dimensions: Sequence[Direct],
    related: Sequence[Related],
) -> Codes:
    """The codes of ``measures``, all of which count rows of ``table``; ``related`` are asked in their shares."""
    wants: list[b.Item] = [one for measure in measures for one in _wanted(measure)]
    frame = frames.frame(table, [*wants, *(dimension.item for dimension in dimensions)])
    scalars = frames.scalars(frame)
    things = {thing: number for number, thing in enumerate(dict.fromkeys(measure.thing for measure in measures))}
    made = {"id": frame.rows["id"]}
    if "person" in frame.rows.columns:
        made["person"] = frame.rows["person"]
    for thing, number in things.items():
        made[f"b{number}"] = code(counts(frames, frame, thing))
    for number, measure in enumerate(measures):
        if isinstance(measure, b.ShareOf):
            made[f"c{number}"] = code(scalars.value(measure.condition))
            if measure.once_per:
                made[f"o{number}"] = frame.rows[measure.once_per]
        elif measure.item is not None:
            made[f"v{number}"] = scalars.value(measure.item).cast("float64")
    for number, dimension in enumerate(dimensions):
        made[f"g{number}"] = scalars.value(dimension.item)
    for number, having in enumerate(related):
        made[f"a{number}"] = frames.complete(frame, having.rows).ifelse(constant(FALSE), constant(UNKNOWN))
    return Codes(table, dict(enumerate(measures)), things, frame.rows.select(**made))


def _wanted(measure: Counted) -> Iterator[b.Item]:
    if measure.thing.condition is not None:
        yield measure.thing.condition
    if isinstance(measure.thing.window, b.From):
        yield measure.thing.window.start
    if isinstance(measure, b.ShareOf):
        yield measure.condition
    elif measure.item is not None:
        yield measure.item


# ── breakdowns of people by their jobs and subjects, and by related rows ─────────────────────────────────────────


def pairs_by_job(frames: Frames, dimension: Many, things: Sequence[b.Thing]) -> tuple[Any, dict[b.Thing, str]]:
    """Rows person × group with, for each counted set, the code of belonging to the group.

    Conditions on a job are judged job by job: a teacher of school A who sweeps the yard of school B is an educator in
    A alone.
    """
    conditions = {thing: _job_conditions(thing) if dimension.table == "employment" else () for thing in things}
    wants = [dimension.item, *(one for found in conditions.values() for one in found)]
    frame = frames.frame(dimension.table, wants)
    scalars = frames.scalars(frame)
    active = row_in(frame.table, frame.rows, days(b.Fixed("date"), frames.context), "during")
    distinct = list(dict.fromkeys(conditions.values()))
    columns = {found: f"j{number}" for number, found in enumerate(distinct)}
    coded = frame.rows.select(
        person=frame.rows["person"],
        group_=scalars.value(dimension.item),
        **{columns[found]: code(both([active, *(scalars.value(one) for one in found)])) for found in distinct},
    )
    coded = coded.filter(active_somewhere(coded, list(columns.values())))
    pairs = coded.group_by(["person", "group_"]).aggregate(**{name: coded[name].max() for name in columns.values()})
    return pairs, {thing: columns[conditions[thing]] for thing in things}


def active_somewhere(rows: Any, columns: list[str]) -> Any:
    return ibis.or_(*(rows[name] > FALSE for name in columns))


def _job_conditions(thing: b.Thing) -> tuple[b.Item, ...]:
    """Conditions of the plain ``has employment where (…)`` that everybody in the counted set satisfies."""
    return tuple(
        _of_the_job(item.rows.where)
        for item in _conjuncts(thing.condition)
        if isinstance(item, b.Has)
        and item.quantity is None
        and item.rows.table == "employment"
        and item.rows.where is not None
    )


def _of_the_job(where: b.Item) -> b.Item:
    """The condition as the job itself asks it: what it asks of its person is reached by the job's reference."""
    to_person = TABLES["employment"].column("person")
    assert to_person is not None

    def turned(node: Any, depth: int) -> Any:
        match node:
            case b.Outer(levels, item, kind) if levels == depth + 1:
                followed = b.Follow("employment", to_person.name, to_person.to, item, kind)
                return followed if depth == 0 else b.Outer(depth, followed, kind)
            case b.Has() | b.Every() | b.Latest() | b.Tally():
                inside = {part.name: turned(getattr(node, part.name), depth + 1) for part in fields(node)}
                window = turned(node.rows.window, depth)
                return replace(node, **inside | {"rows": replace(inside["rows"], window=window)})
            case tuple():
                return tuple(turned(one, depth) for one in node)
        if not is_dataclass(node) or isinstance(node, (Column, type)):
            return node
        return replace(node, **{part.name: turned(getattr(node, part.name), depth) for part in fields(node)})

    return cast(b.Item, turned(where, 0))


def _conjuncts(item: b.Item | None) -> Iterator[b.Item]:
    match item:
        case None:
            return
        case b.AllOf(items):
            for one in items:
                yield from _conjuncts(one)
        case b.Defined(_, _, inner, _):
            yield from _conjuncts(inner)
        case _:
            yield item


def pairs_by_relation(frames: Frames, dimension: Related) -> Any:
    """Rows thing × group with the code of belonging, through the rows that the formula asks for."""
    child = frames.frame(
        dimension.rows.table, [*([dimension.rows.where] if dimension.rows.where else []), dimension.item]
    )
    scalars = frames.scalars(child)
    found = [scalars.value(dimension.rows.where)] if dimension.rows.where is not None else []
    if dimension.rows.window != b.Fixed("none"):
        window = frames.window(child, dimension.rows.window)
        found.append(row_in(child.table, child.rows, window, dimension.rows.moment))
    coded = child.rows.select(
        person=child.rows[dimension.rows.theirs],
        group_=scalars.value(dimension.item),
        j0=code(both(found or [truth(True)])),
    )
    coded = coded.filter(coded.j0 > FALSE)
    return coded.group_by(["person", "group_"]).aggregate(j0=coded.j0.max())
