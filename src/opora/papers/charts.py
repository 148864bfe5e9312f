"""The time chart of an indicator: value by reporting date, what the unknown leaves open, and the target.

One specification, written with Altair, serves every chart: it is compiled once, and each drawing only puts its data in
(some 20 ms instead of 70). Colours and fonts are left to the page's style sheet: see ``.chart`` in ``report.css``.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from functools import cache
from typing import Any

from opora.indicators.results import Value

from .words import Look, goal, has_spread, shown
from .words import date as date_words

History = Sequence[tuple[dt.date, Value]]
Path = Sequence[tuple[dt.date, float]]
Vega = dict[str, Any]

WIDTH = 290
HEIGHT = 140
EDGE = 34
LETTER = 7.4
GAP = 8
HEADROOM = 1.12
NICE_STEPS = (1, 2, 2.5, 5, 10)


def time_chart(history: History, look: Look, target: float | None, path: Path = ()) -> str:
    """SVG, to be set into a page; empty where there are no two values to compare. ``path``: the targets of several
    dates, drawn as a line that also tells what is still ahead; it takes the place of the one ``target``."""
    known = [(day, value) for day, value in history if not value.no_data]
    if len(known) < 2 or look is Look.YES_NO:
        return ""
    ahead = [(day, number) for day, number in path if day >= known[0][0]]
    return _svg(_filled(_compiled(), known, look, target, ahead if len(ahead) > 1 else []))


def nice_top(largest: float, look: Look) -> float:
    """A round number above everything shown; a share never goes beyond 100 %."""
    if largest <= 0:
        return 1.0
    wanted = largest * HEADROOM
    power = 10.0 ** math.floor(math.log10(wanted))
    top = next(step * power for step in NICE_STEPS if step * power >= wanted * (1 - 1e-9))
    return min(top, 1.0) if look is Look.PERCENT and largest <= 1 else top


def _svg(spec: Vega) -> str:
    import vl_convert

    return str(vl_convert.vega_to_svg(spec, allowed_base_urls=[]))


def _filled(spec: Vega, known: History, look: Look, target: float | None, path: Path) -> Vega:
    numbers = [number for _, value in known for number in (value.value, value.low, value.high) if number is not None]
    top = nice_top(max([*numbers, target or 0, *(number for _, number in path)]), look)
    rows = {
        "points": _points(known, look, top, path[-1][0] if path else None),
        "target": _target(look, path[-1][1] if path else target),
        "path": [{"day": day.toordinal(), "goal": number} for day, number in path],
        "flat": [] if path else _target(look, target),
    }
    signals = {"top": top, "percent": look is Look.PERCENT}
    return {
        **spec,
        "data": [_with(item, "values", rows) for item in spec["data"]],
        "signals": [_with(item, "value", signals) for item in spec["signals"]],
    }


def _with(item: Vega, key: str, values: dict[str, Any]) -> Vega:
    return {**item, key: values[item["name"]]} if item["name"] in values else item


def _points(known: History, look: Look, top: float, until: dt.date | None) -> list[Vega]:
    """``until``: how far the path of targets goes."""
    days = [day.toordinal() for day, _ in known]
    last = max(days[-1], until.toordinal() if until else 0)
    dates, values = _dates([day for day, _ in known]), [shown(look, value.value) for _, value in known]
    dated, valued = _with_room(days, dates, last), _with_room(days, values, last)
    return [
        {
            "day": day.toordinal(),
            "value": value.value,
            "low": value.low if has_spread(value) else None,
            "high": top if value.high is None else value.high,
            "words": values[place] if place in valued and value.value is not None else "",
            "date": dates[place] if place in dated else "",
        }
        for place, (day, value) in enumerate(known)
    ]


def _dates(days: Sequence[dt.date]) -> list[str]:
    """Of the last days of years the years are enough; all are told beside the chart in full."""
    ends = all((day.month, day.day) == (12, 31) for day in days)
    return [str(day.year) if ends else date_words(day) for day in days]


def _with_room(days: Sequence[int], labels: Sequence[str], last: int) -> set[int]:
    """Which labels fit side by side; the newest always does."""
    width = max(map(len, labels)) * LETTER + GAP
    scale = (WIDTH - 2 * EDGE) / max(last - days[0], 1)
    kept = [len(days) - 1]
    for place in range(len(days) - 2, -1, -1):
        if (days[kept[-1]] - days[place]) * scale >= width:
            kept.append(place)
    return set(kept)


def _target(look: Look, target: float | None) -> list[Vega]:
    return [] if target is None else [{"goal": target, "words": f"цель {goal(look, target)}"}]


@cache
def _compiled() -> Vega:
    import vl_convert

    return dict(vl_convert.vegalite_to_vega(_declared()))


def _declared() -> Vega:
    """The chart as Altair declares it: every layer reads one of four tables, ``points``, ``path`` (targets by date),
    ``flat`` (one target for all dates) and ``target`` (its words)."""
    import altair as alt

    top, percent = alt.param(name="top", value=1), alt.param(name="percent", value=True)
    axis = alt.Axis(
        labelExpr="replace(format(datum.value * (percent ? 100 : 1), '~f'), '.', ',') + (percent ? '\u00a0%' : '')",
        tickCount=3,
        domain=False,
        ticks=False,
        title=None,
    )
    day = alt.X("day:Q", axis=None, scale=alt.Scale(zero=False, nice=False, padding=EDGE))
    height = alt.Y("value:Q", axis=axis, scale=alt.Scale(domain=[0, alt.ExprRef("top")], nice=False))
    points = alt.Chart(alt.NamedData("points")).encode(x=day)
    target, flat = (alt.Chart(alt.NamedData(name)).encode(y="goal:Q") for name in ("target", "flat"))
    path = alt.Chart(alt.NamedData("path")).encode(x=day, y="goal:Q")
    layers = alt.layer(
        points.mark_rule(strokeWidth=9, strokeCap="round", stroke="var(--chart-spread)", aria=False).encode(
            y="low:Q", y2="high:Q"
        ),
        flat.mark_rule(strokeDash=[5, 4], strokeWidth=1.5, stroke="var(--chart-target)"),
        path.mark_line(strokeDash=[5, 4], strokeWidth=1.5, stroke="var(--chart-target)"),
        path.mark_point(size=26, opacity=1, strokeWidth=1.5, fill="var(--paper)", stroke="var(--chart-target)"),
        target.mark_text(align="left", dx=6, fill="var(--chart-target)").encode(text="words:N", x=alt.value(WIDTH)),
        points.mark_line(strokeWidth=2, stroke="var(--chart-line)").encode(y=height),
        points.mark_point(filled=True, size=52, opacity=1, fill="var(--chart-line)").encode(y=height),
        points.mark_text(dy=-12, fill="var(--ink)", fontWeight=600).encode(y=height, text="words:N"),
        points.mark_text(baseline="top", dy=8, fill="var(--muted)").encode(y=alt.value(HEIGHT), text="date:N"),
    )
    chart = layers.add_params(top, percent).properties(
        width=WIDTH, height=HEIGHT, datasets={name: [] for name in ("points", "target", "path", "flat")}
    )
    return dict(chart.configure(**_look()).to_dict())


def _look() -> dict[str, Any]:
    fonts = {"labelFontSize": 13, "labelColor": "var(--muted)", "gridColor": "var(--line)"}
    return {
        "font": "sans-serif",
        "aria": False,
        "background": "transparent",
        "view": {"stroke": None},
        "axis": fonts,
        "text": {"fontSize": 13},
        "mark": {"aria": False},
        "padding": {"left": 2, "right": 10, "top": 8, "bottom": 2},
    }
