"""A bound formula as a Russian sentence, in the words that the tables and definitions were declared with."""

from __future__ import annotations

import datetime as dt

from opora.indicators.dataset.schema import Time
from opora.indicators.dataset.tables import TABLES
from opora.indicators.formula import bound as b
from opora.indicators.formula.kinds import innermost

_OPERATORS = {"<": "меньше", "<=": "не больше", ">=": "не меньше", ">": "больше"}
_DATE_OPERATORS = {"<": "раньше", "<=": "не позже", ">=": "не раньше", ">": "позже"}
_OPPOSITE = {"<": ">=", "<=": ">", ">=": "<", ">": "<=", "=": "!=", "!=": "="}
_INSTANTS = {
    "on": "день подсчёта",
    "period_start": "начало периода",
    "period_end": "конец периода",
    "programme_start": "начало программы",
}
_INSTANTS_OF = {  # genitive
    "on": "дня подсчёта",
    "period_start": "начала периода",
    "period_end": "конца периода",
    "programme_start": "начала программы",
}
_BOUNDS = {"at least": "не менее", "at most": "не более", "exactly": "ровно"}
_BOUNDS_NOT = {"at least": "менее", "at most": "более", "exactly": "не ровно"}
_UNITS = {"year": ("год", "года", "лет"), "month": ("месяц", "месяца", "месяцев"), "day": ("день", "дня", "дней")}


_TIMES, _PEOPLE = ("раз", "раза", "раз"), ("человек", "человека", "человек")


def counted(amount: float, forms: tuple[str, str, str]) -> str:
    """«1 год», «3 года», «5 лет»; a fraction takes the genitive: «2,5 года»."""
    if amount != int(amount):
        return f"{number(amount)} {forms[1]}"
    tail, tens = int(amount) % 10, int(amount) % 100
    form = forms[0] if tail == 1 and tens != 11 else forms[1] if 2 <= tail <= 4 and not 12 <= tens <= 14 else forms[2]
    return f"{int(amount)} {form}"


def number(value: float) -> str:
    return f"{value:g}".replace(".", ",")


def percent(value: float) -> str:
    return f"{number(round(value * 100, 6))} %"


# ── conditions ───────────────────────────────────────────────────────────────────────────────────────────────────


def phrase(item: b.Item, *, negated: bool = False) -> str:
    """A condition as a predicate: «имеет наставника», «возраст меньше 35»; negated where asked."""
    match item:
        case b.AllOf(items) | b.AnyOf(items):
            together = isinstance(item, b.AllOf) is not negated
            joined = [_nested(one, together, negated) for one in items]
            return _listed(joined) if together else " или ".join(joined)
        case b.Not(inner):
            return phrase(inner, negated=not negated)
        case b.Defined(_, words, inner, _):
            return words[negated] if len(words) > 1 else phrase(inner, negated=negated)
        case b.Has():
            return _has(item, negated)
        case b.Every(rows, demand):
            return f"{'не ' if negated else ''}для всех {_many(rows)} верно: {phrase(demand)}"
        case b.Compare():
            return _compare(item, negated)
        case b.IsKnown(inner, known):
            return f"{'указано' if known is not negated else 'не указано'}: {value(inner)}"
        case b.DateIn(inner, window):
            said = f"{value(inner)} — {_date_words(window)}"
            return f"неверно, что {said}" if negated else said
        case b.Follow(table, ref, _, inner, b.Type.TRUTH) if not isinstance(inner, b.Attribute):
            return f"{_title(table, ref)} {phrase(inner, negated=negated)}"
        case b.Outer(_, inner, _):
            return phrase(inner, negated=negated)
        case _:
            return f"не отмечено «{value(item)}»" if negated else f"отмечено «{value(item)}»"


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} и {parts[-1]}"


def _nested(item: b.Item, together: bool, negated: bool) -> str:
    inner = item
    other = b.AnyOf if together is not negated else b.AllOf
    said = phrase(item, negated=negated)
    return f"({said})" if isinstance(inner, other) else said


def _has(item: b.Has, negated: bool) -> str:
    has, has_not = _predicates(item.rows)
    tail = f"{_where(item.rows)}{_window(item.rows)}"
    if item.quantity is None:
        return f"{has_not if negated else has}{tail}"
    quantity = item.quantity
    if quantity.of == "share":
        amount = f"{percent(quantity.value)} случаев"
    else:
        forms = _PEOPLE if quantity.of == "people" else _TIMES
        amount = counted(quantity.value, forms if quantity.bound == "exactly" else (forms[1], forms[2], forms[2]))
    return f"{has}{tail} — {(_BOUNDS_NOT if negated else _BOUNDS)[quantity.bound]} {amount}"


def _predicates(rows: b.Rows) -> tuple[str, str]:
    words = TABLES[rows.table].words
    for role, has, has_not in words.roles:
        if role == rows.theirs:
            return has, has_not
    return words.has, words.has_not


