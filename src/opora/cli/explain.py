"""``opora explain``: one number, opened down to the people behind it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from opora.cli import options
from opora.cli.check import sound_programme
from opora.cli.compute import known_codes
from opora.cli.data import sound_dataset
from opora.cli.engine import engine_for
from opora.cli.screen import Screen, steps
from opora.cli.table import row_of

if TYPE_CHECKING:
    from opora.indicators.dataset.store import Dataset
    from opora.indicators.engine.compute import Calculator
    from opora.indicators.engine.plan import Plan
    from opora.indicators.formula import bound as b
    from opora.indicators.periods import Context, Period
    from opora.indicators.results import IndicatorResult, OpenedRow
    from opora.programmes.compute import BoundIndicator
    from opora.programmes.model import Programme

SHOWN = 20
"""Names of one list that are shown without --all, a few more where they fall out for many reasons."""
FEWEST = 3
"""Names that are shown for each reason."""

_Lists = list[tuple[str, list["OpenedRow"]]]


@options.command("explain", short_help="раскрыть одно число: формула, SQL, кто в числе и кто вне")
@options.programme_argument
@click.argument("code", metavar="КОД", help="Код показателя.")
@options.data_option
@options.when_options
@click.option("--person", metavar="КОД", help="Только этот человек (или иная строка), даже если он не входит в расчёт.")
@click.option("--all", "everything", is_flag=True, help=f"Списки целиком, а не по {SHOWN} строк.")
@click.option("--sql", is_flag=True, help="Показать и запросы SQL.")
@options.engine_option
@options.accept_option
def explain(
    programme: str,
    code: str,
    source: Path,
    on: dt.date,
    period: Period | None,
    person: str | None,
    everything: bool,
    sql: bool,
    engine: str,
    accept_faults: bool,
) -> None:
    """Раскрыть показатель: формула словами и как записана, значение, кто в числе, кто вне и чего им не хватает."""
    from opora.programmes.compute import Wish, bound_indicators, calculator_for, compute_programme, context_of

    loaded = sound_programme(programme)
    known_codes(loaded, [code], option="КОД")
    dataset = sound_dataset(source, accept_faults=accept_faults)
    wish = Wish(by=(), lists=(), history=False, codes=[code])
    with steps(5) as step, engine_for(dataset, engine) as (opened, laid_out):
        result = compute_programme(loaded, laid_out, opened, on, period=period, wish=wish, progress=step)
        step("раскрываю")
        asking = _Asking(
            bound_indicators(loaded, [code])[0],
            calculator_for(loaded, laid_out, opened),
            context_of(loaded, on, period),
        )
        lists = _of_one(asking, laid_out, person) if person else asking.lists()
        plan = asking.plan() if sql else None
    screen = Screen()
    _tell_number(screen, loaded, result.indicators[0], f"На {on:%d.%m.%Y}, период: {result.period}")
    _tell_marks(screen, synthetic=result.synthetic, with_faults=result.with_faults)
    if person:
        _tell_one(screen, lists)
    else:
        _tell_lists(screen, lists, limit=None if everything else SHOWN)
    _tell_sql(screen, plan, opened.dialect)


class _Asking:
    """The questions about one indicator on one date."""

    def __init__(self, bound: BoundIndicator, calculator: Calculator, context: Context) -> None:
        self.formula, self.calculator, self.context = bound.formula, calculator, context

    def plan(self) -> Plan:
        from opora.indicators.engine.plan import Asked

        return self.calculator.plan([Asked(self.formula)], self.context)

    def lists(self) -> _Lists:
        """Who is behind each count that the formula is made of."""
        return [(words, self._rows(share)) for words, share in self._shares()]

    def one(self, dataset: Dataset, key: str) -> _Lists:
        """The same for one thing, or for all the things of one person."""
        return [
            (words, [row for each in _keys(dataset, share.thing.table, key) for row in self._rows(share, each)])
            for words, share in self._shares()
        ]

    def _rows(self, share: b.ShareOf, key: str | int | None = None) -> list[OpenedRow]:
        from opora.indicators.engine.opening import Opener

        return Opener(self.calculator, self.context).rows(share, key=key)

    def _shares(self) -> Iterator[tuple[str, b.ShareOf]]:
        """A count is opened as a share of the whole table: who satisfies its condition, and who does not."""
        from opora.indicators.engine.dimensions import measures_of
        from opora.indicators.formula import bound as b
        from opora.indicators.formula.words import sentence

        for measure in dict.fromkeys(measures_of(self.formula)):
            if isinstance(measure, b.ShareOf):
                yield "", measure
            elif measure.thing.condition is not None:
                yield sentence(measure), b.ShareOf(measure.thing.condition, replace(measure.thing, condition=None))


def _of_one(asking: _Asking, dataset: Dataset, key: str) -> _Lists:
    found = asking.one(dataset, key)
    if not any(rows for _, rows in found):
        message = f"В данных нет строки с кодом «{key}», которую считает показатель"
        raise click.BadParameter(message, param_hint="--person")
    return found


def _keys(dataset: Dataset, table: str, key: str) -> Sequence[str | int]:
    """The key itself, or in a table of what people have or do the keys of that person's rows."""
    from opora.indicators.dataset.tables import STORED

    declared = STORED.get(table)
    if declared is None or declared.column("person") is None:
        return [key]
    rows = dataset.table(table).select(["id", "person"]).to_pylist()
    return [row["id"] for row in rows if str(row["person"]) == key] or [key]


# ── what is told ─────────────────────────────────────────────────────────────────────────────────────────────────


