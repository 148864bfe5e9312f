"""Conditions and values on a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeGuard

from opora.indicators.dataset.schema import Column, Kind
from opora.indicators.formula import bound as b
from opora.indicators.formula import tree as t
from opora.indicators.formula.bounds import MOST_YEARS, TOO_FAR, shift_of
from opora.indicators.formula.faults import FormulaFault
from opora.indicators.formula.kinds import ORDERED, column_of, comparable, points_to, years_as_number
from opora.indicators.formula.names import did_you_mean, short
from opora.indicators.formula.paths import BROKEN, Scopes
from opora.indicators.formula.relations import Relations


class Conditions(Relations):
    """The part of a binder that binds all that is said of one row."""

    def truth(self, node: t.Expr, scopes: Scopes) -> b.Item:
        item = self.item(node, scopes)
        if item.type not in (b.Type.TRUTH, b.Type.BROKEN):
            return self.fault(f"Здесь нужно условие, а стоит {item.type.value}", node)
        return item

    def item_of(self, node: t.Expr, scopes: Scopes) -> b.Item:
        match node:
            case t.Number(value) | t.Percent(value):
                return b.Plain(value, b.Type.NUMBER)
            case t.Duration():
                return self.span(node)
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
                return self._compare(op, self._apart(left, scopes), right, node, scopes)
            case t.Between(value, low, high):
                ours = self._apart(value, scopes)
                parts = (self._compare(">=", ours, low, node, scopes), self._compare("<=", ours, high, node, scopes))
                return b.AllOf(parts)
            case t.OneOf(value, options):
                ours = self._apart(value, scopes)
                return b.AnyOf(tuple(self._compare("=", ours, option, option, scopes) for option in options))
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

    def _compare(self, op: t.Operator, left: _Side, right: t.Expr, node: t.Node, scopes: Scopes) -> b.Item:
        ours, theirs = self._sides(left, right, scopes)
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

    def _apart(self, node: t.Expr, scopes: Scopes) -> _Side:
        """Bound once, whatever becomes of it: opposite a CHOICE it may be a code, and then is no fault."""
        before, self.faults = self.faults, []
        item = self.item(node, scopes)
        faults, self.faults = self.faults, before
        return _Side(node, item, tuple(faults))

    def _sides(self, left: _Side, right: t.Expr, scopes: Scopes) -> tuple[b.Item, b.Item]:
        if code := _code(right, _choice(left)):
            self.tell(*left.faults)
            return left.item, code
        if left.item.type is b.Type.TRUTH and _is_word(right) and _written(right).lower() in _YES_NO:
            return self.fault("Да или нет пишут просто именем: passed или not passed", right), BROKEN
        theirs = self._apart(right, scopes)
        ours = self._read(left, theirs)
        if ours.type is b.Type.BROKEN and isinstance(right, t.Path) and len(right.parts) == 1:
            return ours, BROKEN  # most likely a code of what was not found
        return ours, self._read(theirs, left)

    def _read(self, side: _Side, opposite: _Side) -> b.Item:
        """One side of a comparison; opposite a CHOICE, its code or label."""
        node, column = side.node, _choice(opposite)
        if column is not None and _is_word(node):
            code = _code(node, column)
            if code is None and (side.faults or isinstance(node, t.String)):
                return self._no_such_code(node, column)
            if code is not None:
                return code
        self.tell(*side.faults)
        return side.item

    def _no_such_code(self, node: t.Path | t.String, column: Column) -> b.Broken:
        written = short(_written(node))
        known = [code for code, _ in column.choices] + [label for _, label in column.choices]
        hint = did_you_mean(written, known) or f"; бывает: {', '.join(code for code, _ in column.choices)}"
        return self.fault(f"У «{column.name}» ({column.title.lower()}) нет значения «{written}»{hint}", node)

    def _arithmetic(self, node: t.Arithmetic, scopes: Scopes) -> b.Item:
        left, right = self.item(node.left, scopes), self.item(node.right, scopes)
        kinds = (left.type, right.type)
        if b.Type.BROKEN in kinds:
            return BROKEN
        if kinds == (b.Type.DATE, b.Type.DURATION) and node.op in "+-":
            moved = b.Calculate(node.op, left, right, b.Type.DATE)
            return moved if shift_of(moved) <= MOST_YEARS else self.fault(TOO_FAR, node)
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


_YES_NO = frozenset({"true", "false", "yes", "no", "да", "нет"})


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a comparison, bound by itself; its faults are not yet told."""

    node: t.Expr
    item: b.Item
    faults: tuple[FormulaFault, ...]


def _is_word(node: t.Expr) -> TypeGuard[t.Path | t.String]:
    return isinstance(node, t.String) or (isinstance(node, t.Path) and len(node.parts) == 1)


def _written(node: t.Path | t.String) -> str:
    return node.value.strip() if isinstance(node, t.String) else node.parts[0]


def _choice(side: _Side) -> Column | None:
    if side.faults or not isinstance(side.node, (t.Path, t.Latest)):
        return None
    column = column_of(side.item)
    return column if column is not None and column.kind is Kind.CHOICE else None


def _code(node: t.Expr, column: Column | None) -> b.Plain | None:
    """The code of the choice that is written so: the code itself or, in quotes, its label."""
    if column is None or not _is_word(node):
        return None
    for code, label in column.choices:
        if _written(node) in ((code,) if isinstance(node, t.Path) else (code, label)):
            return b.Plain(code, b.Type.TEXT)
    return None
