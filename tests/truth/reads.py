"""What a formula reads: its tables, and the values, numbers, lengths and dates that it mentions."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, fields

from opora.indicators.dataset.tables import TABLES
from opora.indicators.formula import tree as t
from opora.indicators.formula.parse import parse
from tests.truth.counts import Indicator, denominators_of, things_of
from tests.truth.names import choice_column, code_written, final_column
from tests.truth.town import Cell, Town, calendar_year, declared
from tests.truth.world import Definitions, World

DECIDED_BY = {"person": "employment", "spell": "employment", "last_answer": "card_answer"}
"""Which table tells whether a list of things is whole; a derived table is made of it."""

ALWAYS = ("territory", "coverage")


@dataclass
class Reads:
    """Gathered over any number of formulas."""

    definitions: Definitions
    tables: set[str] = field(default_factory=lambda: set(ALWAYS))
    things: set[str] = field(default_factory=set)
    """The tables that decide whether a list of things is complete."""
    mentioned: dict[tuple[str, str], set[Cell]] = field(default_factory=lambda: defaultdict(set))
    """By table and column: what it is compared with."""
    numbers: set[float] = field(default_factory=set)
    lengths: set[tuple[int, str]] = field(default_factory=set)
    days: set[dt.date] = field(default_factory=set)

    nodes: set[type] = field(default_factory=set)
    """Kinds of nodes, those of definitions too."""
    vias: set[str] = field(default_factory=set)
    """Columns by which rows are linked."""

    def __post_init__(self) -> None:
        self._world = World(Town(), calendar_year(dt.date(2022, 12, 31)), self.definitions)

    # ── gathering ───────────────────────────────────────────────────────────────────────────────────────────────

    def of_counted(self, of: t.Expr, *others: t.Expr | None) -> None:
        """A condition over counted things, and what else is asked of them."""
        things = things_of(of)
        decides = DECIDED_BY.get(things.table, things.table)
        self.things.add(decides)
        self._add_table(things.table)
        self._add_table(decides)
        for expr in (things.window, *things.rest, *others):
            self.walk(expr, (things.table,))

    def walk(self, node: object, tables: tuple[str, ...]) -> None:
        """``tables``: of the row at hand, then of the rows that enclose it."""
        self.nodes.add(type(node))
        if isinstance(node, t.Aggregate | t.Share):
            self.of_counted(node.of, node.value if isinstance(node, t.Aggregate) else node.condition)
        elif isinstance(node, t.Has | t.Every | t.Latest | t.RowAggregate):
            self._relation(node, tables)
        elif isinstance(node, t.Path):
            self._path(node.parts, tables)
        elif isinstance(node, tuple):
            for item in node:
                self.walk(item, tables)
        elif isinstance(node, t.OneOf):
            self._literals(node, tables)
            self.walk(node.value, tables)
            self.walk(tuple(item for item in node.options if not isinstance(item, t.Path)), tables)
        elif isinstance(node, t.Node):
            self._literals(node, tables)
            codes = self._codes_in(node, tables)
            for part in fields(node):
                if getattr(node, part.name) not in codes:
                    self.walk(getattr(node, part.name), tables)

    def _relation(self, node: t.Has | t.Every | t.Latest | t.RowAggregate, tables: tuple[str, ...]) -> None:
        relation = node.relation
        self._add_table(relation.table)
        if relation.via is not None:
            self.vias.add(relation.via)
        self.walk(relation.window, tables)
        inner = (relation.table, *tables)
        self.walk(relation.where, inner)
        if isinstance(node, t.Every):
            self.walk(node.demand, inner)
        if isinstance(node, t.Latest | t.RowAggregate):
            self.walk(node.path, (relation.table,))
        if isinstance(node, t.Has) and node.quantity:
            self.numbers.add(node.quantity.value)

    def _path(self, parts: tuple[str, ...], tables: tuple[str, ...]) -> None:
        table, first = tables[0], parts[0]
        column = declared(table).column(first)
        definition = None if column else self._world.definition(table, first)
        if definition is not None:
            self.walk(definition, (table,))
            column = final_column(definition, (table,), self._world)
        if column is not None and column.to:
            self._add_table(column.to)
        if column is not None and column.to and len(parts) > 1:
            self._path(parts[1:], (column.to,))
        elif column is None and definition is None and first in tables and len(parts) > 1:
            self._path(parts[1:], (first,))

    def _add_table(self, table: str) -> None:
        """With the tables by which its municipality is found."""
        self.tables.add(table if table == "person" else DECIDED_BY.get(table, table))
        owner = declared(table).column(declared(table).owner)
        if owner is not None and owner.to != table:
            self._add_table(owner.to)

    def _codes_in(self, node: t.Node, tables: tuple[str, ...]) -> list[t.Expr]:
        """The side of a comparison that is the code of a choice: ``school`` may be a definition's name as well."""
        if not isinstance(node, t.Compare):
            return []
        found = []
        for side, written in ((node.left, node.right), (node.right, node.left)):
            column = choice_column(side, tables, self._world)
            if column is not None and code_written(written, column) is not None:
                found.append(written)
        return found

    # ── literals ────────────────────────────────────────────────────────────────────────────────────────────────

    def _literals(self, node: t.Node, tables: tuple[str, ...]) -> None:
        if isinstance(node, t.Compare):
            self._pair(node.left, node.right, tables)
        elif isinstance(node, t.Between):
            self._pair(node.value, node.low, tables)
            self._pair(node.value, node.high, tables)
        elif isinstance(node, t.OneOf):
            for option in node.options:
                self._pair(node.value, option, tables)
        elif isinstance(node, t.Duration):
            self.lengths.add((node.amount, node.unit))
        elif isinstance(node, t.Number):
            self.numbers.add(node.value)
        elif isinstance(node, t.Date):
            self.days.add(node.value)

    def _pair(self, left: t.Expr, right: t.Expr, tables: tuple[str, ...]) -> None:
        for side, written in ((left, right), (right, left)):
            path, around = _aimed(side, tables)
            column = final_column(path, around, self._world)
            if column is None:
                continue
            owner = self._owner_of(path, around)
            if column.choices and (found := code_written(written, column)) is not None:
                self.mentioned[owner, column.name].add(found)
            elif isinstance(written, t.String | t.Number | t.Date):
                self.mentioned[owner, column.name].add(written.value)

    def _owner_of(self, path: t.Expr, tables: tuple[str, ...]) -> str:
        """The table of the column in which the path ends."""
        if isinstance(path, t.Latest):
            return self._owner_of(path.path, (path.relation.table,))
        assert isinstance(path, t.Path)
        first, rest = path.parts[0], path.parts[1:]
        column = declared(tables[0]).column(first)
        if column is None and (definition := self._world.definition(tables[0], first)) is not None:
            if not rest:
                return self._owner_of(definition, (tables[0],))
            column = final_column(definition, (tables[0],), self._world)
        if column is None:
            return self._owner_of(t.Path(rest), (first,))
        return self._owner_of(t.Path(rest), (column.to,)) if rest else tables[0]


