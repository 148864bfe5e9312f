"""Figures that a town has published, beside what its synthetic double gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from opora.cli.screen import Screen

if TYPE_CHECKING:
    from opora.indicators.dataset.store import Dataset
    from opora.indicators.periods import Period
    from opora.indicators.results import IndicatorResult
    from opora.programmes.model import Programme, PublishedFigure

HALF_DIGIT = 0.0005
"""Half of the last digit of a percent as figures are published."""


@dataclass(frozen=True, slots=True)
class Figure:
    published: PublishedFigure
    obtained: IndicatorResult

    @property
    def attained(self) -> bool:
        value, figure = self.obtained.value.value, self.published
        margin = max(figure.tolerance, HALF_DIGIT)
        return value is not None and abs(value - figure.expected) <= margin + 1e-9


def figures_of(programme: Programme, dataset: Dataset, anchor: dt.date) -> list[Figure]:
    """Each figure for its own time; where it names none, on the day ``anchor``."""
    asked: dict[tuple[dt.date, Period], list[PublishedFigure]] = {}
    for figure in programme.published:
        asked.setdefault(_when(figure, anchor), []).append(figure)
    found: dict[str, IndicatorResult] = {}
    for (on, period), figures in asked.items():
        found |= _obtained(programme, dataset, on, period, [figure.code for figure in figures])
    return [Figure(figure, found[figure.code]) for figure in programme.published]


def _obtained(
    programme: Programme, dataset: Dataset, on: dt.date, period: Period, codes: Sequence[str]
) -> dict[str, IndicatorResult]:
    from opora.indicators.engine.backends import open_engine
    from opora.programmes.compute import Wish, compute_programme

    wish = Wish(by=(), lists=(), history=False, codes=codes)
    with open_engine() as engine:
        result = compute_programme(programme, dataset, engine, on, period=period, wish=wish)
    return {indicator.code: indicator for indicator in result.indicators}


def _when(figure: PublishedFigure, anchor: dt.date) -> tuple[dt.date, Period]:
    from opora.indicators.periods import DAY, parse_period

    period = parse_period(figure.year or str(anchor.year))
    return (anchor if period.start <= anchor < period.end else period.end - DAY), period


def tell_figures(screen: Screen, figures: Sequence[Figure]) -> None:
    """Nothing where the town has published nothing."""
    if not figures:
        return
    screen.head("Опубликованные числа города и что дал условный город")
    for figure in figures:
        _tell(screen, figure)
    attained = sum(1 for figure in figures if figure.attained)
    impossible = sum(1 for figure in figures if not figure.attained and not figure.published.attainable)
    missed = len(figures) - attained - impossible
    screen.say(
        f"Опубликованных чисел {len(figures)}: получено {attained}, невозможно {impossible}, не получено {missed}"
    )


def _tell(screen: Screen, figure: Figure) -> None:
    from opora.papers import reading, words

    look, published = reading.look(figure.obtained), figure.published
    expected = words.shown(look, published.expected)
    obtained = words.shown(look, figure.obtained.value.value)
    verdict, style = _verdict(figure)
    screen.say(f"{published.code:<6} {expected:>9} → {obtained:>9}  {verdict:<13}  {published.text}", style)
    if published.why:
        screen.say(published.why, "dim", indent=9)


def _verdict(figure: Figure) -> tuple[str, str]:
    if figure.attained:
        return ("получено" if figure.published.attainable else "из карточки"), "green"
    return ("не получено", "red") if figure.published.attainable else ("невозможно", "yellow")
