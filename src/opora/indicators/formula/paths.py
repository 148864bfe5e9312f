"""Where the names of a formula lead: columns, definitions, rows that ask, words of time."""

from __future__ import annotations

from abc import ABC, abstractmethod

from opora.indicators.dataset.schema import Kind, Table
from opora.indicators.dataset.tables import TABLES
from opora.indicators.definitions import Definitions
from opora.indicators.formula import bound as b
from opora.indicators.formula import tree as t
from opora.indicators.formula.faults import FormulaFault, FormulaFaults
from opora.indicators.formula.kinds import TYPES, extended, target_of
from opora.indicators.formula.names import INSTANTS, about_a_person, did_you_mean, reached, where_it_is
from opora.indicators.formula.parse import parse

BROKEN = b.Broken()

ASSESSMENT = "assessment_result"
NOT_OF_A_PERSON = "Итоги ВПР и экзаменов говорят о школе и предмете; вывод о человеке по ним не делают"

Scopes = tuple[Table, ...]
"""The table of the row at hand, then those of the rows that ask, innermost first."""


class Paths(ABC):
    """Binds one formula; ``faults`` fills up as it goes. This part of a binder follows paths."""

    def __init__(self, definitions: Definitions, open_definitions: tuple[tuple[str, str], ...] = ()) -> None:
        self.definitions = definitions
        self.faults: list[FormulaFault] = []
        self._open = open_definitions

    @abstractmethod
    def item(self, node: t.Expr, scopes: Scopes) -> b.Item:
        """A condition or a value on a row of the first of ``scopes``."""

    def fault(self, message: str, node: t.Node) -> b.Broken:
        fault = FormulaFault(message, node.at)
        if fault not in self.faults:  # «x in (a, b)» looks at x twice
            self.faults.append(fault)
        return BROKEN

    def path(self, node: t.Path, scopes: Scopes) -> b.Item:
        item = self._led(node, scopes)
        if self._judges_a_person(item, scopes):  # by way of a definition on another table
            return self.fault(NOT_OF_A_PERSON, node)
        return item

    def _judges_a_person(self, item: b.Item, scopes: Scopes) -> bool:
        return (
            not isinstance(item, b.Attribute)
            and any(about_a_person(scope) for scope in scopes)
            and any(isinstance(one, b.Rows) and one.table == ASSESSMENT for one in b.walk(item))
        )

    def _led(self, node: t.Path, scopes: Scopes) -> b.Item:
        """What the path leads to."""
        first, rest = node.parts[0], node.parts[1:]
        here = scopes[0]
        if here.column(first) or first in self.definitions.get(here.name, {}):
            return self.along(node, node.parts, here)
        for level, table in enumerate(scopes):
            if first == table.name:
                item = self.along(node, rest, table) if rest else b.Key(table.name)
                return item if level == 0 or item is BROKEN else b.Outer(level, item, item.type)
        if first in INSTANTS and not rest:
            return b.Instant(first)  # type: ignore[arg-type]  # narrowed by the line above
        return self.fault(self._unknown_name(first, here), node)

    def _unknown_name(self, name: str, table: Table) -> str:
        if name in TABLES:
            return f"{name} — таблица, а здесь нужен столбец; о строках таблицы спрашивают словом has"
        known = [column.name for column in table.columns] + [*self.definitions.get(table.name, {}), *INSTANTS]
        hint = did_you_mean(name, known) or where_it_is(name)
        return f"В таблице {table.name} («{table.title}») нет «{name}»{hint}"

    def along(self, node: t.Path, parts: tuple[str, ...], table: Table) -> b.Item:
        """The item at the end of ``parts``, begun at a row of ``table``."""
        first, rest = parts[0], parts[1:]
        column = table.column(first)
        if column is not None:
            if not rest:
                return b.Attribute(table.name, column, TYPES[column.kind])
            if column.kind is not Kind.REF:
                return self.fault(f"«{first}» — {column.title.lower()}, от неё нельзя идти дальше точкой", node)
            item = self.along(node, rest, reached(column))
            return item if item is BROKEN else b.Follow(table.name, first, column.to, item, item.type)
        if first not in self.definitions.get(table.name, {}):
            return self.fault(self._unknown_name(first, table), node)
        item = self._defined(first, table, node)
        return self._from_defined(item, rest, node) if rest else item

    def _from_defined(self, item: b.Item, rest: tuple[str, ...], node: t.Path) -> b.Item:
        """``organisation.kind`` where ``organisation`` is a definition that ends in a reference: move the path in."""
        target = target_of(item)
        if target is None:
            return item if item is BROKEN else self.fault(f"После «{node.parts[0]}» нельзя идти дальше точкой", node)
        inner = self.along(node, rest, TABLES[target])
        return inner if inner is BROKEN else extended(item, inner)

    def _defined(self, name: str, table: Table, node: t.Path) -> b.Item:
        definition = self.definitions[table.name][name]
        if (table.name, name) in self._open:
            return self.fault(f"Определение «{name}» ссылается само на себя", node)
        inner = type(self)(self.definitions, (*self._open, (table.name, name)))
        try:
            item = inner.item(parse(definition.formula), (table,))
        except FormulaFaults as faults:
            return self.fault(f"В определении «{name}»: {faults}", node)
        if inner.faults:
            return self.fault(f"В определении «{name}»: {inner.faults[0].message}", node)
        return b.Defined(name, definition.words, item, item.type)