def _aimed(expr: t.Expr, tables: tuple[str, ...]) -> tuple[t.Expr, tuple[str, ...]]:
    """What a number is compared with: of ``sum of hours over teaching``, the hours."""
    if isinstance(expr, t.RowAggregate) and expr.path is not None:
        return expr.path, (expr.relation.table,)
    return expr, tables


def reads_of(indicators: Iterable[Indicator], definitions: Definitions) -> Reads:
    reads = Reads(definitions)
    for indicator in indicators:
        _read(indicator, reads)
    return reads


def _read(indicator: Indicator, reads: Reads) -> None:
    if "share" in indicator:
        reads.of_counted(parse(str(indicator["of"])), parse(str(indicator["share"])))
    elif "count" in indicator:
        reads.of_counted(parse(str(indicator["count"])))
    elif "reported" in indicator:
        reads.of_counted(denominators_of(indicator)[0], parse("value > 0 and base > 0"))
    elif isinstance(ratio := indicator.get("ratio"), dict):
        for side in ratio.values():
            reads.walk(parse(str(side)), ("person",))
    else:
        reads.walk(parse(str(indicator.get("value") or indicator["yes_if"])), ("person",))
    if indicator.get("exclude") not in (None, "none"):
        reads.walk(parse(str(indicator["exclude"])), ("person",))


def add_breakdown(by: str, indicator: Indicator, reads: Reads) -> None:
    """What is read to put the things into groups."""
    first, *rest = by.split(".")
    for of in denominators_of(indicator):
        table = things_of(of).table
        if table == "person" and by == "subject":
            reads.walk(t.Path(("subject",)), ("teaching",))
            reads.tables.add("teaching")
        elif first in TABLES and rest and declared(table).column(first) is None:
            reads.walk(t.Path(tuple(rest)), (first,))
        else:
            reads.walk(t.Path((first, *rest)), (table,))


def tables_of(formula: str, definitions: Definitions) -> set[str]:
    """The stored tables that a condition over things (``of:``) reads."""
    reads = Reads(definitions)
    reads.of_counted(parse(formula))
    return reads.tables
