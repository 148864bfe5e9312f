"""From bound formulas to columns: each counted thing becomes one table with a code for every condition.

A *frame* is a table of the dataset, as an Ibis expression, to which the columns that conditions need are joined one
relation at a time. All the conditions that look into the same table by the same link share one scan and one
aggregation of it; that is what keeps the next indicator almost free.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import ibis

from opora.indicators.dataset.schema import Table
from opora.indicators.dataset.tables import TABLES
from opora.indicators.engine.codes import TRUE, UNKNOWN, both, constant, opposite
from opora.indicators.engine.completeness import Completeness, municipality_of
from opora.indicators.engine.scalars import Scalars
from opora.indicators.engine.windows import Days, RowDays, days, row_code, row_days
from opora.indicators.formula import bound as b
from opora.indicators.periods import Context


@dataclass
class Frame:
    """Rows of a table and what is known of each by now."""

    table: Table
    rows: Any
    keys: tuple[str, ...] = ("id",)
    """Columns that together tell a row from another."""
    columns: dict[b.Item, dict[str, str]] = field(default_factory=dict)
    """Column names of the parts of a Follow or a relation that was joined."""
    outer: dict[tuple[int, b.Item], str] = field(default_factory=dict)
    """Columns with what the asking rows know: how many relations out, and what."""


class Frames:
    """Builds frames over the tables of one dataset for one context."""

    def __init__(self, tables: Callable[[str], Any], context: Context, completeness: Completeness) -> None:
        self.tables = tables
        self.context = context
        self.completeness = completeness
        self._names = (f"_{number}" for number in count(1))

    def frame(self, table: str, wants: Sequence[b.Item]) -> Frame:
        """The rows of ``table`` with all that the items in ``wants`` need joined to them."""
        return self._enriched(Frame(TABLES[table], self.tables(table)), wants)

    def scalars(self, frame: Frame) -> Scalars:
        """Evaluates items over the rows of a frame that has what they need."""
        return Scalars(frame.rows, frame.columns, frame.outer, self.context, lambda rows: self.complete(frame, rows))

    def window(self, frame: Frame, window: b.Window) -> Days | RowDays:
        if isinstance(window, b.Fixed):
            return days(window, self.context)
        return row_days(self.scalars(frame).value(window.start), window.span, self.context)

    def complete(self, frame: Frame, rows: b.Rows) -> Any:
        """Boolean: the related table is complete for the asking row."""
        asked = self.window(frame, rows.window)
        municipality = None
        if self.completeness.needs_municipality(frame.table, rows.table, asked):
            item = municipality_of(frame.table)
            municipality = ibis.null("string") if item is None else self.scalars(frame).value(item)
        return self.completeness.flag(frame.table, rows.table, asked, municipality)

    # ── joining ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _enriched(self, frame: Frame, wants: Sequence[b.Item]) -> Frame:
        leaves = list(dict.fromkeys(leaf for want in wants for leaf in self._leaves(frame.table, want)))
        self._join_references(frame, [leaf for leaf in leaves if isinstance(leaf, b.Follow)])
        relations = [leaf for leaf in leaves if isinstance(leaf, b.Relational)]
        alone = [one for one in relations if not asked_of_outside(one)]
        self._join_together(frame, alone)
        for one in relations:
            if one not in alone:
                self._join_correlated(frame, one)
        return frame

    def _leaves(self, table: Table, item: object) -> Iterator[b.Item]:
        """What must be joined before ``item`` can be computed, inner needs first."""
        match item:
            case b.Follow():
                yield item
            case b.Has() | b.Every() | b.Latest() | b.Tally():
                yield from self._municipality_leaves(table, item.rows)
                for level, outer in sorted(asked_of_outside(item), key=lambda pair: (pair[0], repr(pair[1]))):
                    if level == 1:
                        yield from self._leaves(table, outer)
                yield item
            case b.Outer():
                return
            case _:
                for part in b.parts(item):
                    yield from self._leaves(table, part)

    def _municipality_leaves(self, table: Table, rows: b.Rows) -> Iterator[b.Item]:
        item = municipality_of(table)
        if not isinstance(item, b.Follow):
            return
        fixed = isinstance(rows.window, b.Fixed)
        if not fixed or self.completeness.needs_municipality(table, rows.table, days(rows.window, self.context)):  # type: ignore[arg-type]
            yield item

    def _join_references(self, frame: Frame, follows: list[b.Follow]) -> None:
        for ref in dict.fromkeys(follow.ref for follow in follows):
            items = [follow.item for follow in follows if follow.ref == ref]
            to = next(follow.to for follow in follows if follow.ref == ref)
            target = self.frame(to, items)
            scalars = self.scalars(target)
            key = next(self._names)
            names = {follow: next(self._names) for follow in follows if follow.ref == ref}
            picked = target.rows.select(
                target.rows["id"].name(key),
                *(scalars.value(follow.item).name(name) for follow, name in names.items()),
            )
            frame.rows = frame.rows.left_join(picked, frame.rows[ref] == picked[key]).drop(key)
            frame.columns.update({follow: {"value": name} for follow, name in names.items()})

    def _join_together(self, frame: Frame, relations: list[b.Relational]) -> None:
        """Relations that ask nothing of the asking row: one aggregation for each table and link."""
        for table, own, theirs in dict.fromkeys((one.rows.table, one.rows.own, one.rows.theirs) for one in relations):
            group = [
                one for one in relations if (one.rows.table, one.rows.own, one.rows.theirs) == (table, own, theirs)
            ]
            child = self.frame(table, [want for one in group for want in _inner_wants(one)])
            self._attach(frame, child, group, by={theirs: own})

    def _join_correlated(self, frame: Frame, relation: b.Relational) -> None:
        """A relation whose condition or window speaks of the asking row: rows and askers are paired first."""
        rows = relation.rows
        scalars = self.scalars(frame)
        link, keys = next(self._names), {key: next(self._names) for key in frame.keys}
        outer: dict[tuple[int, b.Item], str] = {}
        picked = [frame.rows[rows.own].name(link), *(frame.rows[key].name(name) for key, name in keys.items())]
        for level, item in sorted(asked_of_outside(relation), key=lambda pair: (pair[0], repr(pair[1]))):
            outer[level, item] = next(self._names)
            value = scalars.value(item) if level == 1 else frame.rows[frame.outer[level - 1, item]]
            picked.append(value.name(outer[level, item]))
        askers = frame.rows.select(*picked)
        base = self.tables(rows.table)
        paired = base.inner_join(askers, base[rows.theirs] == askers[link]).drop(link)
        child = Frame(TABLES[rows.table], paired, ("id", *keys.values()), {}, outer)
        self._enriched(child, _inner_wants(relation))
        self._attach(frame, child, [relation], by={name: key for key, name in keys.items()})

    def _attach(self, frame: Frame, child: Frame, group: list[b.Relational], by: dict[str, str]) -> None:
        """Aggregate the child's rows for each relation of the group and join the outcome to the frame.

        ``by``: column of the child → column of the frame that it equals.
        """
        coded = self._coded(child, group)
        measures: dict[str, Any] = {}
        for relation, one in coded.columns.items():
            aggregates = _aggregates(coded.rows, relation, one)
            made = {part: next(self._names) for part in aggregates}
            measures.update({made[part]: expression for part, expression in aggregates.items()})
            frame.columns[relation] = made
        self._join(frame, coded.rows.group_by(list(by)).aggregate(**measures), by)
        for relation, one in coded.columns.items():
            if isinstance(relation, b.Latest):
                self._join_newest(frame, coded.rows, relation, one, by)

    def _coded(self, child: Frame, group: list[b.Relational]) -> _Coded:
        """The child's rows with a code for each relation, and with what is to be added up."""
        scalars = self.scalars(child)
        made: dict[str, Any] = {}
        columns: dict[b.Relational, dict[str, str]] = {}
        for relation in group:
            parts = self._row_parts(child, scalars, relation)
            columns[relation] = {part: next(self._names) for part in parts}
            made.update({columns[relation][part]: expression for part, expression in parts.items()})
        return _Coded(child.rows.mutate(**made), columns)

    def _row_parts(self, child: Frame, scalars: Scalars, relation: b.Relational) -> dict[str, Any]:
        rows = relation.rows
        inside = self._inside(child, rows)
        where = None if rows.where is None else scalars.code(rows.where)
        parts = {"code": inside if where is None else both([inside, where])}
        match relation:
            case b.Has(_, quantity) if quantity is not None and quantity.of == "share":
                parts["inside"] = inside
            case b.Every(_, demand):
                parts["held"] = ibis.greatest(opposite(parts["code"]), scalars.code(demand))
            case b.Latest(_, item) | b.Tally(_, _, item) if item is not None:
                parts["value"] = scalars.value(item)
        if isinstance(relation, b.Latest):
            parts["date"] = _order_date(child.table, child.rows)
        return parts

    def _inside(self, child: Frame, rows: b.Rows) -> Any:
        if isinstance(rows.window, b.Fixed):
            if rows.window.kind == "none":
                return constant(TRUE)
            return row_code(child.table, child.rows, days(rows.window, self.context), rows.moment)
        start = child.rows[child.outer[1, rows.window.start]]
        return row_code(child.table, child.rows, row_days(start, rows.window.span, self.context), rows.moment)

    def _join(self, frame: Frame, found: Any, by: dict[str, str]) -> None:
        renamed = {name: next(self._names) for name in by}
        found = found.rename({new: old for old, new in renamed.items()})
        matches = [frame.rows[own] == found[renamed[theirs]] for theirs, own in by.items()]
        frame.rows = frame.rows.left_join(found, matches).drop(*renamed.values())

    def _join_newest(
        self, frame: Frame, rows: Any, relation: b.Latest, one: dict[str, str], by: dict[str, str]
    ) -> None:
        found = rows.filter(rows[one["code"]] == TRUE)
        place = ibis.row_number().over(
            ibis.window(group_by=list(by), order_by=[ibis.desc(found[one["date"]], nulls_first=False), ibis.desc("id")])
        )
        names = {part: next(self._names) for part in ("value", "date")}
        rank = next(self._names)
        found = found.mutate(**{rank: place}).filter(lambda row: row[rank] == 0)
        picked = found.select(*by, *(found[one[part]].name(name) for part, name in names.items()))
        self._join(frame, picked, by)
        frame.columns[relation] = frame.columns[relation] | {"newest": names["value"], "date": names["date"]}


