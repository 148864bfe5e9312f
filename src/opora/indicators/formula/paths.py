"""Where the names of a formula lead: columns, definitions, rows that ask, words of time."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

from opora.indicators.dataset.schema import Kind, Table
from opora.indicators.dataset.tables import TABLES
from opora.indicators.definitions import Definitions
from opora.indicators.formula import bound as b
from opora.indicators.formula import tree as t
from opora.indicators.formula.bounds import MOST_PARTS, TOO_BIG, TOO_NESTED, outgrown, parts_in
from opora.indicators.formula.faults import DEEPEST, TOO_DEEP, FormulaFault, FormulaFaults
from opora.indicators.formula.kinds import TYPES, extended, target_of
from opora.indicators.formula.names import INSTANTS, about_a_person, did_you_mean, reached, short, where_it_is
from opora.indicators.formula.parse import parse

BROKEN = b.Broken()

ASSESSMENT = "assessment_result"
NOT_OF_A_PERSON = "Итоги ВПР и экзаменов говорят о школе и предмете; вывод о человеке по ним не делают"

Scopes = tuple[Table, ...]
"""The table of the row at hand, then those of the rows that ask, innermost first."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A definition, bound, and how much of a formula it takes."""

    item: b.Defined
    levels: int
    parts: int


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong in a definition that is used ``levels`` deep or deeper: less deep, it may have room."""

    message: str
    levels: int


class Paths(ABC):
    """Binds one formula; ``faults`` fills up as it goes. This part of a binder follows paths."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self.faults: list[FormulaFault] = []
        self._open: tuple[tuple[str, str], ...] = ()
        self._levels = self._deepest = self._opened_parts = 0

    def item(self, node: t.Expr, scopes: Scopes) -> b.Item:
        """A condition or a value on a row of the first of ``scopes``."""
        self._levels += 1
        self._deepest = max(self._deepest, self._levels)
        if self._levels <= DEEPEST:
            item = self.item_of(node, scopes)
        else:
            item = self._once(TOO_NESTED if self._open else TOO_DEEP, node)
        self._levels -= 1
        return item

    @abstractmethod
    def item_of(self, node: t.Expr, scopes: Scopes) -> b.Item:
        """``item`` of a node that does not lie too deep."""

    def fault(self, message: str, node: t.Node) -> b.Broken:
        self.tell(FormulaFault(message, node.at))
        return BROKEN

    def tell(self, *faults: FormulaFault) -> None:
        self.faults += [fault for fault in faults if fault not in self.faults]  # «x in (a, b)» looks at x twice

    def path(self, node: t.Path, scopes: Scopes, *, only_here: bool = False) -> b.Item:
        """What the path leads to; ``only_here``: its first name is looked for in the row at hand alone."""
        item = self.along(node, node.parts, scopes[0]) if only_here else self._led(node, scopes)
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
        instant = next((name for name in INSTANTS if name == first), None)
        if instant is not None and not rest:
            return b.Instant(instant)
        return self.fault(self._unknown_name(first, here), node)

    def _unknown_name(self, name: str, table: Table) -> str:
        if name in TABLES:
            return f"{name} — таблица, а здесь нужен столбец; о строках таблицы спрашивают словом has"
        known = [column.name for column in table.columns] + [*self.definitions.get(table.name, {}), *INSTANTS]
        hint = did_you_mean(name, known) or where_it_is(name)
        return f"В таблице {table.name} («{table.title}») нет «{short(name)}»{hint}"

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
        """Each definition is bound once: two that use each other's neighbours twice would double at every step."""
        place = (table.name, name)
        if place in self._open:
            return self.fault(f"Определение «{name}» ссылается само на себя", node)
        known: Opened | Wrong | None = self.definitions.bound.get(place)
        if known is None or (isinstance(known, Wrong) and self._levels < known.levels):
            known = self.definitions.bound[place] = self._opened(place, table)
        if isinstance(known, Wrong):
            return self._once(_told_of(name, known.message), node)
        self._deepest = max(self._deepest, self._levels + known.levels)
        self._opened_parts += known.parts
        if self._levels + known.levels > DEEPEST:
            return self._once(TOO_NESTED, node)
        return known.item if self._opened_parts <= MOST_PARTS else self._once(TOO_BIG, node)

    def _once(self, message: str, node: t.Node) -> b.Broken:
        """A fault told at its first place only. Within a definition it ends the reading: of one, the first is told."""
        if self._open:
            raise FormulaFaults([FormulaFault(message, node.at)])
        return BROKEN if any(fault.message == message for fault in self.faults) else self.fault(message, node)

    def _opened(self, place: tuple[str, str], table: Table) -> Opened | Wrong:
        name = place[1]
        definition = self.definitions[table.name][name]
        inner = type(self)(self.definitions)
        inner._open = (*self._open, place)
        inner._levels = inner._deepest = self._levels
        item: b.Item = BROKEN
        try:
            item = inner.item(parse(definition.formula), (table,))
        except FormulaFaults as problem:
            inner.tell(*problem.faults)
        wrong = inner.faults[0].message if inner.faults else outgrown(item)
        if wrong is not None:
            return Wrong(wrong, self._levels if wrong == TOO_NESTED else 0)
        bound = b.Defined(name, definition.words, item, item.type)
        return Opened(bound, inner._deepest - self._levels, parts_in(bound))


_WAY = 3
"""Definitions on the way to a fault that are named: a chain of them may be long."""


def _told_of(name: str, wrong: str) -> str:
    """What is wrong in a definition, or in one that it uses."""
    if wrong in (TOO_NESTED, TOO_BIG) or wrong.count("В определении «") >= _WAY:
        return wrong
    return f"В определении «{name}»: {wrong}"