def _tell_number(screen: Screen, programme: Programme, indicator: IndicatorResult, when: str) -> None:
    row = row_of(indicator)
    screen.head(f"{indicator.code}  {indicator.title}")
    line = f", строка {indicator.line}" if indicator.line else ""
    screen.say(f"{programme.title}{line}", "dim")
    screen.say(when)
    screen.say()
    facts = (
        ("Значение", f"{row.value} ({row.out_of})" if row.out_of else row.value),
        ("Неизвестно", row.unknown),
        ("Границы", row.bounds),
        ("Цель", row.target),
        ("Вывод", row.verdict),
        ("Пояснение", indicator.verdict_note),
    )
    for name, words in facts:
        if words:
            screen.say(f"{name:<11}{words}", row.style if name == "Вывод" else "")
    _tell_formula(screen, indicator)


def _tell_formula(screen: Screen, indicator: IndicatorResult) -> None:
    if indicator.reported:
        screen.head("Что спрашивает карта")
        screen.say(indicator.words, indent=2)
        screen.say(f"Почему не из записей: {indicator.reported}", indent=2)
    else:
        screen.head("Как считается")
        screen.say(indicator.words, indent=2)
        screen.head(f"Как записано (версия {indicator.version})")
        for line in indicator.formula.splitlines():
            screen.say(line, indent=2)
    if indicator.interpretation:
        screen.head("Как прочитана программа")
        screen.say(indicator.interpretation, indent=2)


def _tell_marks(screen: Screen, *, synthetic: bool, with_faults: bool) -> None:
    if synthetic:
        screen.say("Внимание: синтетические данные", "bold yellow")
    if with_faults:
        screen.say("Внимание: в данных есть ошибки", "bold yellow")


def _tell_lists(screen: Screen, lists: _Lists, *, limit: int | None) -> None:
    for words, rows in lists:
        if words:
            screen.head(words)
        for title, style, some in _sorted_out(rows):
            if some:
                screen.head(f"{title}: {len(some)}")
                _tell_rows(screen, some, style, limit)
    if not any(rows for _, rows in lists):
        screen.head("Поимённого списка у этого числа нет")


def _sorted_out(rows: list[OpenedRow]) -> list[tuple[str, str, list[OpenedRow]]]:
    sure = [row for row in rows if row.in_base == 2]
    return [
        ("Вне числа", "red", [row for row in sure if row.code == 0]),
        ("Неизвестно", "yellow", [row for row in sure if row.code == 1]),
        ("Неизвестно, входит ли в расчёт", "yellow", [row for row in rows if row.in_base == 1]),
        ("В числе", "green", [row for row in sure if row.code == 2]),
    ]


def _by_reason(rows: Sequence[OpenedRow]) -> list[tuple[tuple[str, ...], list[OpenedRow]]]:
    """Rows that lack the same parts together; first those that lack the fewest, and of them those that come nearest."""
    groups: dict[tuple[str, ...], list[OpenedRow]] = {}
    for row in sorted(rows, key=lambda row: (len(row.failed), -_nearness(row))):
        groups.setdefault(_reasons(row), []).append(row)
    return list(groups.items())


def _reasons(row: OpenedRow) -> tuple[str, ...]:
    return tuple(f"{'неизвестно' if part.code == 1 else 'не выполнено'}: {part.words}" for part in row.failed)


def _nearness(row: OpenedRow) -> float:
    """3 of «3 из 4»."""
    found = re.match(r"[\d,]+", row.failed[0].near) if row.failed else None
    return float(found.group().replace(",", ".")) if found else 0


def _tell_rows(screen: Screen, rows: Sequence[OpenedRow], style: str, limit: int | None) -> None:
    """Every reason is told, though not every name."""
    groups = _by_reason(rows)
    shown = None if limit is None else max(limit // len(groups), FEWEST)
    for reasons, some in groups:
        for words in reasons:
            screen.say(f"– {words}", style, indent=2)
        for row in some[:shown]:
            screen.say(_name(row), indent=4 if reasons else 2)
        if shown is not None and len(some) > shown:
            screen.say(f"…и ещё {len(some) - shown}; все — с --all", "dim", indent=4 if reasons else 2)


def _name(row: OpenedRow) -> str:
    """«Иванова Анна, Школа № 2 [17] — 3 из 4»."""
    place = f", {row.organisation}" if row.organisation else ""
    near = "; ".join(part.near for part in row.failed if part.near)
    return f"{row.title}{place} [{row.key}]{f' — {near}' if near else ''}"


def _tell_one(screen: Screen, lists: _Lists) -> None:
    for words, rows in lists:
        if words and rows:
            screen.head(words)
        for row in rows:
            standing, style = _standing(row)
            screen.head(f"{row.title}: {standing}")
            _tell_rows(screen, [row], style, None)


def _standing(row: OpenedRow) -> tuple[str, str]:
    if row.in_base == 0:
        return "не входит в расчёт", "dim"
    if row.in_base == 1:
        return "неизвестно, входит ли в расчёт", "yellow"
    return {2: ("в числе", "green"), 1: ("неизвестно", "yellow"), 0: ("вне числа", "red")}[row.code]


def _tell_sql(screen: Screen, plan: Plan | None, dialect: str) -> None:
    if plan is None:
        screen.say()
        screen.say("Запросы SQL покажет --sql", "dim")
        return
    screen.head("SQL")
    for batch in plan.batches:
        screen.code(f"CREATE TABLE {batch.name} AS\n{_pretty(batch.sql, dialect)};")
        for query in batch.queries:
            screen.code(f"{_pretty(query.sql, dialect)};")


def _pretty(sql: str, dialect: str) -> str:
    import sqlglot

    known = {"pyspark": "spark"}.get(dialect, dialect)
    return str(sqlglot.transpile(sql, read=known, write=known, pretty=True)[0])
