"""``opora explain``: one number, opened down to the people behind it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from opora.cli import options
from opora.cli.compute import known_codes
from opora.cli.engine import engine_for
from opora.cli.opened import SHOWN, Opened, tell_lists, tell_one
from opora.cli.person import meant
from opora.cli.programme import programme_for
from opora.cli.registry import facts
from opora.cli.screen import Screen, steps
from opora.cli.table import row_of, tell_marks

if TYPE_CHECKING:
    from opora.indicators.dataset.store import Dataset
    from opora.indicators.engine.compute import Calculator
    from opora.indicators.engine.dimensions import Counted
    from opora.indicators.engine.opening import Opener
    from opora.indicators.engine.plan import Plan
    from opora.indicators.periods import Context, Period
    from opora.indicators.results import IndicatorResult
    from opora.programmes.compute import BoundIndicator
    from opora.programmes.model import Programme


@options.command("explain", short_help="раскрыть одно число: формула, SQL, кто в числе и кто вне")
@options.programme_argument
@click.argument("code", metavar="КОД", help="Код показателя.")
@options.data_or_municipality_options
@options.when_options
@click.option(
    "--person",
    metavar="КТО",
    help="Только этот человек, даже если он не входит в расчёт: фамилия, её часть или код. Показывает и его записи.",
)
@click.option("--all", "everything", is_flag=True, help=f"Списки целиком, а не по {SHOWN} строк.")
@click.option("--sql", is_flag=True, help="Показать и запросы SQL.")
@options.engine_option
@options.accept_option
def explain(
    programme: str,
    code: str,
    source: Path | None,
    municipality: str | None,
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

    loaded = programme_for(programme, municipality, on)
    known_codes(loaded, [code], option="КОД")
    wish = Wish(by=(), lists=(), history=False, codes=[code])
    with (
        facts(source, municipality, on, accept_faults=accept_faults) as dataset,
        steps(5) as step,
        engine_for(dataset, engine) as (opened, laid_out),
    ):
        result = compute_programme(loaded, laid_out, opened, on, period=period, wish=wish, progress=step)
        step("раскрываю")
        asking = _Asking(
            bound_indicators(loaded, [code])[0],
            calculator_for(loaded, laid_out, opened),
            context_of(loaded, on, period),
        )
        lists = asking.one(laid_out, person) if person else asking.lists()
        plan = asking.plan() if sql else None
    screen = Screen()
    _tell_number(screen, loaded, result.indicators[0], f"На {on:%d.%m.%Y}, период: {result.period}")
    tell_marks(screen, result)
    if person:
        tell_one(screen, lists, everything=everything)
    else:
        tell_lists(screen, lists, everything=everything)
    _tell_sql(screen, plan, opened.dialect)


class _Asking:
    """The questions about one indicator on one date."""

    def __init__(self, bound: BoundIndicator, calculator: Calculator, context: Context) -> None:
        from opora.indicators.engine.dimensions import measures_of

        self.formula, self.calculator, self.context = bound.formula, calculator, context
        self.measures = list(dict.fromkeys(measures_of(self.formula)))

    def plan(self) -> Plan:
        from opora.indicators.engine.plan import Asked

        return self.calculator.plan([Asked(self.formula)], self.context)

    def lists(self) -> list[Opened]:
        """Who is behind each count that the formula is made of."""
        opener = self._opener()
        return [Opened(_words(one), opener.rows(one), opener.lack(one)) for one in self.measures]

    def one(self, dataset: Dataset, asked: str) -> list[Opened]:
        """The same for one person, or for one thing where people are not counted."""
        who = meant(dataset, list(dict.fromkeys(one.thing.table for one in self.measures)), asked, self.context.on)
        opener = self._opener()
        wanted = {"person": who.key} if who.person else {"key": who.key}
        found = [Opened(_words(one), opener.rows(one, **wanted)) for one in self.measures]
        if not any(one.rows for one in found):
            message = f"«{asked}» есть в данных, но ни одной строки, которую считает показатель, у неё нет"
            raise click.BadParameter(message, param_hint="--person")
        return found

    def _opener(self) -> Opener:
        from opora.indicators.engine.opening import Opener

        return Opener(self.calculator, self.context)


def _words(measure: Counted) -> str:
    from opora.indicators.formula.words import sentence

    return sentence(measure)


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
