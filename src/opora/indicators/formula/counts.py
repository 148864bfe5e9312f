"""The outer level of a formula: counted things, numbers over them, conditions over the numbers."""

from __future__ import annotations

from opora.indicators.dataset.schema import Table, Time
from opora.indicators.dataset.tables import TABLES
from opora.indicators.formula import bound as b
from opora.indicators.formula import tree as t
from opora.indicators.formula.conditions import Conditions
from opora.indicators.formula.faults import FormulaFault, FormulaFaults
from opora.indicators.formula.kinds import has_person
from opora.indicators.formula.names import INSTANTS
from opora.indicators.formula.relations import default_window


class Binder(Conditions):
    """Binds one formula of any kind."""

    def thing(self, node: t.Expr) -> b.Thing:
        items = node.items if isinstance(node, t.AllOf) else (node,)
        table, window, moment = self._counted_table(items[0])
        if table is None and (hint := self._is_of_another(items[0])):
            raise FormulaFaults(
                [*self.faults, FormulaFault(hint, items[0].at)]
            )  # of what is said of it nothing is known
        if table is None:
            return b.Thing("person", b.Fixed("none"), "during", self.truth(node, (TABLES["person"],)))
        rest = tuple(self.truth(item, (table,)) for item in items[1:])
        condition = None if not rest else rest[0] if len(rest) == 1 else b.AllOf(rest)
        return b.Thing(table.name, window, moment, condition)

    def _is_of_another(self, first: t.Expr) -> str | None:
        """What is told where a kind of things stands in place of their table: «school» for «organisation»."""
        if not isinstance(first, t.Path) or len(first.parts) != 1:
            return None
        (name,) = first.parts
        if TABLES["person"].column(name) or name in self.definitions.get("person", {}) or name in INSTANTS:
            return None
        meant = [f"{table} and {name}" for table, named in self.definitions.items() if name in named]
        meant += [f"{table.name} and kind = {name}" for table in TABLES.values() if _has_kind(table, name)]
        if not meant:
            return None
        return f"{name} — не таблица и не слово о человеке; возможно, вы имели в виду {' или '.join(meant[:3])}"

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
        return table, self.window(window, (table,)), moment

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
        if node.function == "people" and not has_person(TABLES[thing.table]):
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


def _has_kind(table: Table, code: str) -> bool:
    kind = table.column("kind")
    return kind is not None and any(code == one for one, _ in kind.choices)
