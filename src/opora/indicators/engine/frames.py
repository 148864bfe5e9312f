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

from opora.indicators.dataset.schema import Kind, Table
from opora.indicators.dataset.tables import TABLES
from opora.indicators.engine.codes import TRUE, UNKNOWN, both, code, truth
from opora.indicators.engine.completeness import Completeness
from opora.indicators.engine.municipality import municipality_of
from opora.indicators.engine.scalars import Scalars
from opora.indicators.engine.windows import Days, RowDays, asked_days, row_in
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
        return asked_days(window, self.context, self.scalars(frame).value)

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
        joins = self._references(frame, [leaf for leaf in leaves if isinstance(leaf, b.Follow)])
        relations = [leaf for leaf in leaves if isinstance(leaf, b.Relational)]
        joins += self._together(frame, [one for one in relations if not asked_of_outside(one)])
        frame.rows = _joined(frame.table.name, frame.rows, joins)
        correlated = [one for one in relations if asked_of_outside(one)]
        frame.rows = _joined(frame.table.name, frame.rows, [self._correlated(frame, one) for one in correlated])
        return frame

    def _leaves(self, table: Table, item: object) -> Iterator[b.Item]:
        """What must be joined before ``item`` can be computed, inner needs first."""
        match item:
            case b.Follow():
                yield item
            case b.Has() | b.Every() | b.Latest() | b.Tally():
                yield from self._municipality_leaves(table, item.rows)
                for level, outer in in_order(asked_of_outside(item)):
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
        told = asked_days(rows.window, self.context, lambda _: ibis.null("date"))
        if self.completeness.needs_municipality(table, rows.table, told):
            yield item

    def _references(self, frame: Frame, follows: list[b.Follow]) -> list[Join]:
        joins = []
        for ref in dict.fromkeys(follow.ref for follow in follows):
            here = [follow for follow in follows if follow.ref == ref]
            target = self.frame(here[0].to, [follow.item for follow in here])
            scalars = self.scalars(target)
            key = next(self._names)
            names = {follow: next(self._names) for follow in here}
            picked = target.rows.select(
                target.rows["id"].name(key),
                *(scalars.value(follow.item).name(name) for follow, name in names.items()),
            )
            frame.columns.update({follow: {"value": name} for follow, name in names.items()})
            joins.append(Join(picked, {key: ref}))
        return joins

    def _together(self, frame: Frame, relations: list[b.Relational]) -> list[Join]:
        """Relations that ask nothing of the asking row: one aggregation for each table and link."""
        links: dict[tuple[str, str, str], list[b.Relational]] = {}
        for one in relations:
            links.setdefault((one.rows.table, one.rows.own, one.rows.theirs), []).append(one)
        joins = []
        for (table, own, theirs), group in links.items():
            child = self.frame(table, [want for one in group for want in _inner_wants(one)])
            joins.append(self._aggregated(frame, child, group, by={theirs: own}))
        return joins

    def _correlated(self, frame: Frame, relation: b.Relational) -> Join:
        """A relation whose condition or window speaks of the asking row: rows and askers are paired first."""
        asking = frame
        if not frame.outer:  # a frame of its own, with these few columns alone, so that the whole is not computed twice
            asking = self.frame(frame.table.name, _asked_of_the_asker(relation))
        counts_all = isinstance(relation, b.Has) and relation.quantity is not None and relation.quantity.of == "share"
        child, keys = self._paired(asking, relation, narrowed=not counts_all)
        self._enriched(child, _inner_wants(relation))
        return self._aggregated(frame, child, [relation], by={name: key for key, name in keys.items()})

    def pairs(
        self, table: str, relation: b.Relational, wants: Sequence[b.Item], *, key: str | None = None
    ) -> tuple[Frame, str]:
        """The rows that a relation asked by rows of ``table`` looks at, in the window or not; and the column with the
        key of the one who asks. ``key``: only of this asker."""
        asking = self.frame(table, _asked_of_the_asker(relation))
        if key is not None:
            asking.rows = asking.rows.filter(asking.rows["id"].cast("string") == key)
        child, keys = self._paired(asking, relation, narrowed=False)
        return self._enriched(child, [*_inner_wants(relation), *wants]), keys["id"]

    def _paired(self, asking: Frame, relation: b.Relational, *, narrowed: bool) -> tuple[Frame, dict[str, str]]:
        """Linked rows beside their askers, and the columns with the keys of these. ``narrowed``: without the rows that
        surely do not satisfy the relation."""
        rows, scalars = relation.rows, self.scalars(asking)
        link, keys = next(self._names), {key: next(self._names) for key in asking.keys}
        outer: dict[tuple[int, b.Item], str] = {}
        picked = [
            _linking(asking.rows, asking.table.name, rows.own).name(link),
            *(asking.rows[key].name(name) for key, name in keys.items()),
        ]
        for level, item in in_order(asked_of_outside(relation)):
            outer[level, item] = next(self._names)
            value = scalars.value(item) if level == 1 else asking.rows[asking.outer[level - 1, item]]
            picked.append(value.name(outer[level, item]))
        askers, base = asking.rows.select(*picked), self.tables(rows.table)
        equal = _equalities(base, askers, rows, outer) if narrowed else []
        paired = base.inner_join(askers, [_linking(base, rows.table, rows.theirs) == askers[link], *equal])
        return Frame(TABLES[rows.table], paired.drop(link), ("id", *keys.values()), {}, outer), keys

    def _aggregated(self, frame: Frame, child: Frame, group: list[b.Relational], by: dict[str, str]) -> Join:
        """The child's rows aggregated for each relation of the group.

        ``by``: column of the child → column of the frame that it equals.
        """
        coded = self._coded(child, group, by)
        measures: dict[str, Any] = {}
        for relation, one in coded.columns.items():
            aggregates = _aggregates(coded.rows, relation, one)
            frame.columns[relation] = {part: next(self._names) for part in aggregates}
            measures.update({frame.columns[relation][part]: aggregates[part] for part in aggregates})
        renamed = {name: next(self._names) for name in by}
        keys = [_linking(coded.rows, child.table.name, theirs).name(name) for theirs, name in renamed.items()]
        found = coded.rows.group_by(keys).aggregate(**measures)
        return Join(found, {renamed[theirs]: own for theirs, own in by.items()})

    def _coded(self, child: Frame, group: list[b.Relational], by: dict[str, str]) -> _Coded:
        """The child's rows with a code for each relation, and with what is to be added up."""
        scalars = self.scalars(child)
        made: dict[str, Any] = {}
        columns: dict[b.Relational, dict[str, str]] = {}
        for relation in group:
            parts = self._row_parts(child, scalars, relation)
            columns[relation] = {part: next(self._names) for part in parts}
            made.update({columns[relation][part]: expression for part, expression in parts.items()})
        kept = [name for name in dict.fromkeys([*by, "id", "person"]) if name in child.rows.columns]
        return _Coded(child.rows.select(*kept, **made), columns)

    def _row_parts(self, child: Frame, scalars: Scalars, relation: b.Relational) -> dict[str, Any]:
        rows = relation.rows
        inside = self.inside(child, rows)
        matches = inside if rows.where is None else both([inside, scalars.value(rows.where)])
        parts = {"code": code(matches)}
        match relation:
            case b.Has(_, quantity) if quantity is not None and quantity.of == "share":
                parts["inside"] = code(inside)
            case b.Every(_, demand):
                parts["held"] = code(~matches | scalars.value(demand))
            case b.Latest(_, item) | b.Tally(_, _, item) if item is not None:
                parts["value"] = scalars.value(item)
        if isinstance(relation, b.Latest):
            parts["date"] = _order_date(child.table, child.rows)
            parts["order"] = _order(parts["date"], child.rows["id"])
        return parts

    def inside(self, child: Frame, rows: b.Rows) -> Any:
        """Whether each row lies in the window of the relation."""
        if rows.window == b.Fixed("none"):
            return truth(True)
        return row_in(child.table, child.rows, self.asked_days(child, rows), rows.moment)

    def asked_days(self, child: Frame, rows: b.Rows) -> Days | RowDays:
        """The window of the relation, of which the asking row may tell the first day."""
        return asked_days(rows.window, self.context, lambda start: child.rows[child.outer[1, start]])


