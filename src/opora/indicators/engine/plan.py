"""What to ask of an engine for a set of formulas: SQL, compiled once and kept.

A plan knows nothing of an engine but its SQL dialect. It depends on the formulas, the context, the coverage and the
types of the dataset's columns alone, so that the same question about new facts is not compiled again.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

from ibis.backends.sql import compilers

from opora.indicators.definitions import Definitions, standard
from opora.indicators.engine.completeness import Completeness
from opora.indicators.engine.counting import having, limited, stated, totals
from opora.indicators.engine.dimensions import (
    Counted,
    Dimension,
    Direct,
    Many,
    Related,
    dimensions_of,
    meaning,
    measures_of,
)
from opora.indicators.engine.frames import Frames
from opora.indicators.engine.recipes import Recipe
from opora.indicators.engine.sources import DERIVED_FROM, table_expression
from opora.indicators.engine.tabulate import (
    Codes,
    codes_of,
    pairs_by_job,
    pairs_by_relation,
)
from opora.indicators.formula import bound as b
from opora.indicators.periods import Context


@dataclass(frozen=True, slots=True)
class Asked:
    """A formula and the breakdowns wanted of it."""

    formula: b.Formula
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """Counts of some measures."""

    sql: str
    measures: tuple[tuple[int, int], ...]
    """Number of a measure in the names of the columns, and its place in the plan."""
    by: str = ""
    """The breakdown; the rows then have a column ``group_``."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A table of codes and all that is asked of it: the table may go before the next is made."""

    name: str
    sql: str
    queries: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """``recipes`` are in the order of what was asked; they speak of measures by their places in ``measures``."""

    batches: tuple[Batch, ...]
    measures: tuple[Counted, ...]
    recipes: tuple[Recipe, ...]
    tables: frozenset[str]
    """All that is read: stored tables of the dataset."""
    kinds: Mapping[tuple[str, int], str]
    """Of a breakdown and the place of a measure: ``territory`` or ``organisation``, where the groups are such."""


class Planner:
    """Compiles formulas for one context."""

    def __init__(
        self,
        types: Mapping[str, Mapping[str, str]],
        context: Context,
        completeness: Completeness,
        dialect: str,
        definitions: Definitions | None = None,
    ) -> None:
        self.types = types
        self.dialect = dialect
        self.definitions = definitions or standard()
        self._read: set[str] = set()
        self.frames = Frames(self._table, context, completeness)
        self._numbers = count(1)
        self._places: dict[Counted, int] = {}
        self._kinds: dict[tuple[str, int], str] = {}

    @property
    def read(self) -> frozenset[str]:
        """The stored tables that were asked for by now."""
        return frozenset(self._read)

    def _table(self, name: str) -> Any:
        self._read.update(DERIVED_FROM.get(name, (name,)))
        return table_expression(name, self.types, self.frames.context)

    def plan(self, asked: Sequence[Asked]) -> Plan:
        with _no_collection():
            return self._plan(asked)

    def _plan(self, asked: Sequence[Asked]) -> Plan:
        batches: list[Batch] = []
        measures = dict.fromkeys(measure for one in asked for measure in measures_of(one.formula))
        self._places = {measure: place for place, measure in enumerate(measures)}
        splits = [self._split(one.formula, by) for one in asked for by in one.by]
        for table, counted in self._by_table().items():
            wanted = _dimensions(table, splits)
            direct = [dimension for dimension in wanted if isinstance(dimension, Direct)]
            related = [dimension for dimension in wanted if isinstance(dimension, Related) and dimension.in_share]
            codes = codes_of(self.frames, table, counted, direct, related)
            name = f"codes_{next(self._numbers)}"
            queries = self._queries(codes, totals(codes, name), "")
            for dimension, some in wanted.items():
                source = self._grouping(codes.only(some), name, dimension, direct, related)
                queries += self._queries(codes.only(some), totals(codes.only(some), *source), dimension.by)
            batches.append(Batch(name, stated(codes, self.sql(codes.rows)), tuple(queries)))
        recipes = tuple(Recipe(one.formula, self._places) for one in asked)
        return Plan(tuple(batches), tuple(measures), recipes, self.read, self._kinds)

    def sql(self, expression: Any) -> str:
        """The text of an Ibis expression over the frames, in the dialect of the engine."""
        # What ``ibis.to_sql`` does, without copying the tree of the statement before it is written out.
        compiler = getattr(compilers, self.dialect).compiler
        return str(compiler.to_sqlglot(expression).sql(dialect=compiler.dialect, copy=False))

    def _by_table(self) -> dict[str, list[Counted]]:
        found: dict[str, list[Counted]] = {}
        for measure in self._places:
            found.setdefault(measure.thing.table, []).append(measure)
        return found

    def _split(self, formula: b.Formula, by: str) -> dict[Counted, Dimension]:
        dimensions = dimensions_of(formula, by, self.definitions)
        for measure, dimension in dimensions.items():
            kind = meaning(dimension.item)
            if kind in ("territory", "organisation"):
                self._kinds[by, self._places[measure]] = str(kind)
        return dimensions

    def _grouping(
        self, codes: Codes, name: str, dimension: Dimension, direct: list[Direct], related: list[Related]
    ) -> tuple[str, str]:
        """What to group: the table of codes, or what is joined of it, and its column with the group."""
        if isinstance(dimension, Direct):
            return name, f"g{direct.index(dimension)}"
        if isinstance(dimension, Many):
            things = list(dict.fromkeys(measure.thing for measure in codes.measures.values()))
            pairs, columns = pairs_by_job(self.frames, dimension, things)
            return limited(codes, name, f"({self.sql(pairs)})", columns), "group_"
        pairs = f"({self.sql(pairs_by_relation(self.frames, dimension))})"
        if dimension.in_share:
            return having(codes, name, pairs, f"a{related.index(dimension)}"), "group_"
        return limited(codes, name, pairs, {measure.thing: "j0" for measure in codes.measures.values()}), "group_"

    def _queries(self, codes: Codes, found: list[tuple[str, list[int]]], by: str) -> list[Query]:
        places = {number: self._places[measure] for number, measure in codes.measures.items()}
        return [Query(sql, tuple((number, places[number]) for number in numbers), by) for sql, numbers in found]


def _dimensions(table: str, splits: Sequence[Mapping[Counted, Dimension]]) -> dict[Dimension, list[Counted]]:
    """By breakdown: which counts of rows of ``table`` are wanted so."""
    found: dict[Dimension, list[Counted]] = {}
    for split in splits:
        for measure, dimension in split.items():
            if measure.thing.table == table and measure not in found.setdefault(dimension, []):
                found[dimension].append(measure)
    return {dimension: some for dimension, some in found.items() if some}


@contextmanager
def _no_collection() -> Iterator[None]:
    """A plan is a hundred thousand small objects, all of them in use to the end: looking for garbage among them is a
    sixth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
