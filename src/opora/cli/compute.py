"""``opora compute``: a programme over one's own data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from opora.cli import options
from opora.cli.engine import engine_for
from opora.cli.programme import programme_for
from opora.cli.registry import facts
from opora.cli.screen import Screen, Step, steps
from opora.cli.table import tell_result
from opora.cli.writing import see_that_one_can_write, whole_folder

if TYPE_CHECKING:
    from opora.indicators.dataset.store import Dataset
    from opora.indicators.periods import Period
    from opora.indicators.results import ProgrammeResult
    from opora.programmes.compute import Wish
    from opora.programmes.model import Programme

_OWN_STEPS = 3
"""Steps of a count beside the earlier dates and the lists."""


@options.command("compute", short_help="посчитать программу по своим данным")
@options.programme_argument
@options.data_or_municipality_options
@options.when_options
@click.option(
    "--by",
    metavar="РАЗРЕЗ",
    multiple=True,
    help=f"Показать разрез; можно повторять: {', '.join(options.BREAKDOWNS)} или столбец из формул, например kind.",
)
@click.option(
    "--lists",
    metavar="КОД",
    multiple=True,
    help="Показать в книге и отчёте поимённо, кто в числе и кто вне; можно повторять или писать через запятую. "
    "Без него — показатели, для которых так решила программа.",
)
@click.option("--all-lists", is_flag=True, help="То же для всех показателей.")
@options.engine_option
@click.option(
    "--out",
    metavar="ПАПКА",
    type=click.Path(file_okay=False, path_type=Path),
    help="Записать сюда книгу Excel и отчёт HTML.",
)
@options.accept_option
@click.option("--no-history", is_flag=True, help="Не считать на прежние отчётные даты (быстрее).")
def compute(
    programme: str,
    source: Path | None,
    municipality: str | None,
    on: dt.date,
    period: Period | None,
    by: tuple[str, ...],
    lists: tuple[str, ...],
    all_lists: bool,
    engine: str,
    out: Path | None,
    accept_faults: bool,
    no_history: bool,
) -> None:
    """Посчитать показатели программы и сравнить их с целями.

    \b
    opora compute strezhevoy --data данные.xlsx --on 2022-12-31 --out отчёт
    opora compute strezhevoy --municipality strezhevoy --on 2022-12-31 --out отчёт
    """
    if out:
        see_that_one_can_write(out)
    loaded = programme_for(programme, municipality, on)
    wish = _wish(loaded, by, _codes(loaded, lists, everything=all_lists), history=not no_history)
    with (
        facts(source, municipality, on, accept_faults=accept_faults) as dataset,
        steps(steps_of(loaded, wish, on, papers=out is not None)) as step,
    ):
        result = counted(loaded, dataset, on, engine=engine, period=period, wish=wish, step=step)
        written = write_papers(loaded, result, out, step) if out else []
    screen = Screen()
    tell_result(screen, result, by)
    tell_written(screen, written)


def counted(
    programme: Programme,
    dataset: Dataset,
    on: dt.date,
    *,
    step: Step,
    engine: str = "duckdb",
    period: Period | None = None,
    wish: Wish | None = None,
) -> ProgrammeResult:
    from opora.programmes.compute import compute_programme

    with engine_for(dataset, engine) as (opened, laid_out):
        return compute_programme(programme, laid_out, opened, on, period=period, wish=wish, progress=step)


def steps_of(programme: Programme, wish: Wish, on: dt.date, *, papers: bool) -> int:
    """How many steps the count will name."""
    earlier = sum(1 for day in programme.reporting_dates if day < on) if wish.history else 0
    opened = sum(
        1
        for indicator in programme.indicators
        if indicator.share and (indicator.lists if wish.lists is None else indicator.code in wish.lists)
    )
    return _OWN_STEPS + earlier + opened + (2 if papers else 0)


def write_papers(programme: Programme, result: ProgrammeResult, folder: Path, step: Step) -> list[Path]:
    """The workbook and the report, both or none; where they are."""
    from opora.papers.report import write_report
    from opora.papers.workbook import write_workbook

    name = f"{result.programme}-{result.on:%Y-%m-%d}"
    with whole_folder(folder) as fresh:
        step("пишу книгу Excel")
        write_workbook(result, programme, fresh / f"{name}.xlsx")
        step("пишу отчёт")
        write_report(result, programme, fresh / f"{name}.html")
    return [folder / f"{name}.xlsx", folder / f"{name}.html"]


def tell_written(screen: Screen, written: Sequence[Path]) -> None:
    for path in written:
        screen.say(f"Записано: {path}")


def known_codes(programme: Programme, codes: Sequence[str], *, option: str) -> list[str]:
    """The codes, if the programme has all of them. Raises ``click.BadParameter``."""
    from opora.programmes.faults import perhaps

    known = [item.code for item in (*programme.indicators, *programme.published)]
    for code in codes:
        if code not in known:
            message = f"В программе «{programme.key}» нет показателя «{code}»{perhaps(code, known)}"
            raise click.BadParameter(message, param_hint=option)
    return list(codes)


def _codes(programme: Programme, lists: Sequence[str], *, everything: bool) -> list[str] | None:
    if everything:
        return [indicator.code for indicator in programme.indicators]
    given = [code.strip() for text in lists for code in text.split(",") if code.strip()]
    return known_codes(programme, given, option="--lists") if given else None


def _wish(programme: Programme, by: tuple[str, ...], lists: list[str] | None, *, history: bool) -> Wish:
    from opora.programmes.compute import Wish, possible_breakdowns

    if not set(by) <= set(options.BREAKDOWNS):
        possible = possible_breakdowns(programme, by)
        for name in by:
            if name not in possible:
                listed = "".join(f"\n  {one} — {title}" for one, title in possible.items())
                message = f"По «{name}» ничего в программе «{programme.key}» не разложить; можно:{listed}"
                raise click.BadParameter(message, param_hint="--by")
    usual = Wish()
    return replace(usual, by=tuple(dict.fromkeys([*usual.by, *by])), lists=lists, history=history)
