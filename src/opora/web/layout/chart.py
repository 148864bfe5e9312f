"""A chart and the table that tells the same: one is never without the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from opora.indicators.results import Value
from opora.papers import words
from opora.papers.bars import bar, scale_top
from opora.papers.charts import time_chart
from opora.papers.words import Look


@dataclass(frozen=True, slots=True)
class Bar:
    title: str
    value: Value
    url: str = ""


@dataclass(frozen=True, slots=True)
class BarLine:
    title: str
    url: str
    drawn: SafeString
    words: str
    known: bool


@dataclass(frozen=True, slots=True)
class Chart:
    title: str
    said: str
    """What the picture says, for those who listen."""
    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    """The twin table: the first cell of a row names it."""
    note: str = ""
    drawn: str = ""
    bars: tuple[BarLine, ...] = ()


def chart_by_date(
    title: str,
    history: Sequence[tuple[dt.date, Value]],
    look: Look,
    *,
    target: float | None = None,
    path: Sequence[tuple[dt.date, float]] = (),
    note: str = "",
) -> Chart:
    """Values by reporting date with what the unknown leaves open, and the target; ``path``: those of several dates."""
    rows = [
        (words.date(day), words.shown(look, value.value), words.out_of(value), words.bounds(look, value))
        for day, value in history
    ]
    said = "; ".join(f"{row[0]} — {row[1]}" for row in rows)
    drawn = mark_safe(time_chart(history, look, target, path))
    return Chart(
        title,
        f"По датам: {said}{_goals(look, target, path)}",
        ("На дату", "Значение", "n из N", "Границы"),
        rows,
        note,
        drawn,
    )


def _goals(look: Look, target: float | None, path: Sequence[tuple[dt.date, float]]) -> str:
    if path:
        return ". Цели: " + "; ".join(f"{day.year} — {words.goal(look, number)}" for day, number in path)
    return f". Цель: {words.goal(look, target)}" if target is not None else ""


def chart_of_bars(
    title: str, bars: Sequence[Bar], look: Look, *, head: str, target: float | None = None, note: str = ""
) -> Chart:
    """Organisations, subjects or whatever else side by side, in the given order. ``head``: what they are."""
    top = scale_top([one.value for one in bars], look, target)
    lines = tuple(
        BarLine(
            one.title,
            one.url,
            mark_safe("" if one.value.no_data else bar(one.value, top, target)),
            words.shown(look, one.value.value, unlike=target),
            one.value.value is not None,
        )
        for one in bars
    )
    rows = [
        (
            one.title,
            words.shown(look, one.value.value),
            words.out_of(one.value),
            words.number(one.value.unknown) if one.value.unknown else "",
            words.bounds(look, one.value),
        )
        for one in bars
    ]
    return Chart(title, "", (head, "Значение", "n из N", "Неизвестно", "Границы"), rows, note, bars=lines)
