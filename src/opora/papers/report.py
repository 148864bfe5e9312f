"""The report: one HTML file that holds everything it needs, opens from disk, prints, and runs no script."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from opora.indicators.results import (
    VERDICT_WORDS,
    Breakdown,
    GroupValue,
    IndicatorResult,
    OpenedRow,
    ProgrammeResult,
    Value,
    Verdict,
)
from opora.programmes.model import Programme

from . import bars, reading, units, words
from .charts import time_chart
from .signs import SIGNS

OPENED_SHOWN = 100
"""So many names under one number; all of them are in the workbook."""
ORGANISATION = "organisation"


def write_report(result: ProgrammeResult, programme: Programme, path: Path, *, approved: bool = False) -> None:
    path.write_text(render_report(result, programme, approved=approved), "utf-8", newline="\n")


def render_report(result: ProgrammeResult, programme: Programme, *, approved: bool = False) -> str:
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            result=result,
            about=programme.about,
            approval=reading.approval(programme),
            goals=(*programme.goals, *programme.tasks),
            served=reading.served(programme),
            repeats={item.code: item.repeats for item in programme.indicators if item.repeats},
            marks=reading.marks(result, approved=approved),
            style=_style(),
            charts=_charts(result),
            tally=reading.tally(result),
            sections=reading.sections(result),
            heat_table=reading.matrix(result, ORGANISATION),
            gaps=reading.gaps(result),
            holders=reading.holders(result),
            unknown=reading.unknown_first(result),
        )
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("opora.papers"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(_helpers())
    return environment


def _helpers() -> Mapping[str, Any]:
    own = (anchor, bar, heat_class, out_rows, scale_top, verdict_parts, sorted_groups, value_of, cell)
    of_words = (
        words.number,
        words.date,
        words.plural,
        words.counted,
        words.listed,
        words.out_of,
        words.goal,
        words.tied,
    )
    of_reading = (
        reading.group_goal,
        reading.group_title,
        reading.has_unknown,
        reading.history,
        reading.look,
        reading.membership,
        reading.part_words,
        reading.called,
    )
    return {
        **{helper.__name__: helper for helper in (*own, *of_words, *of_reading, reading.standing, words.capital)},
        "shown": words.shown,
        "bounds_of": words.bounds,
        "unit_for": units.unit_for,
        "has_spread": words.has_spread,
        "standing_words": reading.STANDING_WORDS,
        "opened_shown": OPENED_SHOWN,
        "Verdict": Verdict,
        "signs": {verdict: Markup(strokes) for verdict, strokes in SIGNS.items()},
        "bar_legend": [(Markup(drawn), said) for drawn, said in bars.LEGEND],
    }


def _style() -> Markup:
    return Markup(files("opora.papers").joinpath("report.css").read_text("utf-8"))


def _charts(result: ProgrammeResult) -> dict[str, Markup]:
    drawn = {
        item.code: time_chart(reading.history(result, item), reading.look(item), item.target_value)
        for item in result.indicators
    }
    return {code: Markup(svg) for code, svg in drawn.items() if svg}


# ── what the template asks for ───────────────────────────────────────────────────────────────────────────────────


def anchor(code: str) -> str:
    return "i-" + re.sub(r"[^\w.-]", "-", code)


def value_of(indicator: IndicatorResult) -> str:
    """The indicator's value, told apart from its target."""
    return words.shown(reading.look(indicator), indicator.value.value, unlike=indicator.target_value)


def verdict_parts(verdict: Verdict) -> tuple[str, str]:
    """The verdict and what explains it: «не определён», «мешают неизвестные»."""
    first, _, rest = VERDICT_WORDS[verdict].replace(": ", ", ").partition(", ")
    return first, rest


def scale_top(indicator: IndicatorResult, item: Breakdown | None = None) -> float:
    """The right end of the bars of an indicator, or of one of its breakdowns."""
    values = [indicator.value] if item is None else [group.value for group in item.groups]
    goal = indicator.target_value if item is None else reading.group_goal(indicator)
    return bars.scale_top(values, reading.look(indicator), goal)


def bar(value: Value, top: float, goal: float | None = None) -> Markup:
    return Markup(bars.bar(value, top, goal))


def heat_class(indicator: IndicatorResult, value: Value | None) -> str:
    return f"heat-{reading.heat(indicator, value)}"


def cell(indicator: IndicatorResult, value: Value | None) -> str:
    """A value in the heat table: its column says the unit, so the sign is left out."""
    if value is None:
        return ""
    return words.shown(reading.look(indicator), value.value).removesuffix(f"{words.NBSP}%")


def sorted_groups(item: Breakdown) -> list[GroupValue]:
    return sorted(item.groups, key=reading.group_order)


def out_rows(indicator: IndicatorResult) -> list[OpenedRow]:
    """Who is out and who is not known."""
    return sorted((row for row in indicator.opened if row.code < 2 or row.in_base == 1), key=reading.opened_order)