@dataclass(frozen=True)
class Join:
    """A table to be joined: its key columns → those of the frame that they equal."""

    table: Any
    on: dict[str, str]


def _linking(rows: Any, table: str, name: str) -> Any:
    """A column by which rows are linked: a key, a reference or a text, which is compared trimmed."""
    column = TABLES[table].column(name)
    return rows[name].strip() if column is not None and column.kind is Kind.TEXT else rows[name]


def _joined(table: str, rows: Any, joins: list[Join]) -> Any:
    """``rows`` of ``table`` with the other columns of each table, in one chain of joins."""
    if not joins:
        return rows
    chain = rows
    for join in joins:
        on = [(_linking(ibis._, table, own), theirs) for theirs, own in join.on.items()]
        chain = chain.left_join(join.table, on)
    keys = {theirs for join in joins for theirs in join.on}
    return chain.select([name for name in chain.columns if name not in keys])


def _equalities(base: Any, askers: Any, rows: b.Rows, outer: dict[tuple[int, b.Item], str]) -> list[Any]:
    """Conditions that a row equals its asker in something, where neither can be empty: they may narrow the pairing.

    Rows that are left out for that are surely not wanted; where a side may be empty they would be «not known».
    """
    parts = rows.where.items if isinstance(rows.where, b.AllOf) else (rows.where,)
    found = []
    for part in parts:
        match part:
            case b.Compare("=", b.Attribute(_, ours, kind), b.Outer(level, b.Attribute(_, theirs, _) as item)):
                if kind in (b.Type.TEXT, b.Type.KEY) and ours.required and theirs.required:
                    found.append(_linking(base, rows.table, ours.name) == askers[outer[level, item]])
    return found


