"""What a formula says of one row, in Russian."""

from __future__ import annotations

import datetime as dt

from opora.indicators.dataset.schema import Time
from opora.indicators.dataset.tables import TABLES
from opora.indicators.formula import bound as b
from opora.indicators.formula.kinds import innermost
from opora.indicators.formula.numerals import PEOPLE, TIMES, UNITS, counted, counted_of, number, percent
from opora.indicators.formula.spans import INSTANTS, INSTANTS_OF, fixed_date, fixed_window, stretch

OPERATORS = {"<": "меньше", "<=": "не больше", ">=": "не меньше", ">": "больше"}
_DATE_OPERATORS = {"<": "раньше", "<=": "не позже", ">=": "не раньше", ">": "позже"}
_OPPOSITE = {"<": ">=", "<=": ">", ">=": "<", ">": "<=", "=": "!=", "!=": "="}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_BOUNDS = {"at least": "не менее", "at most": "не более", "exactly": "ровно"}
_BOUNDS_NOT = {"at least": "менее", "at most": "более", "exactly": "не ровно"}

# ── conditions ───────────────────────────────────────────────────────────────────────────────────────────────────


def phrase(item: b.Item, *, negated: bool = False) -> str:
    """A condition as a predicate: «имеет наставника», «возраст меньше 35 лет»; negated where asked."""
    match item:
        case b.AllOf() | b.AnyOf():
            return _among(item, negated) or _from_to(item, negated) or _joined(item, negated)
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
        case b.Follow(table, ref, to, inner, b.Type.TRUTH) if not isinstance(inner, b.Attribute):
            return _of_another(_title(table, ref), TABLES[to].words.one, inner, phrase(inner, negated=negated))
        case b.Outer(_, inner, _):
            return phrase(inner, negated=negated)
        case _:
            return f"не отмечено «{value(item)}»" if negated else f"отмечено «{value(item)}»"


def _of_another(title: str, one: str, inner: b.Item, said: str) -> str:
    """«человек является педагогом», «человек: возраст меньше 35 лет», «на базе организации: организация является…»."""
    predicate = isinstance(inner, (b.Has, b.Follow)) or (isinstance(inner, b.Defined) and len(inner.words) > 1)
    if not predicate:
        return f"{title}: {said}"
    return f"{title} {said}" if " " not in title else f"{title}: {one} {said}"


def _joined(item: b.AllOf | b.AnyOf, negated: bool) -> str:
    """All the conditions together, or any of them; those inside that are joined the other way are in brackets."""
    together = isinstance(item, b.AllOf) is not negated
    parts = _flat(item, negated, together)
    said = [_nested(one, not_, together) for one, not_ in parts]
    return _listed(said) if together else " или ".join(said)


def _flat(item: b.Item, negated: bool, together: bool) -> list[tuple[b.Item, bool]]:
    """The conditions and whether each is negated, with those that are joined the same way opened."""
    match item:
        case b.Not(inner):
            return _flat(inner, not negated, together)
        case b.AllOf(items) | b.AnyOf(items) if (isinstance(item, b.AllOf) is not negated) is together:
            if _among(item, negated) is None and _from_to(item, negated) is None:
                return [one for inner in items for one in _flat(inner, negated, together)]
    return [(item, negated)]


def _nested(item: b.Item, negated: bool, together: bool) -> str:
    said = phrase(item, negated=negated)
    if isinstance(item, (b.AllOf, b.AnyOf)):
        plain = _among(item, negated) or _from_to(item, negated)
        return said if plain and together else f"({said})"
    of_several = isinstance(item, b.Defined) and (", " in said or f" {'или' if together else 'и'} " in said)
    return f"({said})" if of_several else said


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} и {parts[-1]}"


