"""What is asked of every row, written as SQL from the declarations of the tables.

A condition speaks of the row as ``t``; where a rule needs a second row, its ``source`` joins it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from opora.indicators.dataset.cells import allowed
from opora.indicators.dataset.schema import Column, Kind, Table, Time
from opora.indicators.dataset.tables import STORED

FIRST_YEAR, LAST_YEAR = 1900, 2100
FIRST_BIRTH, LAST_BIRTH = 1920, 2012
YOUNGEST = 14
"""Age from which one may be employed: with a parent's consent, Labour Code, art. 63."""

_PERIODS = {
    "coverage": ("since", "until"),
    "training": ("started", "completed"),
    "training_programme": ("register_since", "register_until"),
}
"""First day and end of what is no state, but lasts."""
_MAY_REPEAT = {"vacancy"}
"""Two equal vacancies are two vacant posts."""
_TOLD_APART_BY = {"person": ("last_name",)}
"""Of people without names, as in depersonalised data, many are born on one day."""


@dataclass(frozen=True, slots=True)
class RowRule:
    """``condition`` is true of a faulty row. ``shown`` are SQL expressions whose values fill ``{0}``, ``{1}`` … of
    the message."""

    rule: str
    column: str
    condition: str
    message: str
    how_to_mend: str
    shown: tuple[str, ...] = ()
    source: str = ""
    """FROM clause; empty for the table alone."""


@dataclass(frozen=True, slots=True)
class RepeatRule:
    """No two rows may agree in all these columns."""

    rule: str
    columns: tuple[str, ...]
    known: tuple[str, ...]
    """Columns without which nothing is said of a row; in the others two unknown values count as equal."""
    how_to_mend: str
    whole_row: bool = False


def quoted(name: str) -> str:
    """Names like «table» and «end» are words of SQL too."""
    return f'"{name}"'


def own(name: str) -> str:
    return f"t.{quoted(name)}"


def day(expression: str) -> str:
    return f"strftime({expression}, '%d.%m.%Y')"


def _outside(expression: str, first_year: int, last_year: int) -> str:
    """Compares days, not years: over millions of rows that is felt."""
    return f"({expression} < DATE '{first_year}-01-01' OR {expression} > DATE '{last_year}-12-31')"


def row_rules(table: Table) -> Iterator[RowRule]:
    for column in table.columns:
        yield from _column_rules(column)
    yield from _period_rules(table)
    yield from _rules_of_one_table(table)


def may_not_repeat(table: Table) -> bool:
    """Whether two rows that agree in everything but the key are one row, entered twice."""
    return table.name not in _MAY_REPEAT


def repeat_rules(table: Table) -> Iterator[RepeatRule]:
    yield RepeatRule("duplicate_key", (table.key,), (table.key,), "Дайте каждой строке свой код")
    for columns in table.unique:
        yield RepeatRule("not_unique", columns, columns, "Оставьте одну из этих строк или исправьте ошибку")
    if may_not_repeat(table):
        others = tuple(column.name for column in table.columns if column.name != table.key)
        known = _TOLD_APART_BY.get(table.name, ())
        yield RepeatRule("duplicate_row", others, known, "Удалите лишнюю строку", whole_row=True)


def _column_rules(column: Column) -> Iterator[RowRule]:
    if column.required:
        mend = "Впишите код, который не повторяется в таблице" if column.kind is Kind.KEY else "Впишите значение"
        yield RowRule("required", column.name, _is_empty(column), "Не заполнено обязательное поле", mend)
    elif column.kind is Kind.TEXT:
        blank = f"trim({own(column.name)}) = ''"
        mend = "Оставьте его незаполненным (null): пустой текст — не «неизвестно»"
        yield RowRule("blank", column.name, blank, "Вместо отсутствия значения записан пустой текст", mend)
    if column.kind is Kind.REF:
        yield _dangling(column)
    if column.kind is Kind.CHOICE:
        yield _not_a_choice(column)
    if column.kind in (Kind.INTEGER, Kind.NUMBER):
        yield from _number_rules(column)
    if column.kind is Kind.DATE and column.name != "born":
        yield _impossible_date(column)


def _is_empty(column: Column) -> str:
    """Keys may be numbers, and then there is nothing to trim."""
    textual = column.kind in (Kind.KEY, Kind.REF, Kind.TEXT, Kind.CHOICE)
    blank = f" OR trim(CAST({own(column.name)} AS VARCHAR)) = ''" if textual else ""
    return f"({own(column.name)} IS NULL{blank})"


