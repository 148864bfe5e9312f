"""From the tree of a formula to the bound tree: names resolved, types checked, all the faults at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from opora.indicators.dataset.schema import Column, Kind, Table, Time
from opora.indicators.dataset.tables import TABLES
from opora.indicators.definitions import Definitions
from opora.indicators.formula import bound as b
from opora.indicators.formula import tree as t
from opora.indicators.formula.faults import FormulaFault, FormulaFaults
from opora.indicators.formula.names import (
    INSTANTS,
    NoLink,
    about_a_person,
    did_you_mean,
    find_link,
    reached,
    where_it_is,
)
from opora.indicators.formula.parse import parse

_TYPES = {
    Kind.KEY: b.Type.KEY,
    Kind.REF: b.Type.KEY,
    Kind.TEXT: b.Type.TEXT,
    Kind.CHOICE: b.Type.TEXT,
    Kind.INTEGER: b.Type.NUMBER,
    Kind.NUMBER: b.Type.NUMBER,
    Kind.FLAG: b.Type.TRUTH,
    Kind.DATE: b.Type.DATE,
}
_ORDERED = (b.Type.NUMBER, b.Type.DATE, b.Type.RANGE)
_BROKEN = b.Broken()

ASSESSMENT = "assessment_result"
_NOT_OF_A_PERSON = "Итоги ВПР и экзаменов говорят о школе и предмете; вывод о человеке по ним не делают"


def bind_condition(text: str, table: str, definitions: Definitions) -> b.Item:
    """A condition on rows of ``table``. Raises ``FormulaFaults``."""
    return _bound(definitions, lambda binder: binder.truth(parse(text), (TABLES[table],)))


def bind_definition(text: str, table: str, definitions: Definitions) -> b.Item:
    """A condition or a value on rows of ``table``. Raises ``FormulaFaults``."""
    return _bound(definitions, lambda binder: binder.item(parse(text), (TABLES[table],)))


def bind_thing(text: str, definitions: Definitions) -> b.Thing:
    """What ``of:`` and ``count:`` name: the counted things. Raises ``FormulaFaults``."""
    return _bound(definitions, lambda binder: binder.thing(parse(text)))


def bind_share(condition: str, thing: b.Thing, definitions: Definitions) -> b.Item:
    """The condition of a share over things already bound. Raises ``FormulaFaults``."""
    return bind_condition(condition, thing.table, definitions)


def bind_measure(text: str, definitions: Definitions) -> b.Measure:
    """An expression over aggregates: a number. Raises ``FormulaFaults``."""
    return _bound(definitions, lambda binder: binder.measure(parse(text)))


def bind_test(text: str, definitions: Definitions) -> b.Test:
    """A condition over aggregates: yes or no. Raises ``FormulaFaults``."""
    return _bound(definitions, lambda binder: binder.test(parse(text)))


T = TypeVar("T")


def _bound(definitions: Definitions, act: Callable[[Binder], T]) -> T:
    binder = Binder(definitions)
    result = act(binder)
    if binder.faults:
        raise FormulaFaults(binder.faults)
    return result


Scopes = tuple[Table, ...]
"""The table of the row at hand, then those of the rows that ask, innermost first."""


class Binder:
    """Binds one formula; ``faults`` fills up as it goes."""

    def __init__(self, definitions: Definitions, open_definitions: tuple[tuple[str, str], ...] = ()) -> None:
        self.definitions = definitions
        self.faults: list[FormulaFault] = []
        self._open = open_definitions

    def fault(self, message: str, node: t.Node) -> b.Broken:
        fault = FormulaFault(message, node.at)
        if fault not in self.faults:  # «x in (a, b)» looks at x twice
            self.faults.append(fault)
        return _BROKEN

    # ── conditions and values on a row ───────────────────────────────────────────────────────────────────────────

    def truth(self, node: t.Expr, scopes: Scopes) -> b.Item:
        item = self.item(node, scopes)
        if item.type not in (b.Type.TRUTH, b.Type.BROKEN):
            return self.fault(f"Здесь нужно условие, а стоит {item.type.value}", node)
        return item

    def item(self, node: t.Expr, scopes: Scopes) -> b.Item:
        match node:
            case t.Number(value) | t.Percent(value):
                return b.Plain(value, b.Type.NUMBER)
            case t.Duration(amount, unit):
                return b.Span(amount, unit)
            case t.Date(value):
                return b.Plain(value, b.Type.DATE)
            case t.String(value):
                return b.Plain(value.strip(), b.Type.TEXT)
            case t.AllOf(items):
                return b.AllOf(tuple(self.truth(item, scopes) for item in items))
            case t.AnyOf(items):
                return b.AnyOf(tuple(self.truth(item, scopes) for item in items))
            case t.Negate(item):
                return b.Not(self.truth(item, scopes))
            case t.Aggregate() | t.Share():
                return self.fault(
                    "Здесь речь об одной строке: count(…), sum(…) и share(…) пишут в value и yes_if", node
                )
            case t.Has() | t.Every() | t.Latest() | t.RowAggregate():
                return self._relational(node, scopes)
            case _:
                return self._value(node, scopes)

    def _value(self, node: t.Expr, scopes: Scopes) -> b.Item:
        match node:
            case t.Path():
                return self.path(node, scopes)
            case t.Compare(op, left, right):
                return self._compare(op, left, right, node, scopes)
            case t.Between(value, low, high):
                parts = (self._compare(">=", value, low, node, scopes), self._compare("<=", value, high, node, scopes))
                return b.AllOf(parts)
            case t.OneOf(value, options):
                return b.AnyOf(tuple(self._compare("=", value, option, option, scopes) for option in options))
            case t.Known(value, known):
                return b.IsKnown(self.item(value, scopes), known)
            case t.InWindow():
                return self._in_window(node, scopes)
            case t.Arithmetic():
                return self._arithmetic(node, scopes)
            case t.Years(start, end):
                return b.FullYears(self._date(start, scopes), self._date(end, scopes))
        raise AssertionError(node)

    def _date(self, node: t.Expr, scopes: Scopes) -> b.Item:
        item = self.item(node, scopes)
        if item.type not in (b.Type.DATE, b.Type.BROKEN):
            return self.fault(f"Здесь нужна дата, а стоит {item.type.value}", node)
        return item

    # ── paths ────────────────────────────────────────────────────────────────────────────────────────────────────

    def path(self, node: t.Path, scopes: Scopes) -> b.Item:
        item = self._led(node, scopes)
        if self._judges_a_person(item, scopes):  # by way of a definition on another table
            return self.fault(_NOT_OF_A_PERSON, node)
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
            return self._along(node, node.parts, here)
        for level, table in enumerate(scopes):
            if first == table.name:
                item = self._along(node, rest, table) if rest else b.Key(table.name)
                return item if level == 0 or item is _BROKEN else b.Outer(level, item, item.type)
        if first in INSTANTS and not rest:
            return b.Instant(first)  # type: ignore[arg-type]  # narrowed by the line above
        return self.fault(self._unknown_name(first, here), node)

    def _unknown_name(self, name: str, table: Table) -> str:
        if name in TABLES:
            return f"{name} — таблица, а здесь нужен столбец; о строках таблицы спрашивают словом has"
        known = [column.name for column in table.columns] + [*self.definitions.get(table.name, {}), *INSTANTS]
        hint = did_you_mean(name, known) or where_it_is(name)
        return f"В таблице {table.name} («{table.title}») нет «{name}»{hint}"

    def _along(self, node: t.Path, parts: tuple[str, ...], table: Table) -> b.Item:
        """The item at the end of ``parts``, begun at a row of ``table``."""
        first, rest = parts[0], parts[1:]
        column = table.column(first)
        if column is not None:
            if not rest:
                return b.Attribute(table.name, column, _TYPES[column.kind])
            if column.kind is not Kind.REF:
                return self.fault(f"«{first}» — {column.title.lower()}, от неё нельзя идти дальше точкой", node)
            item = self._along(node, rest, reached(column))
            return item if item is _BROKEN else b.Follow(table.name, first, column.to, item, item.type)
        if first not in self.definitions.get(table.name, {}):
            return self.fault(self._unknown_name(first, table), node)
        item = self._defined(first, table, node)
        return self._from_defined(item, rest, node) if rest else item

    def _from_defined(self, item: b.Item, rest: tuple[str, ...], node: t.Path) -> b.Item:
        """``organisation.kind`` where ``organisation`` is a definition that ends in a reference: move the path in."""
        target = _target(item)
        if target is None:
            return item if item is _BROKEN else self.fault(f"После «{node.parts[0]}» нельзя идти дальше точкой", node)
        inner = self._along(node, rest, TABLES[target])
        return inner if inner is _BROKEN else _extend(item, inner)

    def _defined(self, name: str, table: Table, node: t.Path) -> b.Item:
        definition = self.definitions[table.name][name]
        if (table.name, name) in self._open:
            return self.fault(f"Определение «{name}» ссылается само на себя", node)
        inner = Binder(self.definitions, (*self._open, (table.name, name)))
        try:
            item = inner.item(parse(definition.formula), (table,))
        except FormulaFaults as faults:
            return self.fault(f"В определении «{name}»: {faults}", node)
        if inner.faults:
            return self.fault(f"В определении «{name}»: {inner.faults[0].message}", node)
        return b.Defined(name, definition.words, item, item.type)

    # ── comparison and arithmetic ────────────────────────────────────────────────────────────────────────────────

    def _compare(self, op: t.Operator, left: t.Expr, right: t.Expr, node: t.Node, scopes: Scopes) -> b.Item:
        ours = self._side(left, right, scopes)
        if ours.type is b.Type.BROKEN and isinstance(right, t.Path) and len(right.parts) == 1:
            return _BROKEN  # most likely a code of what was not found
        theirs = self._side(right, left, scopes)
        if b.Type.BROKEN in (ours.type, theirs.type):
            return _BROKEN
        ours, theirs = _years_as_number(ours, theirs), _years_as_number(theirs, ours)
        if not _comparable(ours, theirs):
            return self.fault(f"Нельзя сравнить: слева {ours.type.value}, справа {theirs.type.value}", node)
        if op not in ("=", "!=") and ours.type not in _ORDERED:
            return self.fault(
                f"Знаком «{op}» сравнивают числа и даты; {ours.type.value} сравнивают знаками «=» и «!=»", node
            )
        if ours.type is b.Type.KEY and _points_to(ours) != _points_to(theirs):
            return self.fault(f"Сравниваются ссылки на разное: {_points_to(ours)} и {_points_to(theirs)}", node)
        return b.Compare(op, ours, theirs)

    def _side(self, node: t.Expr, opposite: t.Expr, scopes: Scopes) -> b.Item:
        """One side of a comparison; opposite a CHOICE, its code or label."""
        if isinstance(node, t.String) or (isinstance(node, t.Path) and len(node.parts) == 1):
            column = self._choice(opposite, scopes)
            if column is not None:
                return self._code(node, column, scopes)
        return self.item(node, scopes)

    def _choice(self, node: t.Expr, scopes: Scopes) -> Column | None:
        if not isinstance(node, (t.Path, t.Latest)):
            return None
        trial = Binder(self.definitions, self._open)
        column = _column(trial.item(node, scopes))
        return column if column is not None and column.kind is Kind.CHOICE and not trial.faults else None

    def _code(self, node: t.Path | t.String, column: Column, scopes: Scopes) -> b.Item:
        written = node.value.strip() if isinstance(node, t.String) else node.parts[0]
        for code, label in column.choices:
            if written in ((code,) if isinstance(node, t.Path) else (code, label)):
                return b.Plain(code, b.Type.TEXT)
        if isinstance(node, t.Path):
            trial = Binder(self.definitions, self._open)
            item = trial.path(node, scopes)
            if not trial.faults:
                return item
        known = [code for code, _ in column.choices] + [label for _, label in column.choices]
        hint = did_you_mean(written, known) or f"; бывает: {', '.join(code for code, _ in column.choices)}"
        return self.fault(f"У «{column.name}» ({column.title.lower()}) нет значения «{written}»{hint}", node)

    def _arithmetic(self, node: t.Arithmetic, scopes: Scopes) -> b.Item:
        left, right = self.item(node.left, scopes), self.item(node.right, scopes)
        kinds = (left.type, right.type)
        if b.Type.BROKEN in kinds:
            return _BROKEN
        if kinds == (b.Type.DATE, b.Type.DURATION) and node.op in "+-":
            return b.Calculate(node.op, left, right, b.Type.DATE)
        if kinds == (b.Type.NUMBER, b.Type.NUMBER):
            return b.Calculate(node.op, left, right, b.Type.NUMBER)
        return self.fault(f"Нельзя вычислить: {left.type.value} {node.op} {right.type.value}", node)

    def _in_window(self, node: t.InWindow, scopes: Scopes) -> b.Item:
        item = self.item(node.value, scopes)
        if item.type is b.Type.BROKEN:
            return _BROKEN
        if item.type is not b.Type.DATE:
            return self.fault(f"Промежуток времени применяют к дате, а здесь {item.type.value}", node)
        if node.moment != "during":
            return self.fault("Слова began и ended относятся к таблице, а не к дате", node)
        return b.DateIn(item, self._window(node.window, scopes))

    def _window(self, node: t.Window, scopes: Scopes) -> b.Window:
        match node:
            case t.InPeriod(previous):
                return b.Fixed("previous" if previous else "period")
            case t.Within(length, None):
                return b.Fixed("last", b.Span(length.amount, length.unit))
            case t.Within(length, start) if start is not None:
                return b.From(self._date(start, scopes), b.Span(length.amount, length.unit))
            case t.Since(start):
                return b.From(self._date(start, scopes))
            case t.OnDate(day):
                return b.From(self._date(day, scopes), b.Span(1, "day"))
            case t.Ever():
                return b.Fixed("ever")
        raise AssertionError(node)

    # ── relations ────────────────────────────────────────────────────────────────────────────────────────────────

    def _relational(self, node: t.Has | t.Every | t.Latest | t.RowAggregate, scopes: Scopes) -> b.Item:
        rows = self.rows(node.relation, scopes)
        if rows is None:
            return _BROKEN
        inner = (TABLES[rows.table], *scopes)
        match node:
            case t.Has(_, quantity):
                return self._has(node, rows, quantity)
            case t.Every(_, demand):
                return b.Every(rows, self.truth(demand, inner))
            case t.Latest(_, path):
                if TABLES[rows.table].time is Time.ENTITY:
                    return self.fault(f"У таблицы {rows.table} нет времени, «latest» к ней неприменимо", node)
                item = self._along(path, path.parts, inner[0])
                return item if item is _BROKEN else b.Latest(rows, item, item.type)
            case t.RowAggregate(_, _, path):
                return self._tally(node, rows, path)
        raise AssertionError(node)

    def _has(self, node: t.Has, rows: b.Rows, quantity: t.Quantity | None) -> b.Item:
        if quantity is None:
            return b.Has(rows, None)
        if quantity.of == "people" and not _has_person(TABLES[rows.table]):
            return self.fault(f"В таблице {rows.table} нет столбца person: людей в ней не сосчитать", quantity)
        return b.Has(rows, b.Quantity(quantity.bound, quantity.value, quantity.of))

    def _tally(self, node: t.RowAggregate, rows: b.Rows, path: t.Path | None) -> b.Item:
        function = node.function
        kind = b.Type.RANGE if function in ("count", "people", "sum") else b.Type.NUMBER
        if path is None:
            if function == "people" and not _has_person(TABLES[rows.table]):
                return self.fault(f"В таблице {rows.table} нет столбца person: людей в ней не сосчитать", node)
            return b.Tally(function, rows, None, kind)
        item = self._along(path, path.parts, TABLES[rows.table])
        if function in ("min", "max") and item.type is b.Type.DATE:
            return b.Tally(function, rows, item, b.Type.DATE)
        if item.type not in (b.Type.NUMBER, b.Type.BROKEN):
            return self.fault(f"Складывают и усредняют числа, а здесь {item.type.value}", path)
        return b.Tally(function, rows, item, kind)

    def rows(self, relation: t.Relation, scopes: Scopes) -> b.Rows | None:
        table = TABLES.get(relation.table)
        if table is None:
            self.fault(f"Нет таблицы «{relation.table}»{did_you_mean(relation.table, TABLES)}", relation)
            return None
        if table.name == ASSESSMENT and any(about_a_person(scope) for scope in scopes):
            self.fault(_NOT_OF_A_PERSON, relation)
            return None
        try:
            link = find_link(scopes[0], table, relation.role, relation.via)
        except NoLink as problem:
            self.fault(str(problem), relation)
            return None
        where = self.truth(relation.where, (table, *scopes)) if relation.where is not None else None
        window = self._table_window(relation, table, scopes)
        return b.Rows(table.name, link.own, link.theirs, where, window, relation.moment)

    def _table_window(self, relation: t.Relation, table: Table, scopes: Scopes) -> b.Window:
        if relation.window is None:
            if relation.moment != "during":
                self.fault(f"После {relation.moment} нужен промежуток, например in period", relation)
            return default_window(table)
        if table.time is Time.ENTITY:
            self.fault(f"У таблицы {table.name} нет времени, промежуток к ней неприменим", relation.window)
        return self._window(relation.window, scopes)

    # ── counted things ───────────────────────────────────────────────────────────────────────────────────────────

    def thing(self, node: t.Expr) -> b.Thing:
        items = node.items if isinstance(node, t.AllOf) else (node,)
        table, window, moment = self._counted_table(items[0])
        if table is None:
            return b.Thing("person", b.Fixed("none"), "during", self.truth(node, (TABLES["person"],)))
        rest = tuple(self.truth(item, (table,)) for item in items[1:])
        condition = None if not rest else rest[0] if len(rest) == 1 else b.AllOf(rest)
        return b.Thing(table.name, window, moment, condition)

    def _counted_table(self, first: t.Expr) -> tuple[Table | None, b.Window, t.Moment]:
        named: t.Expr = first
        window: t.Window | None = None
        moment: t.Moment = "during"
        if isinstance(first, t.InWindow):
            named, window, moment = first.value, first.window, first.moment
        if not isinstance(named, t.Path) or len(named.parts) != 1 or named.parts[0] not in TABLES:
            return None, b.Fixed("none"), "during"
        table = TABLES[named.parts[0]]
        if window is None:
            return table, default_window(table), moment
        if table.time is Time.ENTITY:
            self.fault(f"У таблицы {table.name} нет времени, промежуток к ней неприменим", window)
        return table, self._window(window, (table,)), moment

    def measure(self, node: t.Expr) -> b.Measure:
        match node:
            case t.Number(value) | t.Percent(value):
                return b.Constant(value)
            case t.Arithmetic(op, left, right):
                return b.Arithmetic(op, self.measure(left), self.measure(right))
            case t.Share(condition, of):
                thing = self.thing(of)
                return b.ShareOf(self.truth(condition, (TABLES[thing.table],)), thing)
            case t.Aggregate():
                return self._statistic(node)
        self.fault("Здесь нужно число по всем: count(…), sum(… of …), share(… of …)", node)
        return b.Constant(0)

    def _statistic(self, node: t.Aggregate) -> b.Statistic:
        thing = self.thing(node.of)
        if node.function == "people" and not _has_person(TABLES[thing.table]):
            self.fault(f"В таблице {thing.table} нет столбца person: людей в ней не сосчитать", node)
        if node.value is None:
            return b.Statistic(node.function, thing, None)
        item = self.item(node.value, (TABLES[thing.table],))
        if item.type not in (b.Type.NUMBER, b.Type.BROKEN):
            self.fault(f"Складывают и усредняют числа, а здесь {item.type.value}", node.value)
        return b.Statistic(node.function, thing, item)

    def test(self, node: t.Expr) -> b.Test:
        match node:
            case t.AllOf(items):
                return b.Combined("and", tuple(self.test(item) for item in items))
            case t.AnyOf(items):
                return b.Combined("or", tuple(self.test(item) for item in items))
            case t.Negate(item):
                return b.Combined("not", (self.test(item),))
            case t.Compare(op, left, right):
                return b.MeasureCompare(op, self.measure(left), self.measure(right))
            case t.Between(value, low, high):
                number = self.measure(value)
                above = b.MeasureCompare(">=", number, self.measure(low))
                return b.Combined("and", (above, b.MeasureCompare("<=", number, self.measure(high))))
        self.fault("Здесь нужно сравнение чисел, например count(…) >= 1", node)
        return b.Combined("and", ())


def default_window(table: Table) -> b.Window:
    """A state is asked on the date of the count, a fact in the period."""
    kinds: dict[Time, b.Fixed] = {
        Time.STATE: b.Fixed("date"),
        Time.FACT: b.Fixed("period"),
        Time.ENTITY: b.Fixed("none"),
    }
    return kinds[table.time]


def _years_as_number(item: b.Item, opposite: b.Item) -> b.Item:
    """«tenure >= 3 years»: full years are a number."""
    if isinstance(item, b.Span) and item.unit == "year" and opposite.type in (b.Type.NUMBER, b.Type.RANGE):
        return b.Plain(float(item.amount), b.Type.NUMBER)
    return item


def _has_person(table: Table) -> bool:
    return table.name == "person" or table.column("person") is not None


def _comparable(left: b.Item, right: b.Item) -> bool:
    if b.Type.RANGE in (left.type, right.type):
        other = right if left.type is b.Type.RANGE else left
        return other.type is b.Type.NUMBER and isinstance(other, b.Plain)
    return left.type is right.type and left.type is not b.Type.DURATION


def _core(item: b.Item) -> b.Item:
    """The item under names, references and relations: where its value is read."""
    while isinstance(item, (b.Follow, b.Outer, b.Defined, b.Latest)):
        item = item.item
    return item


def _column(item: b.Item) -> Column | None:
    core = _core(item)
    return core.column if isinstance(core, b.Attribute) else None


def _points_to(item: b.Item) -> str:
    core = _core(item)
    if isinstance(core, b.Key):
        return core.table
    if isinstance(core, b.Attribute):
        return core.column.to or core.table
    return ""


def _target(item: b.Item) -> str | None:
    return _points_to(item) or None if item.type is b.Type.KEY else None


def _extend(item: b.Item, inner: b.Item) -> b.Item:
    """The reference at the end of ``item``, followed to ``inner``."""
    match item:
        case b.Defined(_, _, deeper):
            return _extend(deeper, inner)
        case b.Follow(table, ref, to, deeper):
            return b.Follow(table, ref, to, _extend(deeper, inner), inner.type)
        case b.Latest(rows, deeper):
            return b.Latest(rows, _extend(deeper, inner), inner.type)
        case b.Attribute(table, column):
            return b.Follow(table, column.name, column.to, inner, inner.type)
    return inner
