"""A bound formula as a Russian sentence, in the words that the tables and definitions were declared with."""

from __future__ import annotations

import datetime as dt

from opora.indicators.dataset.schema import Time
from opora.indicators.dataset.tables import TABLES
from opora.indicators.formula import bound as b

_OPERATORS = {"<": "меньше", "<=": "не больше", ">=": "не меньше", ">": "больше"}
_DATE_OPERATORS = {"<": "раньше", "<=": "не позже", ">=": "не раньше", ">": "позже"}
_OPPOSITE = {"<": ">=", "<=": ">", ">=": "<", ">": "<=", "=": "!=", "!=": "="}
_INSTANTS = {
    "on": "день подсчёта",
    "period_start": "начало периода",
    "period_end": "конец периода",
    "programme_start": "начало программы",
}
_BOUNDS = {"at least": "не менее", "at most": "не более", "exactly": "ровно"}
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
            said = f"у каждого — {TABLES[rows.table].words.one}{_where(rows)}{_window(rows)}: {phrase(demand)}"
            return f"неверно, что {said}" if negated else said
        case b.Compare():
            return _compare(item, negated)
        case b.IsKnown(inner, known):
            return f"{value(inner)} {'известно' if known is not negated else 'не указано'}"
        case b.DateIn(inner, window):
            said = f"{value(inner)} {window_words(window)}"
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
    said = f"{has}{tail} — {_BOUNDS[quantity.bound]} {amount}"
    return f"неверно, что {said}" if negated else said


def _predicates(rows: b.Rows) -> tuple[str, str]:
    words = TABLES[rows.table].words
    for role, has, has_not in words.roles:
        if role == rows.theirs:
            return has, has_not
    return words.has, words.has_not


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
_MOMENTS = {"during": "", "began": "с началом ", "ended": "с окончанием "}


def window_words(window: b.Window, moment: str = "during") -> str:
    """«за период», «за последние 3 года», «с начала программы»."""
    said = ""
    match window:
        case b.Fixed("last", b.Span(amount, unit)):
            said = f"за последние {counted(amount, _UNITS[unit])}" if amount != 1 else f"за последний {_UNITS[unit][0]}"
        case b.Fixed(kind):
            said = _FIXED[kind]
        case b.From(start, None):
            said = "с начала программы" if start == b.Instant("programme_start") else f"с даты «{value(start)}»"
        case b.From(start, b.Span(1, "day")):
            said = f"на дату «{value(start)}»"
        case b.From(start, b.Span(amount, unit)):
            said = f"в первые {counted(amount, _UNITS[unit])} от даты «{value(start)}»"
    return f"{_MOMENTS[moment]}{said}"


def _compare(item: b.Compare, negated: bool) -> str:
    op = _OPPOSITE[item.op] if negated else item.op
    left, right = item.left, item.right
    if isinstance(left, b.Plain):
        left, right, op = right, left, {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(op, op)
    shown = _shown(right, left)
    if op in ("=", "!="):
        quoted = f"«{shown}»" if isinstance(right, b.Plain) and right.type is b.Type.TEXT else shown
        return f"{value(left)} — {'' if op == '=' else 'не '}{quoted}"
    words = _DATE_OPERATORS if left.type is b.Type.DATE else _OPERATORS
    return f"{value(left)} {words[op]} {shown}"


def _shown(item: b.Item, opposite: b.Item) -> str:
    if isinstance(item, b.Plain) and isinstance(item.value, str):
        core = _core(opposite)
        return core.column.label(item.value) if isinstance(core, b.Attribute) else item.value
    return value(item)


def _core(item: b.Item) -> b.Item:
    while isinstance(item, (b.Follow, b.Outer, b.Defined, b.Latest)):
        item = item.item
    return item


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
            return column.title.lower()
        case b.Key(table):
            return f"этот же ({TABLES[table].words.one})"
        case b.Defined(_, words, _, _):
            return words[0]
        case b.Follow(table, ref, _, inner, _):
            return f"{_title(table, ref)}: {value(inner)}"
        case b.Outer(_, inner, _):
            return value(inner)
        case _:
            return _computed(item)


def _title(table: str, name: str) -> str:
    column = TABLES[table].column(name)
    return column.title.lower() if column is not None else name


def _computed(item: b.Item) -> str:
    match item:
        case b.FullYears(start, end):
            return f"полных лет от даты «{value(start)}» до даты «{value(end)}»"
        case b.Calculate(op, left, right, _):
            return f"{value(left)} {'−' if op == '-' else op} {value(right)}"
        case b.Latest(rows, inner, _):
            return f"{value(inner)} (последнее: {TABLES[rows.table].words.one}{_where(rows)}{_window(rows)})"
        case b.Tally(function, rows, inner, _):
            what = "" if inner is None else f" «{value(inner)}»"
            return f"{_FUNCTIONS[function]}{what} ({TABLES[rows.table].words.of_many}{_where(rows)}{_window(rows)})"
    return phrase(item)


_FUNCTIONS = {
    "count": "число",
    "people": "число людей",
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
    return said[0].upper() + said[1:]


def _sentence(formula: b.Formula) -> str:
    match formula:
        case b.ShareOf(condition, thing, once):
            each = " Каждый человек считается один раз." if once else ""
            return f"доля тех, про кого верно: {phrase(condition)}; из {things(thing)}.{each}".replace("..", ".")
        case b.MeasureCompare(op, left, right):
            words = _OPERATORS | {"=": "равно", "!=": "не равно"}
            return f"{_sentence(left).rstrip('.')} {words[op]} {_sentence(right).rstrip('.')}"
        case b.Combined("not", items):
            return f"неверно, что {_sentence(items[0])}"
        case b.Combined(how, items):
            return (" и " if how == "and" else " или ").join(_sentence(one) for one in items)
        case b.Statistic(function, thing, None):
            return (
                f"{_FUNCTIONS[function]} {things(thing)}"
                if function == "count"
                else f"число разных людей среди {things(thing)}"
            )
        case b.Statistic(function, thing, item):
            assert item is not None
            return f"{_FUNCTIONS[function]} по столбцу «{value(item)}» для {things(thing)}"
        case b.Constant(amount):
            return number(amount)
        case b.Arithmetic("/", left, right):
            return f"отношение: {_sentence(left)} к: {_sentence(right)}"
        case b.Arithmetic(op, left, right):
            return f"({_sentence(left)} {'−' if op == '-' else op} {_sentence(right)})"
    raise AssertionError(formula)