def _among(item: b.AllOf | b.AnyOf, negated: bool) -> str | None:
    """«вид — «школа» или «детский сад»»: one thing compared with several texts."""
    if not isinstance(item, b.AnyOf) or len(item.items) < 2:
        return None
    compared = [one for one in item.items if isinstance(one, b.Compare) and one.op == "="]
    first = compared[0].left if compared else None
    if len(compared) < len(item.items) or any(one.left != first or not _is_text(one.right) for one in compared):
        return None
    shown = [f"«{_shown(one.right, one.left)}»" for one in compared]
    if negated:
        return f"{value(compared[0].left)} — ни {', ни '.join(shown)}"
    return f"{value(compared[0].left)} — {', '.join(shown[:-1])} или {shown[-1]}"


def _is_text(item: b.Item) -> bool:
    return isinstance(item, b.Plain) and item.type is b.Type.TEXT


def _from_to(item: b.AllOf | b.AnyOf, negated: bool) -> str | None:
    """«возраст от 25 до 35 лет»: both ends included."""
    match item:
        case b.AllOf((b.Compare(">=", left, low), b.Compare("<=", again, high))) if left == again and not negated:
            if left.type is b.Type.DATE:
                return f"{value(left)} — не раньше {_than(low)} и не позже {_than(high)}"
            if isinstance(low, b.Plain) and isinstance(high, b.Plain):
                return f"{value(left)} от {value(low)} до {_of_amount(high, left)}"
    return None


def _has(item: b.Has, negated: bool) -> str:
    has, has_not = _predicates(item.rows)
    tail = f"{_where(item.rows)}{_window(item.rows)}"
    if item.quantity is None:
        return f"{has_not if negated else has}{tail}"
    quantity = item.quantity
    if quantity.of == "share":
        amount = f"{percent(quantity.value)} случаев"
    else:
        forms = PEOPLE if quantity.of == "people" else TIMES
        amount = (counted if quantity.bound == "exactly" else counted_of)(quantity.value, forms)
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


# ── windows ──────────────────────────────────────────────────────────────────────────────────────────────────────

_MOMENTS = {"began": "с началом", "ended": "с окончанием"}


def window_words(window: b.Window, moment: str = "during") -> str:
    """«за период», «за последние 3 года», «с начала программы», «с началом в отчётном периоде»."""
    if moment in _MOMENTS:
        return f"{_MOMENTS[moment]} {_date_words(window)}"
    match window:
        case b.Fixed():
            return fixed_window(window)
        case b.From(b.Instant() | b.Plain() as start, None):
            return f"с {day_of(start)}"
        case b.From(start, None):
            return f"с даты «{value(start)}»"
        case b.From(start, b.Span(1, "day")):
            return f"на дату «{value(start)}»"
        case b.From(start, b.Span() as span):
            return f"в {stretch('перв', span)} от {day_of(start)}"
    raise AssertionError(window)


def _date_words(window: b.Window) -> str:
    """A window as that in which a date lies: «в отчётном периоде», «не раньше начала программы»."""
    match window:
        case b.Fixed():
            return fixed_date(window)
        case b.From(start, None):
            return f"не раньше {day_of(start)}"
    return window_words(window)


def day_of(item: b.Item) -> str:
    """A date in the genitive: «01.06.2022», «дня подсчёта − 3 года», «даты «дата рождения»»."""
    match item:
        case b.Plain():
            return value(item)
        case b.Instant(name):
            return INSTANTS_OF[name]
        case b.Calculate(op, b.Instant() | b.Plain() as left, right, _):
            return f"{day_of(left)} {sign(op)} {value(right)}"
    return f"даты «{value(item)}»"


# ── comparison ───────────────────────────────────────────────────────────────────────────────────────────────────


def sign(op: str) -> str:
    return {"-": "−", "*": "×"}.get(op, op)


def _compare(item: b.Compare, negated: bool) -> str:
    op = _OPPOSITE[item.op] if negated else item.op
    left, right = item.left, item.right
    if isinstance(left, b.Plain):
        left, right, op = right, left, _MIRRORED.get(op, op)
    if op in ("=", "!="):
        return _equal(left, right, op == "=")
    if left.type is b.Type.DATE:
        return f"{value(left)} {_DATE_OPERATORS[op]} {_than(right)}"
    return f"{value(left)} {OPERATORS[op]} {_of_amount(right, left)}"