def _many(rows: b.Rows) -> str:
    """The related rows in the genitive: «случаев обучения [отмечено «документ получен»] за период»."""
    return f"{TABLES[rows.table].words.of_many}{_where(rows)}{_window(rows)}"


def _where(rows: b.Rows) -> str:
    return f" [{phrase(rows.where)}]" if rows.where is not None else ""


def _window(rows: b.Rows) -> str:
    said = window_words(rows.window, rows.moment)
    if TABLES[rows.table].time is Time.STATE and rows.window == b.Fixed("date"):
        return ""
    return f" {said}" if said else ""


_FIXED = {
    "date": "на дату подсчёта",
    "period": "за период",
    "previous": "за предыдущий период",
    "ever": "когда-либо",
    "none": "",
}
_FIXED_DATE = {
    "date": "на дату подсчёта",
    "period": "в отчётном периоде",
    "previous": "в предыдущем периоде",
    "ever": "не позже дня подсчёта",
    "none": "",
}
_MOMENTS = {"began": "с началом", "ended": "с окончанием"}


def window_words(window: b.Window, moment: str = "during") -> str:
    """«за период», «за последние 3 года», «с начала программы», «с началом в отчётном периоде»."""
    if moment in _MOMENTS:
        return f"{_MOMENTS[moment]} {_date_words(window)}"
    match window:
        case b.Fixed("last", b.Span() as span):
            return f"за {_stretch('последн', span)}"
        case b.Fixed(kind):
            return _FIXED[kind]
        case b.From(b.Instant() | b.Plain() as start, None):
            return f"с {day_of(start)}"
        case b.From(start, None):
            return f"с даты «{value(start)}»"
        case b.From(start, b.Span(1, "day")):
            return f"на дату «{value(start)}»"
        case b.From(start, b.Span() as span):
            return f"в {_stretch('перв', span)} от {day_of(start)}"
    raise AssertionError(window)


def _date_words(window: b.Window) -> str:
    """A window as that in which a date lies: «в отчётном периоде», «не раньше начала программы»."""
    match window:
        case b.Fixed("last", b.Span() as span):
            return f"в {_stretch('последн', span)}"
        case b.Fixed(kind):
            return _FIXED_DATE[kind]
        case b.From(start, None):
            return f"не раньше {day_of(start)}"
    return window_words(window)


def _stretch(which: str, span: b.Span) -> str:
    """«последние 3 года», «первый год»."""
    if span.amount == 1:
        return f"{which}{'ий' if which == 'последн' else 'ый'} {_UNITS[span.unit][0]}"
    return f"{which}{'ие' if which == 'последн' else 'ые'} {counted(span.amount, _UNITS[span.unit])}"


def day_of(item: b.Item) -> str:
    """A date in the genitive: «01.06.2022», «дня подсчёта − 3 года», «даты «дата рождения»»."""
    match item:
        case b.Plain():
            return value(item)
        case b.Instant(name):
            return _INSTANTS_OF[name]
        case b.Calculate(op, b.Instant() | b.Plain() as left, right, _):
            return f"{day_of(left)} {_sign(op)} {value(right)}"
    return f"даты «{value(item)}»"


def _sign(op: str) -> str:
    return {"-": "−", "*": "×"}.get(op, op)