@dataclass(frozen=True)
class _Coded:
    rows: Any
    columns: dict[b.Relational, dict[str, str]]


def _order_date(table: Table, rows: Any) -> Any:
    return ibis.coalesce(rows[table.start], rows[table.observed]) if table.observed else rows[table.start]


def _inner_wants(relation: b.Relational) -> list[b.Item]:
    wants = [relation.rows.where] if relation.rows.where is not None else []
    match relation:
        case b.Every(_, item) | b.Latest(_, item) | b.Tally(_, _, item) if item is not None:
            wants.append(item)
    return wants


def asked_of_outside(relation: b.Relational) -> frozenset[tuple[int, b.Item]]:
    """What the relation's inside asks of rows outside it: how many relations out (1: the asking row), and what."""
    found = set(_escaping(_inner_wants(relation), 1))
    if isinstance(relation.rows.window, b.From):
        found.add((1, relation.rows.window.start))
    return frozenset(found)


def _escaping(nodes: Sequence[object], depth: int) -> Iterator[tuple[int, b.Item]]:
    """Outer items that leave ``depth`` relations; the level is told from the outermost of these."""
    for node in nodes:
        match node:
            case b.Outer(levels, item):
                if levels >= depth:
                    yield levels - depth + 1, item
            case b.Has() | b.Every() | b.Latest() | b.Tally():
                yield from _escaping(_inner_wants(node), depth + 1)
                if isinstance(node.rows.window, b.From):
                    yield from _escaping([node.rows.window.start], depth)
            case _:
                yield from _escaping(list(b.parts(node)), depth)