def _than(day: b.Item) -> str:
    """After «раньше», «не позже»: «дня подсчёта», «чем за 3 года до дня подсчёта»."""
    match day:
        case b.Calculate("-", start, b.Span() as span, _):
            return f"чем за {value(span)} до {day_of(start)}"
        case b.Calculate("+", start, b.Span() as span, _):
            return f"чем через {value(span)} после {day_of(start)}"
    return day_of(day)


def _equal(left: b.Item, right: b.Item, equal: bool) -> str:
    not_ = "" if equal else "не "
    if isinstance(right, b.Outer) and not isinstance(right.item, b.Key):
        same = "" if value(left) == value(right.item) else f"«{value(right.item)}» "
        those = f"{same}в записи «{_one(right.item)}»" if same else f"тем, что в записи «{_one(right.item)}»"
        return f"{value(left)} {not_}совпадает с {those}"
    if not isinstance(right, b.Plain) and not isinstance(innermost(right), b.Key):
        return f"{value(left)} {not_}совпадает с «{value(right)}»"
    shown = f"«{_shown(right, left)}»" if _is_text(right) else _amount(right, left)
    return f"{value(left)} — {not_}{shown}"


def _one(item: b.Item) -> str:
    table = item.table if isinstance(item, (b.Attribute, b.Follow, b.Key)) else ""
    return TABLES[table].words.one if table else "внешняя"


def _shown(item: b.Item, opposite: b.Item) -> str:
    if isinstance(item, b.Plain) and isinstance(item.value, str):
        core = innermost(opposite)
        return core.column.label(item.value) if isinstance(core, b.Attribute) else item.value
    return value(item)


def _amount(item: b.Item, opposite: b.Item) -> str:
    """A number in the measure of what it is compared with: «35 лет», «50 %»."""
    match item, innermost(opposite):
        case b.Plain(float() as amount, _), b.FullYears() if "лет" not in value(opposite):
            return counted(amount, UNITS["year"])
        case b.Plain(float() as amount, _), b.Calculate("/", _, _, _):
            return percent(amount)
    return value(item)


def _of_amount(item: b.Item, opposite: b.Item) -> str:
    """In the genitive: «(меньше) 35 лет», «(не меньше) 1 года»."""
    match item, innermost(opposite):
        case b.Plain(float() as amount, _), b.FullYears() if "лет" not in value(opposite):
            return counted_of(amount, UNITS["year"])
    return _amount(item, opposite)


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
            return counted(amount, UNITS[unit])
        case b.Instant(name):
            return INSTANTS[name]
        case b.Attribute(_, column, _):
            return _DATES.get(column.title) or column.title.lower()
        case b.Key(table):
            return f"этот же ({TABLES[table].words.one})"
        case b.Defined(_, words, inner, _):
            return words[0] if words else value(inner)
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
            return f"{_term(left, op)} {sign(op)} {_term(right, op, right=True)}"
        case b.Latest(rows, inner, _):
            return f"{value(inner)} в последней записи «{TABLES[rows.table].words.one}»{_where(rows)}{_window(rows)}"
        case b.Tally(function, rows, None, _):
            return f"{FUNCTIONS[function]} {_many(rows)}"
        case b.Tally(function, rows, inner, _) if inner is not None:
            return f"{FUNCTIONS[function]} «{value(inner)}» для {_many(rows)}"
    return phrase(item)


def _term(item: b.Item, op: str, *, right: bool = False) -> str:
    """A part of a calculation, in brackets where without them it would be another."""
    inner = item.op if isinstance(item, b.Calculate) else None
    needs = inner is not None and ((inner in "+-" and (op in "*/" or (right and op == "-"))) or (right and op in "*/"))
    return f"({value(item)})" if needs else value(item)


FUNCTIONS = {
    "count": "число",
    "people": "число разных людей среди",
    "sum": "сумма",
    "mean": "среднее",
    "min": "наименьшее",
    "max": "наибольшее",
}
