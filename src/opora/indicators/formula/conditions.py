"""Conditions and values on a row."""

from __future__ import annotations

from opora.indicators.dataset.schema import Column, Kind
from opora.indicators.formula import bound as b
from opora.indicators.formula import tree as t
from opora.indicators.formula.kinds import ORDERED, column_of, comparable, points_to, years_as_number
from opora.indicators.formula.names import did_you_mean
from opora.indicators.formula.paths import BROKEN, Scopes
from opora.indicators.formula.relations import Relations


class Conditions(Relations):
    """The part of a binder that binds all that is said of one row."""

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
                return self.relational(node, scopes)
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
                return b.FullYears(self.date(start, scopes), self.date(end, scopes))
        raise AssertionError(node)

    # ── comparison and arithmetic ────────────────────────────────────────────────────────────────────────────────

    def _compare(self, op: t.Operator, left: t.Expr, right: t.Expr, node: t.Node, scopes: Scopes) -> b.Item:
        ours = self._side(left, right, scopes)
        if ours.type is b.Type.BROKEN and isinstance(right, t.Path) and len(right.parts) == 1:
            return BROKEN  # most likely a code of what was not found
        theirs = self._side(right, left, scopes)
        if b.Type.BROKEN in (ours.type, theirs.type):
            return BROKEN
        ours, theirs = years_as_number(ours, theirs), years_as_number(theirs, ours)
        if not comparable(ours, theirs):
            return self.fault(f"Нельзя сравнить: слева {ours.type.value}, справа {theirs.type.value}", node)
        if op not in ("=", "!=") and ours.type not in ORDERED:
            return self.fault(
                f"Знаком «{op}» сравнивают числа и даты; {ours.type.value} сравнивают знаками «=» и «!=»", node
            )
        if ours.type is b.Type.KEY and points_to(ours) != points_to(theirs):
            return self.fault(f"Сравниваются ссылки на разное: {points_to(ours)} и {points_to(theirs)}", node)
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
        trial = type(self)(self.definitions, self._open)
        column = column_of(trial.item(node, scopes))
        return column if column is not None and column.kind is Kind.CHOICE and not trial.faults else None

    def _code(self, node: t.Path | t.String, column: Column, scopes: Scopes) -> b.Item:
        written = node.value.strip() if isinstance(node, t.String) else node.parts[0]
        for code, label in column.choices:
            if written in ((code,) if isinstance(node, t.Path) else (code, label)):
                return b.Plain(code, b.Type.TEXT)
        if isinstance(node, t.Path):
            trial = type(self)(self.definitions, self._open)
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
            return BROKEN
        if kinds == (b.Type.DATE, b.Type.DURATION) and node.op in "+-":
            return b.Calculate(node.op, left, right, b.Type.DATE)
        if kinds == (b.Type.NUMBER, b.Type.NUMBER):
            return b.Calculate(node.op, left, right, b.Type.NUMBER)
        return self.fault(f"Нельзя вычислить: {left.type.value} {node.op} {right.type.value}", node)

    def _in_window(self, node: t.InWindow, scopes: Scopes) -> b.Item:
        item = self.item(node.value, scopes)
        if item.type is b.Type.BROKEN:
            return BROKEN
        if item.type is not b.Type.DATE:
            return self.fault(f"Промежуток времени применяют к дате, а здесь {item.type.value}", node)
        if node.moment != "during":
            return self.fault("Слова began и ended относятся к таблице, а не к дате", node)
        return b.DateIn(item, self.window(node.window, scopes))
