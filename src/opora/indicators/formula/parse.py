"""From the text of a formula to its tree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import fields, replace
from functools import lru_cache, reduce
from importlib.resources import files
from typing import Any, Literal, cast

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import LarkError, UnexpectedInput, VisitError
from lark.lexer import PatternRE, PatternStr, TerminalDef
from lark.tree import Meta

from opora.indicators.formula import tree as t
from opora.indicators.formula.faults import DEEPEST, TOO_DEEP, FormulaFault, FormulaFaults
from opora.indicators.formula.hints import syntax_fault
from opora.indicators.formula.slips import first_slip


def _whole_word(terminal: TerminalDef) -> None:
    """A word of the language ends where the word ends: «inperiod» is not «in period»."""
    if isinstance(terminal.pattern, PatternStr) and terminal.pattern.value.isalpha():
        terminal.pattern = PatternRE(rf"{terminal.pattern.value}\b")
        terminal.priority = 1


_PARSER = Lark(
    files(__package__).joinpath("grammar.lark").read_text(encoding="utf-8"),
    parser="lalr",
    start="formula",
    propagate_positions=True,
    maybe_placeholders=False,
    edit_terminals=_whole_word,
)

LONGEST = 4_000
"""Characters in one formula; nobody reads a longer one, and a parser must not be fed without end."""

MOST = 1e12
"""Of a number."""

MOST_STEPS = 10
"""Of a path, ``a.b.c``: the tables have none longer than five."""

FIRST_YEAR, LAST_YEAR = 1900, 2100


@lru_cache(maxsize=4096)
def parse(text: str) -> t.Expr:
    """The tree of a formula.

    Raises ``FormulaFaults`` with a Russian message and the place if the text is not a formula.
    """
    if len(text) > LONGEST:
        raise FormulaFaults([FormulaFault(f"Формула длиннее {LONGEST} знаков; разбейте её на именованные условия")])
    if fault := first_slip(text):
        raise FormulaFaults([fault])
    try:
        tree = cast(t.Expr, _ToTree().transform(_PARSER.parse(text)))
    except UnexpectedInput as error:
        raise FormulaFaults([syntax_fault(text, error)]) from error
    except VisitError as error:
        if isinstance(error.orig_exc, FormulaFaults):
            raise error.orig_exc from None
        raise FormulaFaults([FormulaFault(TOO_DEEP)]) from error
    except (LarkError, RecursionError) as error:
        raise FormulaFaults([FormulaFault(TOO_DEEP)]) from error
    if deep := _deepest(tree):
        raise FormulaFaults([FormulaFault(TOO_DEEP, deep.at)])
    return tree


def _deepest(tree: t.Node) -> t.Node | None:
    """A node that lies too deep: those who walk the tree after us go down by recursion."""
    layer: list[t.Node] = [tree]
    for _ in range(DEEPEST):
        layer = [inner for node in layer for inner in _below(node)]
    return layer[0] if layer else None


def _below(node: t.Node) -> Iterator[t.Node]:
    for one in fields(node):
        value = getattr(node, one.name)
        yield from (inner for inner in (value if isinstance(value, tuple) else (value,)) if isinstance(inner, t.Node))


def _place(meta: Meta) -> t.Place:
    if meta.empty:
        return t.NOWHERE
    return t.Place(meta.start_pos, meta.end_pos, meta.line, meta.column)


def _token_place(token: Token) -> t.Place:
    return t.Place(token.start_pos or 0, token.end_pos or 0, token.line or 1, token.column or 1)


_UNITS: dict[str, t.Unit] = {
    "year": "year",
    "years": "year",
    "month": "month",
    "months": "month",
    "day": "day",
    "days": "day",
}


def _number(token: Token) -> float:
    value = float(token)
    if value > MOST:
        raise FormulaFaults([FormulaFault("Число слишком большое: больше триллиона", _token_place(token))])
    return value


def _duration(amount: Token, unit: Token) -> t.Duration:
    at = replace(_token_place(amount), end=unit.end_pos or 0)
    if "." in amount:
        raise FormulaFaults([FormulaFault(f"Срок «{amount} {unit}»: нужно целое число", at)])
    return t.Duration(int(_number(amount)), _UNITS[str(unit)], at=at)


def _calendar_day(token: Token, at: t.Place) -> t.Date:
    try:
        day = dt.date.fromisoformat(token)
    except ValueError:
        raise FormulaFaults([FormulaFault(f"Даты {token} нет в календаре; пишите ГГГГ-ММ-ДД", at)]) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        message = f"Дата {token}: год бывает от {FIRST_YEAR} до {LAST_YEAR}"
        raise FormulaFaults([FormulaFault(message, at)])
    return t.Date(day, at=at)


def _bound(token: Token) -> t.Bound:
    return cast(t.Bound, " ".join(token.split()))


@v_args(meta=True)
class _ToTree(Transformer[Token, Any]):
    """One short method for each rule of the grammar."""

    def formula(self, meta: Meta, items: list[Any]) -> t.Expr:
        return cast(t.Expr, items[0])

    def any_of(self, meta: Meta, items: list[t.Expr]) -> t.Expr:
        return items[0] if len(items) == 1 else t.AnyOf(_flat(items, t.AnyOf), at=_place(meta))

    def all_of(self, meta: Meta, items: list[t.Expr]) -> t.Expr:
        return items[0] if len(items) == 1 else t.AllOf(_flat(items, t.AllOf), at=_place(meta))

    def negate(self, meta: Meta, items: list[t.Expr]) -> t.Negate:
        return t.Negate(items[0], at=_place(meta))

    def has(self, meta: Meta, items: list[Any]) -> t.Has:
        return t.Has(items[0], items[1] if len(items) > 1 else None, at=_place(meta))

    def every(self, meta: Meta, items: list[Any]) -> t.Every:
        return t.Every(items[0], items[1], at=_place(meta))

    def compare(self, meta: Meta, items: list[Any]) -> t.Compare:
        return t.Compare(cast(t.Operator, str(items[1])), items[0], items[2], at=_place(meta))

    def between(self, meta: Meta, items: list[t.Expr]) -> t.Between:
        return t.Between(items[0], items[1], items[2], at=_place(meta))

    def one_of(self, meta: Meta, items: list[t.Expr]) -> t.OneOf:
        return t.OneOf(items[0], tuple(items[1:]), at=_place(meta))

    def known(self, meta: Meta, items: list[t.Expr]) -> t.Known:
        return t.Known(items[0], True, at=_place(meta))

    def unknown(self, meta: Meta, items: list[t.Expr]) -> t.Known:
        return t.Known(items[0], False, at=_place(meta))

    def in_window(self, meta: Meta, items: list[Any]) -> t.InWindow:
        moment: t.Moment = items[1] if len(items) == 3 else "during"
        return t.InWindow(items[0], items[-1], moment, at=_place(meta))

    def additive(self, meta: Meta, items: list[Any]) -> t.Expr:
        return _left_to_right(items, _place(meta))

    def multiplicative(self, meta: Meta, items: list[Any]) -> t.Expr:
        return _left_to_right(items, _place(meta))

    def percent(self, meta: Meta, items: list[Token]) -> t.Percent:
        return t.Percent(_number(items[0]) / 100, at=_place(meta))

    def duration(self, meta: Meta, items: list[Token]) -> t.Duration:
        return _duration(items[0], items[1])

    def number(self, meta: Meta, items: list[Token]) -> t.Number:
        return t.Number(_number(items[0]), at=_place(meta))

    def date(self, meta: Meta, items: list[Token]) -> t.Date:
        return _calendar_day(items[0], _place(meta))

    def string(self, meta: Meta, items: list[Token]) -> t.String:
        return t.String(str(items[0])[1:-1], at=_place(meta))

    def path(self, meta: Meta, items: list[Token]) -> t.Path:
        if len(items) > MOST_STEPS:
            raise FormulaFaults([FormulaFault(f"В пути больше {MOST_STEPS} шагов через точку", _place(meta))])
        return t.Path(tuple(str(item) for item in items), at=_place(meta))

    def years(self, meta: Meta, items: list[t.Expr]) -> t.Years:
        return t.Years(items[0], items[1], at=_place(meta))

    def latest(self, meta: Meta, items: list[Any]) -> t.Latest:
        return t.Latest(items[0], items[1], at=_place(meta))

    def count(self, meta: Meta, items: list[t.Expr]) -> t.Aggregate:
        return t.Aggregate("count", items[0], at=_place(meta))

    def people(self, meta: Meta, items: list[t.Expr]) -> t.Aggregate:
        return t.Aggregate("people", items[0], at=_place(meta))

    def row_count(self, meta: Meta, items: list[t.Relation]) -> t.RowAggregate:
        return t.RowAggregate("count", items[0], at=_place(meta))

    def row_people(self, meta: Meta, items: list[t.Relation]) -> t.RowAggregate:
        return t.RowAggregate("people", items[0], at=_place(meta))

    def row_aggregate(self, meta: Meta, items: list[Any]) -> t.RowAggregate:
        return t.RowAggregate(_function(items[0]), items[2], items[1], at=_place(meta))

    def aggregate(self, meta: Meta, items: list[Any]) -> t.Aggregate:
        return t.Aggregate(_function(items[0]), items[2], items[1], at=_place(meta))

    def share(self, meta: Meta, items: list[t.Expr]) -> t.Share:
        return t.Share(items[0], items[1], at=_place(meta))

    def relation(self, meta: Meta, items: list[Any]) -> t.Relation:
        given: dict[str, Any] = {"moment": "during"}
        for item in items[1:]:
            given.update(item if isinstance(item, dict) else _tail(item))
        return t.Relation(str(items[0]), **given, at=_place(meta))

    def role(self, meta: Meta, items: list[Token]) -> dict[str, str]:
        return {"role": str(items[0])}

    def via(self, meta: Meta, items: list[Token]) -> dict[str, str]:
        return {"via": str(items[0])}

    def condition(self, meta: Meta, items: list[t.Expr]) -> dict[str, t.Expr]:
        return {"where": items[0]}

    def began(self, meta: Meta, items: list[Any]) -> t.Moment:
        return "began"

    def ended(self, meta: Meta, items: list[Any]) -> t.Moment:
        return "ended"

    def in_period(self, meta: Meta, items: list[Any]) -> t.InPeriod:
        return t.InPeriod(at=_place(meta))

    def in_previous_period(self, meta: Meta, items: list[Any]) -> t.InPeriod:
        return t.InPeriod(previous=True, at=_place(meta))

    def within(self, meta: Meta, items: list[Token]) -> t.Within:
        return t.Within(_duration(items[0], items[1]), at=_place(meta))

    def within_of(self, meta: Meta, items: list[Any]) -> t.Within:
        return t.Within(_duration(items[0], items[1]), items[2], at=_place(meta))

    def since(self, meta: Meta, items: list[t.Path]) -> t.Since:
        return t.Since(items[0], at=_place(meta))

    def since_date(self, meta: Meta, items: list[Token]) -> t.Since:
        return t.Since(_calendar_day(items[0], _token_place(items[0])), at=_place(meta))

    def on_date(self, meta: Meta, items: list[t.Path]) -> t.OnDate:
        return t.OnDate(items[0], at=_place(meta))

    def ever(self, meta: Meta, items: list[Any]) -> t.Ever:
        return t.Ever(at=_place(meta))

    def times(self, meta: Meta, items: list[Token]) -> t.Quantity:
        return t.Quantity(_bound(items[0]), _number(items[1]), "times", at=_place(meta))

    def of_people(self, meta: Meta, items: list[Token]) -> t.Quantity:
        return t.Quantity(_bound(items[0]), _number(items[1]), "people", at=_place(meta))

    def of_rows(self, meta: Meta, items: list[Token]) -> t.Quantity:
        return t.Quantity(_bound(items[0]), _number(items[1]) / 100, "share", at=_place(meta))


def _function(token: Token) -> Literal["sum", "mean", "min", "max"]:
    return cast(Literal["sum", "mean", "min", "max"], str(token))


def _tail(item: Any) -> dict[str, Any]:
    return {"moment": item} if isinstance(item, str) else {"window": item}


def _flat(items: list[t.Expr], kind: type[t.AllOf | t.AnyOf]) -> tuple[t.Expr, ...]:
    """``a and (b and c)`` is ``a and b and c``."""
    return tuple(inner for item in items for inner in (item.items if isinstance(item, kind) else (item,)))


def _left_to_right(items: list[Any], at: t.Place) -> t.Expr:
    pairs = zip(items[1::2], items[2::2], strict=True)
    return cast(t.Expr, reduce(lambda left, pair: t.Arithmetic(pair[0].value, left, pair[1], at=at), pairs, items[0]))