def _compare(item: b.Compare, negated: bool) -> str:
    op = _OPPOSITE[item.op] if negated else item.op
    left, right = item.left, item.right
    if isinstance(left, b.Plain):
        left, right, op = right, left, {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(op, op)
    shown, not_ = _shown(right, left), "" if op == "=" else "не "
    if op in ("=", "!="):
        if not isinstance(right, b.Plain) and not isinstance(innermost(right), b.Key):
            return f"{value(left)} {not_}совпадает с «{shown}»"
        quoted = f"«{shown}»" if isinstance(right, b.Plain) and right.type is b.Type.TEXT else shown
        return f"{value(left)} — {not_}{quoted}"
    if left.type is b.Type.DATE:
        return f"{value(left)} {_DATE_OPERATORS[op]} {day_of(right)}"
    return f"{value(left)} {_OPERATORS[op]} {shown}"


def _shown(item: b.Item, opposite: b.Item) -> str:
    if isinstance(item, b.Plain) and isinstance(item.value, str):
        core = innermost(opposite)
        return core.column.label(item.value) if isinstance(core, b.Attribute) else item.value
    return value(item)


# ── values ───────────────────────────────────────────────────────────────────────────────────────────────────────


def value(item: b.Item) -> str:
    """A value by its name: «возраст», «организация: вид», «31.12.2022»."""
    match item:
        case b.Plain(dt.date() as day, _):
            return f"{day:%d.%m.%Y}"
        case b.Plain(float() as amount, _):
            return number(amount)
        case b.Plain(text, _):
            return str(text)
        case b.Span(amount, unit):
            return counted(amount, _UNITS[unit])
        case b.Instant(name):
            return _INSTANTS[name]
        case b.Attribute(_, column, _):
            return _DATES.get(column.title) or column.title.lower()
        case b.Key(table):
            return f"этот же ({TABLES[table].words.one})"
        case b.Defined(_, words, _, _):
            return words[0]
        case b.Follow(table, ref, _, inner, _):
            return f"{_title(table, ref)}: {value(inner)}"
        case b.Outer(_, b.Attribute(table=table) | b.Follow(table=table) as inner, _):
            return f"{value(inner)} ({TABLES[table].words.one})"
        case b.Outer(_, inner, _):
            return value(inner)
        case _:
            return _computed(item)


_DATES = {"С": "дата начала", "По (не включая)": "дата окончания"}
"""Titles that say nothing out of their table."""


def _title(table: str, name: str) -> str:
    column = TABLES[table].column(name)
    return column.title.lower() if column is not None else name


def _computed(item: b.Item) -> str:
    match item:
        case b.FullYears(start, end):
            return f"полных лет от даты «{value(start)}» до даты «{value(end)}»"
        case b.Calculate(op, left, right, _):
            return f"{value(left)} {_sign(op)} {value(right)}"
        case b.Latest(rows, inner, _):
            return f"{value(inner)} (последнее: {TABLES[rows.table].words.one}{_where(rows)}{_window(rows)})"
        case b.Tally(function, rows, None, _):
            return f"{_FUNCTIONS[function]} {_many(rows)}"
        case b.Tally(function, rows, inner, _) if inner is not None:
            return f"{_FUNCTIONS[function]} «{value(inner)}» для {_many(rows)}"
    return phrase(item)


_FUNCTIONS = {
    "count": "число",
    "people": "число разных людей среди",
    "sum": "сумма",
    "mean": "среднее",
    "min": "наименьшее",
    "max": "наибольшее",
}


# ── the whole formula ────────────────────────────────────────────────────────────────────────────────────────────


def things(thing: b.Thing) -> str:
    """The counted things, in the genitive: «людей, которые …», «объединений [уровень — «муниципальный»]»."""
    if thing.table == "person":
        if thing.condition is None:
            return "людей из списка"
        return f"людей, для каждого из которых верно: {phrase(thing.condition)}"
    said = TABLES[thing.table].words.of_many
    window = window_words(thing.window, thing.moment)
    if window and thing.window != b.Fixed("date"):
        said = f"{said} {window}"
    return f"{said} [{phrase(thing.condition)}]" if thing.condition is not None else said


def sentence(formula: b.Formula) -> str:
    """The formula as a methodist would say it."""
    said = _sentence(formula)
    return said[0].upper() + said[1:] + ("." if isinstance(formula, b.ShareOf) else "")


def _sentence(formula: b.Formula) -> str:
    match formula:
        case b.ShareOf(condition, thing, once):
            each = ". Каждый человек считается один раз" if once else ""
            return f"доля тех, про кого верно: {phrase(condition)}; из {things(thing)}{each}"
        case b.MeasureCompare(op, left, right):
            words = _OPERATORS | {"=": "равно", "!=": "не равно"}
            return f"{_against(left, right)} {words[op]} {_against(right, left)}"
        case b.Combined("not", items):
            return f"неверно, что {_part(items[0])}"
        case b.Combined(how, items):
            return (" и " if how == "and" else " или ").join(_part(one) for one in items)
        case b.Statistic(function, thing, None):
            return f"{_FUNCTIONS[function]} {things(thing)}"
        case b.Statistic(function, thing, item):
            assert item is not None
            return f"{_FUNCTIONS[function]} по столбцу «{value(item)}» для {things(thing)}"
        case b.Constant(amount):
            return number(amount)
        case b.Arithmetic("/", left, right):
            return f"отношение: {_operand(left)} к: {_operand(right)}"
        case b.Arithmetic(op, left, right):
            first = _sentence(left) if op in "+-" and _is_sum(left) else _operand(left)
            return f"{first} {_sign(op)} {_operand(right)}"
    raise AssertionError(formula)


def _part(test: b.Test) -> str:
    """One of several conditions over numbers."""
    return f"({_sentence(test)})" if isinstance(test, b.Combined) and test.how != "not" else _sentence(test)


def _operand(measure: b.Measure) -> str:
    whole = isinstance(measure, (b.Constant, b.Statistic))
    return _sentence(measure) if whole else f"({_sentence(measure)})"


def _is_sum(measure: b.Measure) -> bool:
    return isinstance(measure, b.Arithmetic) and measure.op in "+-"


def _against(measure: b.Measure, other: b.Measure) -> str:
    """One side of a comparison; opposite a share, a number is a percent."""
    shares = isinstance(other, b.ShareOf) or (isinstance(other, b.Arithmetic) and other.op == "/")
    return percent(measure.value) if shares and isinstance(measure, b.Constant) else _sentence(measure)