def _dangling(column: Column) -> RowRule:
    title = STORED[column.to].title
    return RowRule(
        "dangling",
        column.name,
        f"{own(column.name)} IS NOT NULL AND trim(CAST({own(column.name)} AS VARCHAR)) <> ''",
        f"В таблице «{title}» нет кода «{{0}}»",
        f"Исправьте код или добавьте строку в таблицу «{title}»",
        (own(column.name),),
        f"{{table}} t ANTI JOIN {quoted(column.to)} o ON {own(column.name)} = o.id",
    )


def _not_a_choice(column: Column) -> RowRule:
    codes = ", ".join(f"'{code}'" for code, _ in column.choices)
    condition = f"{own(column.name)} NOT IN ({codes}) AND trim({own(column.name)}) <> ''"
    if not column.required:
        condition = f"{own(column.name)} NOT IN ({codes})"
    message = "Значения «{0}» нет в списке"
    return RowRule("choice", column.name, condition, message, allowed(column), (own(column.name),))


def _number_rules(column: Column) -> Iterator[RowRule]:
    if column.kind is Kind.NUMBER:
        condition = f"NOT isfinite({own(column.name)})"
        yield RowRule("not_finite", column.name, condition, "«{0}» — не число", "Впишите число", (own(column.name),))
    if column.minimum is not None:
        least = f"{column.minimum:g}"
        condition = f"{own(column.name)} < {least} AND isfinite(CAST({own(column.name)} AS DOUBLE))"
        mend = f"Впишите число не меньше {least}"
        message = f"Число {{0}} меньше {least}"
        yield RowRule("minimum", column.name, condition, message, mend, (_number_words(column),))


def _number_words(column: Column) -> str:
    """As a Russian reader writes it: without the zeros that a double ends with, with a comma."""
    if column.kind is Kind.INTEGER:
        return own(column.name)
    return f"replace(regexp_replace(CAST({own(column.name)} AS VARCHAR), '\\.0$', ''), '.', ',')"


def _impossible_date(column: Column) -> RowRule:
    condition = _outside(own(column.name), FIRST_YEAR, LAST_YEAR)
    message = f"Дата {{0}}: год не между {FIRST_YEAR} и {LAST_YEAR}"
    return RowRule("impossible_date", column.name, condition, message, "Исправьте год", (day(own(column.name)),))


def period_of(table: Table) -> tuple[str, str]:
    """Columns of the first day and of the end; empty where a row does not last."""
    return _PERIODS.get(table.name, (table.start, table.end) if table.time is Time.STATE else ("", ""))


def _period_rules(table: Table) -> Iterator[RowRule]:
    start, end = period_of(table)
    if start and end:
        shown = day(own(end)), day(own(start))
        message = "Конец ({0}) раньше начала ({1})"
        yield RowRule("end_before_start", end, f"{own(end)} < {own(start)}", message, "Исправьте одну из дат", shown)


def _rules_of_one_table(table: Table) -> Iterator[RowRule]:
    """What only a reader who knows the matter would ask."""
    if table.name == "person":
        condition = _outside("t.born", FIRST_BIRTH, LAST_BIRTH)
        yield RowRule("born", "born", condition, "Человек родился в {0} году", "Исправьте год", ("year(t.born)",))
    if table.name == "employment":
        yield from _age_rules()
    if table.name == "mentorship":
        message, mend = "Наставник и наставляемый — один и тот же человек", "Исправьте код одного из них"
        yield RowRule("own_mentor", "mentee", "t.mentor = t.mentee", message, mend)
    if table.name == "coverage":
        yield _unknown_covered_table()


def _age_rules() -> Iterator[RowRule]:
    """Whose year of birth is itself impossible is reported once, there."""
    source = "{table} t JOIN person p ON t.person = p.id"
    plausible = f"NOT {_outside('p.born', FIRST_BIRTH, LAST_BIRTH)}"
    shown = day("t.since"), day("p.born"), "date_sub('year', p.born, t.since)"
    mend = "Исправьте дату приёма или дату рождения"
    message = "День приёма {0} раньше дня рождения {1}"
    yield RowRule("before_birth", "since", f"{plausible} AND t.since < p.born", message, mend, shown, source)
    too_young = f"t.since >= p.born AND t.since < p.born + INTERVAL {YOUNGEST} YEAR"
    message = f"На день приёма {{0}} полных лет {{2}} (дата рождения {{1}}), а работать можно с {YOUNGEST}"
    yield RowRule("too_young", "since", f"{plausible} AND {too_young}", message, mend, shown, source)


def _unknown_covered_table() -> RowRule:
    names = ", ".join(f"'{name}'" for name in STORED)
    condition = f"{own('table')} NOT IN ({names}) AND trim({own('table')}) <> ''"
    mend = "Впишите название листа или код таблицы, например «Люди» или person"
    return RowRule("covered_table", "table", condition, "Нет таблицы «{0}»", mend, (own("table"),))