def _aggregates(rows: Any, relation: b.Relational, one: dict[str, str]) -> dict[str, Any]:
    """What is kept of the related rows, by the name under which ``Scalars`` asks for it."""
    code = rows[one["code"]]
    match relation:
        case b.Has(_, None):
            return {"most": code.max()}
        case b.Has(_, quantity) if quantity is not None:
            if quantity.of == "share":
                inside = rows[one["inside"]]
                where = rows[one["code"]]
                return {
                    "true": ((inside == TRUE) & (where == TRUE)).sum(),
                    "false": ((inside == TRUE) & (where == 0)).sum(),
                    "all": (inside >= UNKNOWN).sum(),
                }
            return _bounds(rows, code, quantity.of == "people")
        case b.Every():
            return {"least": rows[one["held"]].min()}
        case b.Latest():
            date = rows[one["date"]]
            doubtful = code == UNKNOWN
            return {"undated": (doubtful & date.isnull()).sum(), "doubtful": date.max(where=doubtful)}
        case b.Tally():
            return _tally(rows, code, relation, one)
    raise AssertionError(relation)


def _bounds(rows: Any, code: Any, people: bool) -> dict[str, Any]:
    if people:
        person = rows["person"] if "person" in rows.columns else rows["id"]
        return {"low": person.nunique(where=code == TRUE), "high": person.nunique(where=code >= UNKNOWN)}
    return {"low": (code == TRUE).sum(), "high": (code >= UNKNOWN).sum()}


def _tally(rows: Any, code: Any, relation: b.Tally, one: dict[str, str]) -> dict[str, Any]:
    if relation.function in ("count", "people"):
        return _bounds(rows, code, relation.function == "people")
    value = rows[one["value"]].cast("float64")
    sure, maybe = code == TRUE, code >= UNKNOWN
    if relation.function == "sum":
        empty = (maybe & value.isnull()).sum()
        return {"low": value.sum(where=sure), "high": value.sum(where=maybe), "empty": empty}
    doubtful = ((code == UNKNOWN) | (sure & value.isnull())).sum()
    return {"value": getattr(value, relation.function)(where=sure), "doubtful": doubtful}
