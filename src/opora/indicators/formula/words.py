"""A bound formula as a Russian sentence, in the words that the tables and definitions were declared with."""

from __future__ import annotations

from opora.indicators.dataset.tables import TABLES
from opora.indicators.formula import bound as b
from opora.indicators.formula.numerals import counted, number, percent
from opora.indicators.formula.phrases import FUNCTIONS, OPERATORS, day_of, phrase, sign, value, window_words

__all__ = ["counted", "day_of", "number", "percent", "phrase", "sentence", "things", "value", "window_words"]


def sentence(formula: b.Formula) -> str:
    """The formula as a methodist would say it."""
    said = _sentence(formula)
    return said[0].upper() + said[1:] + ("." if isinstance(formula, b.ShareOf) else "")


def _sentence(formula: b.Formula) -> str:
    match formula:
        case b.MeasureCompare(op, left, right):
            return f"{_operand(left)} — {_COMPARED[op]} {_against(right, left)}"
        case b.Combined("not", items):
            return f"неверно, что {_part(items[0])}"
        case b.Combined(how, items):
            return _from_to(formula) or (" и " if how == "and" else " или ").join(_part(one) for one in items)
        case b.ShareOf(condition, thing, once):
            each = ". Каждый человек считается один раз" if once else ""
            return f"доля {_those(thing)}: {phrase(condition)}; из {things(thing)}{each}"
        case b.Statistic():
            return _statistic(formula, things(formula.thing))
        case b.Constant(amount):
            return number(amount)
        case b.Arithmetic("/", left, right):
            return _quotient(_operand(left), _operand(right))
        case b.Arithmetic(op, left, right):
            first = _sentence(left) if op in "+-" and _is_sum(left) else _operand(left)
            return f"{first} {sign(op)} {_operand(right)}"
    raise AssertionError(formula)


_COMPARED = OPERATORS | {"=": "ровно", "!=": "не"}


def _those(thing: b.Thing) -> str:
    return "тех, про кого верно" if thing.table == "person" else "тех, для которых верно"


def _quotient(left: str, right: str) -> str:
    """«сумма …, делённая на сумму …», «число …, делённое на число …»."""
    divided = "делённая" if left.startswith(("сумма", "доля")) else "делённое"
    for nominative, accusative in (("сумма", "сумму"), ("доля", "долю")):
        if right.startswith(nominative):
            right = accusative + right.removeprefix(nominative)
    return f"{left}, {divided} на {right}"


def things(thing: b.Thing) -> str:
    """The counted things, in the genitive: «людей, для каждого из которых верно: …», «объединений [уровень — …]»."""
    if thing.table == "person" and thing.condition is not None:
        return f"людей, для каждого из которых верно: {phrase(thing.condition)}"
    return _enclosed(thing)


def _enclosed(thing: b.Thing) -> str:
    """The same with the condition in brackets: something may follow."""
    if thing.table == "person":
        said = "людей" if thing.condition is not None else "людей из списка"
    else:
        said = TABLES[thing.table].words.of_many
    window = window_words(thing.window, thing.moment)
    if window and thing.window != b.Fixed("date"):
        said = f"{said} {window}"
    return f"{said} [{phrase(thing.condition)}]" if thing.condition is not None else said


def _statistic(statistic: b.Statistic, of: str) -> str:
    if statistic.item is None:
        return f"{FUNCTIONS[statistic.function]} {of}"
    return f"{FUNCTIONS[statistic.function]} по столбцу «{value(statistic.item)}» для {of}"


def _part(test: b.Test) -> str:
    """One of several conditions over numbers."""
    several = isinstance(test, b.Combined) and test.how != "not" and _from_to(test) is None
    return f"({_sentence(test)})" if several else _sentence(test)


def _from_to(test: b.Combined) -> str | None:
    """«число мероприятий — от 1 до 3»: both ends included."""
    match test:
        case b.Combined("and", (b.MeasureCompare(">=", left, low), b.MeasureCompare("<=", again, high))):
            if left == again:
                return f"{_operand(left)} — от {_against(low, left)} до {_against(high, left)}"
    return None


def _operand(measure: b.Measure) -> str:
    """A number among others: where it ends is seen."""
    match measure:
        case b.Constant():
            return _sentence(measure)
        case b.Statistic():
            return _statistic(measure, _enclosed(measure.thing))
        case b.ShareOf(condition, thing, _):
            return f"доля ({_those(thing)}: {phrase(condition)}; из {_enclosed(thing)})"
    return f"({_sentence(measure)})"


def _is_sum(measure: b.Measure) -> bool:
    return isinstance(measure, b.Arithmetic) and measure.op in "+-"


def _against(measure: b.Measure, other: b.Measure) -> str:
    """One side of a comparison; opposite a share, a number is a percent."""
    shares = isinstance(other, b.ShareOf) or (isinstance(other, b.Arithmetic) and other.op == "/")
    return percent(measure.value) if shares and isinstance(measure, b.Constant) else _operand(measure)
