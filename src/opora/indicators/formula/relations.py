"""Relations of a formula: rows of another table that belong to the row at hand, and in which window."""

from __future__ import annotations

from abc import abstractmethod

from opora.indicators.dataset.schema import Table, Time
from opora.indicators.dataset.tables import TABLES
from opora.indicators.formula import bound as b
from opora.indicators.formula import tree as t
from opora.indicators.formula.bounds import MOST_YEARS, TOO_LONG, years_of
from opora.indicators.formula.kinds import has_person
from opora.indicators.formula.names import NoLink, about_a_person, did_you_mean, find_link, short
from opora.indicators.formula.paths import ASSESSMENT, BROKEN, NOT_OF_A_PERSON, Paths, Scopes


class Relations(Paths):
    """The part of a binder that binds relations and windows."""

    @abstractmethod
    def truth(self, node: t.Expr, scopes: Scopes) -> b.Item:
        """A condition on a row of the first of ``scopes``."""

    def relational(self, node: t.Has | t.Every | t.Latest | t.RowAggregate, scopes: Scopes) -> b.Item:
        rows = self._rows(node.relation, scopes)
        if rows is None:
            return BROKEN
        inner = (TABLES[rows.table], *scopes)
        match node:
            case t.Has(_, quantity):
                return self._has(node, rows, quantity)
            case t.Every(_, demand):
                return b.Every(rows, self.truth(demand, inner))
            case t.Latest(_, path):
                if TABLES[rows.table].time is Time.ENTITY:
                    return self.fault(f"У таблицы {rows.table} нет времени, «latest» к ней неприменимо", node)
                item = self.path(path, inner, only_here=True)
                return item if item is BROKEN else b.Latest(rows, item, item.type)
            case t.RowAggregate(_, _, path):
                return self._tally(node, rows, path, inner)
        raise AssertionError(node)

    def _has(self, node: t.Has, rows: b.Rows, quantity: t.Quantity | None) -> b.Item:
        if quantity is None:
            return b.Has(rows, None)
        if quantity.of == "share" and quantity.value > 1:
            return self.fault("Часть строк не бывает больше 100 %", quantity)
        if quantity.of != "share" and quantity.value % 1:
            return self.fault("Строки и людей считают целыми: число не может быть дробным", quantity)
        if quantity.of == "people" and not has_person(TABLES[rows.table]):
            return self.fault(f"В таблице {rows.table} нет столбца person: людей в ней не сосчитать", quantity)
        return b.Has(rows, b.Quantity(quantity.bound, quantity.value, quantity.of))

    def _tally(self, node: t.RowAggregate, rows: b.Rows, path: t.Path | None, inner: Scopes) -> b.Item:
        function = node.function
        kind = b.Type.RANGE if function in ("count", "people", "sum") else b.Type.NUMBER
        if path is None:
            if function == "people" and not has_person(TABLES[rows.table]):
                return self.fault(f"В таблице {rows.table} нет столбца person: людей в ней не сосчитать", node)
            return b.Tally(function, rows, None, kind)
        item = self.path(path, inner, only_here=True)
        if function in ("min", "max") and item.type is b.Type.DATE:
            return b.Tally(function, rows, item, b.Type.DATE)
        if item.type not in (b.Type.NUMBER, b.Type.BROKEN):
            return self.fault(f"Складывают и усредняют числа, а здесь {item.type.value}", path)
        return b.Tally(function, rows, item, kind)

    def _rows(self, relation: t.Relation, scopes: Scopes) -> b.Rows | None:
        table = TABLES.get(relation.table)
        if table is None:
            self.fault(self._no_such_table(relation.table, scopes[0]), relation)
            return None
        if table.name == ASSESSMENT and any(about_a_person(scope) for scope in scopes):
            self.fault(NOT_OF_A_PERSON, relation)
            return None
        try:
            link = find_link(scopes[0], table, relation.role, relation.via)
        except NoLink as problem:
            self.fault(str(problem), relation)
            return None
        where = self.truth(relation.where, (table, *scopes)) if relation.where is not None else None
        window = self._table_window(relation, table, scopes)
        return b.Rows(table.name, link.own, link.theirs, where, window, relation.moment)

    def _no_such_table(self, name: str, here: Table) -> str:
        if here.column(name) or name in self.definitions.get(here.name, {}):
            return f"{name} — не таблица, а готовое слово или столбец таблицы {here.name}: пишите без has"
        return f"Нет таблицы «{short(name)}»{did_you_mean(name, TABLES)}"

    def _table_window(self, relation: t.Relation, table: Table, scopes: Scopes) -> b.Window:
        if relation.window is None:
            if relation.moment != "during":
                self.fault(f"После {relation.moment} нужен промежуток, например in period", relation)
            return default_window(table)
        if table.time is Time.ENTITY:
            self.fault(f"У таблицы {table.name} нет времени, промежуток к ней неприменим", relation.window)
        return self.window(relation.window, scopes)

    def window(self, node: t.Window, scopes: Scopes) -> b.Window:
        match node:
            case t.InPeriod(previous):
                return b.Fixed("previous" if previous else "period")
            case t.Within(length, None):
                return b.Fixed("last", self._stretch(length))
            case t.Within(length, start) if start is not None:
                return b.From(self.date(start, scopes), self._stretch(length))
            case t.Since(start):
                return b.From(self.date(start, scopes))
            case t.OnDate(day):
                return b.From(self.date(day, scopes), b.Span(1, "day"))
            case t.Ever():
                return b.Fixed("ever")
        raise AssertionError(node)

    def _stretch(self, node: t.Duration) -> b.Span:
        if node.amount == 0:
            self.fault("Срок нулевой: в таком промежутке нет ни одного дня", node)
        return self.span(node)

    def span(self, node: t.Duration) -> b.Span:
        if years_of(node) > MOST_YEARS:
            self.fault(TOO_LONG, node)
        return b.Span(node.amount, node.unit)

    def date(self, node: t.Expr, scopes: Scopes) -> b.Item:
        item = self.item(node, scopes)
        if item.type not in (b.Type.DATE, b.Type.BROKEN):
            return self.fault(f"Здесь нужна дата, а стоит {item.type.value}", node)
        return item


def default_window(table: Table) -> b.Window:
    """A state is asked on the date of the count, a fact in the period."""
    kinds: dict[Time, b.Fixed] = {
        Time.STATE: b.Fixed("date"),
        Time.FACT: b.Fixed("period"),
        Time.ENTITY: b.Fixed("none"),
    }
    return kinds[table.time]