def in_order(outside: frozenset[tuple[int, b.Item]]) -> list[tuple[int, b.Item]]:
    return sorted(outside, key=lambda pair: (pair[0], repr(pair[1])))


@dataclass(frozen=True)
class _Coded:
    rows: Any
    columns: dict[b.Relational, dict[str, str]]


def _order_date(table: Table, rows: Any) -> Any:
    return ibis.coalesce(rows[table.start], rows[table.observed]) if table.observed else rows[table.start]


def _order(date: Any, key: Any) -> Any:
    """A text that sorts by date, then by key; rows without a date come first."""
    last = key.cast("string").lpad(20, "0") if key.type().is_integer() else key
    return date.cast("string").fill_null("") + " " + last


def _inner_wants(relation: b.Relational) -> list[b.Item]:
    wants = [relation.rows.where] if relation.rows.where is not None else []
    match relation:
        case b.Every(_, item) | b.Latest(_, item) | b.Tally(_, _, item) if item is not None:
            wants.append(item)
    return wants


def _asked_of_the_asker(relation: b.Relational) -> list[b.Item]:
    return [item for level, item in in_order(asked_of_outside(relation)) if level == 1]


def asked_of_outside(relation: b.Relational) -> frozenset[tuple[int, b.Item]]:
    """What the relation's inside asks of rows outside it: how many relations out (1: the asking row), and what."""
    found = set(_escaping(_inner_wants(relation), 1))
    if isinstance(relation.rows.window, b.From) and not relation.rows.window.stated:
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
                if isinstance(node.rows.window, b.From) and not node.rows.window.stated:
                    yield from _escaping([node.rows.window.start], depth)
            case _:
                yield from _escaping(list(b.parts(node)), depth)


def _aggregates(rows: Any, relation: b.Relational, one: dict[str, str]) -> dict[str, Any]:
    """What is kept of the related rows, by the name under which ``Scalars`` asks for it."""
    codes = rows[one["code"]]
    match relation:
        case b.Has(_, None):
            return {"most": codes.max()}
        case b.Has(_, quantity) if quantity is not None:
            if quantity.of == "share":
                inside = rows[one["inside"]]
                where = rows[one["code"]]
                return {
                    "true": ((inside == TRUE) & (where == TRUE)).sum(),
                    "false": ((inside == TRUE) & (where == 0)).sum(),
                    "all": (inside >= UNKNOWN).sum(),
                }
            return _bounds(rows, codes, quantity.of == "people")
        case b.Every():
            return {"least": rows[one["held"]].min()}
        case b.Latest():
            date, order = rows[one["date"]], rows[one["order"]]
            sure, doubtful = codes == TRUE, codes == UNKNOWN
            # In a struct, for engines pass over a row whose value alone is empty.
            newest = ibis.struct({"value": rows[one["value"]]}).argmax(order, where=sure)
            return {
                "newest": newest["value"],
                "order": order.max(where=sure),
                "undated": (doubtful & date.isnull()).sum(),
                "doubtful": order.max(where=doubtful),
            }
        case b.Tally():
            return _tally(rows, codes, relation, one)
    raise AssertionError(relation)


def _bounds(rows: Any, codes: Any, people: bool) -> dict[str, Any]:
    if people:
        person = rows["person"] if "person" in rows.columns else rows["id"]
        return {"low": person.nunique(where=codes == TRUE), "high": person.nunique(where=codes >= UNKNOWN)}
    return {"low": (codes == TRUE).sum(), "high": (codes >= UNKNOWN).sum()}


def _tally(rows: Any, codes: Any, relation: b.Tally, one: dict[str, str]) -> dict[str, Any]:
    if relation.function in ("count", "people"):
        return _bounds(rows, codes, relation.function == "people")
    value = rows[one["value"]]
    sure, maybe = codes == TRUE, codes >= UNKNOWN
    if relation.function == "sum":
        known = value.cast("float64")
        return {
            "low": known.sum(where=sure | maybe & (known < 0)),
            "high": known.sum(where=sure | maybe & (known > 0)),
            "empty": (maybe & value.isnull()).sum(),
            "negative": (maybe & (known < 0)).sum(),
        }
    doubtful = ((codes == UNKNOWN) | (sure & value.isnull())).sum()
    number = value if relation.type is b.Type.DATE else value.cast("float64")
    return {"value": getattr(number, relation.function)(where=sure), "doubtful": doubtful}
