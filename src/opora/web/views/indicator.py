"""One indicator: what it means, its number and its way, the organisations, and the people behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from opora.cycle.domain.programme import programme_of
from opora.cycle.models import ProgrammeVersion
from opora.cycle.numbers import Numbers, day_of, opened_for, values_for
from opora.cycle.queue import sound
from opora.indicators.results import GroupValue, IndicatorResult, OpenedRow, ProgrammeResult
from opora.papers import reading, words
from opora.papers.workbook import write_workbook
from opora.people.models import Territory
from opora.privacy.reading import log_reading
from opora.programmes.model import Indicator
from opora.web.excel import workbook_answer
from opora.web.gate import Request
from opora.web.layout.chart import Bar, Chart, chart_by_date, chart_of_bars
from opora.web.layout.number import figure_of
from opora.web.number_cells import address_of
from opora.web.number_rights import places_of, seen_of, sees_names, version_for
from opora.web.views.filling import queried
from opora.web.views.indicator_people import people_of

ORDERS = {
    "title": "по названию",
    "value": "сначала меньшие",
    "-value": "сначала большие",
    "unknown": "где больше неизвестного",
}
CHARTS = {"organisation": ("По организациям", "Организация"), "subject": ("По предметам", "Предмет")}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address names, in the scope of whoever asks."""

    version: ProgrammeVersion
    place: Territory
    indicator: Indicator
    on: dt.date
    names: bool
    """Whether she may see who is behind the number; without that, no smaller groups either."""

    @property
    def numbers(self) -> Numbers:
        return values_for(self.version, self.place, self.on, codes=[self.indicator.code], breakdowns=self.names)


def indicator(request: Request, pk: int, code: str) -> HttpResponse:
    asked = _asked(request, pk, code)
    numbers = asked.numbers
    result, found = numbers.result, numbers.of(code)
    opened = opened_for(asked.version, asked.place, code, asked.on) if asked.names else None
    context: dict[str, Any] = {
        "asked": asked,
        "numbers": numbers,
        "title": f"{code}. {words.capital(asked.indicator.title)}",
        "opened": opened,
        "waiting": numbers.waiting or (opened is not None and opened.waiting),
        "town": "" if asked.version.municipality_id == asked.place.pk else f"?town={asked.place.pk}",
    }
    if result is not None and found is not None:
        context |= _counted(request, asked, result, found)
        context["stale"] = numbers.counted[code] if numbers.is_stale(code) else None
    if opened is not None:
        town = None if asked.version.municipality_id == asked.place.pk else asked.place.pk
        context["people"] = people_of(request, opened, lambda number: queried(pk, code, number, town))
    return render(request, "numbers/indicator.html", context)


def indicator_workbook(request: Request, pk: int, code: str) -> HttpResponse:
    """Of the one indicator, with names for whoever may see them."""
    asked = _asked(request, pk, code)
    numbers = asked.numbers
    result, found = numbers.result, numbers.of(code)
    opened = opened_for(asked.version, asked.place, code, asked.on) if asked.names else None
    if result is None or found is None or (opened is not None and opened.things is None):
        messages.info(request, "Ещё считается: скачайте, когда на странице появятся числа")
        return redirect(address_of(asked.version, asked.place, code))
    rows: list[OpenedRow] = []
    if opened is not None and opened.things is not None:
        things = seen_of(opened.things, request.standing)
        people = {thing.person for thing in things if thing.person is not None}
        log_reading(people, by=request.standing.actor, what="показатель в Excel", own=request.user.person_id)
        rows = [row for row in opened.rows(things) if row.in_base]
    one = replace(result, indicators=(replace(found, opened=tuple(rows)),))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "indicator.xlsx"
        write_workbook(one, programme_of(asked.version), path, approved=True)
        content = path.read_bytes()
    return workbook_answer(f"indicator-{pk}-{asked.on}", content)


def _asked(request: Request, pk: int, code: str) -> Asked:
    version, place = version_for(pk, places_of(request.standing), request.GET.get("town"))
    if not sound(version):
        raise Http404("Эту редакцию программы нынешняя Опора не читает")
    found = next((one for one in programme_of(version).indicators if one.code == code), None)
    if found is None:
        raise Http404("Такого показателя в программе нет")
    on = day_of(version, request.standing.on)
    return Asked(version, place, found, on, sees_names(request.standing, place))


def _counted(request: Request, asked: Asked, result: ProgrammeResult, found: IndicatorResult) -> dict[str, Any]:
    order = request.GET.get("order", "value")
    history = reading.history(result, found)
    look, goals = reading.look(found), _goals(asked.indicator)
    by_date = chart_by_date("Как менялось", history, look, target=found.target_value, path=goals) if history else None
    return {
        "result": result,
        "found": found,
        "figure": replace(figure_of(found), title="", code=""),
        "marks": reading.marks(result, approved=True),
        "path": _path(asked.indicator, history, found),
        "base": words.shown(reading.look(found), found.base.value) if found.base else "",
        "by_date": by_date,
        "charts": [chart for by in CHARTS if (chart := _chart(found, by, order)) is not None],
        "order": order,
        "orders": ORDERS,
    }


def _goals(indicator: Indicator) -> list[tuple[dt.date, float]]:
    """Targets by year as numbers, each on the last day of its year; a demand of growth alone is none."""
    stated = ((year, next(iter(target.limits), None)) for year, target in indicator.target.by_year)
    return [(dt.date(year, 12, 31), limit.value) for year, limit in stated if limit is not None]


def _path(
    indicator: Indicator, history: list[tuple[dt.date, Any]], found: IndicatorResult
) -> list[tuple[int, str, str]]:
    """Targets by year, each with what came of it: the value of the last reporting date of that year."""
    came = {day.year: words.shown(reading.look(found), value.value) for day, value in history}
    return [(year, words.tied(target.words), came.get(year, "")) for year, target in indicator.target.by_year]


def _chart(found: IndicatorResult, by: str, order: str) -> Chart | None:
    split = reading.breakdown(found, by)
    groups = [group for group in split.groups if not _empty(group)] if split else []
    if not groups:
        return None
    bars = [Bar(reading.group_title(group), group.value) for group in sorted(groups, key=_KEYS.get(order, _by_value))]
    title, head = CHARTS[by]
    return chart_of_bars(title, bars, reading.look(found), head=head, target=reading.group_goal(found))


def _empty(group: GroupValue) -> bool:
    """Nobody is counted there."""
    return group.value.value is None and not group.value.unknown


def _by_value(group: GroupValue) -> tuple[Any, ...]:
    value = group.value.value
    return value is None, value or 0, reading.group_order(group)


def _by_value_down(group: GroupValue) -> tuple[Any, ...]:
    value = group.value.value
    return value is None, -(value or 0), reading.group_order(group)


def _by_unknown(group: GroupValue) -> tuple[Any, ...]:
    return -group.value.unknown, reading.group_order(group)


_KEYS: dict[str, Callable[[GroupValue], tuple[Any, ...]]] = {
    "title": reading.group_order,
    "value": _by_value,
    "-value": _by_value_down,
    "unknown": _by_unknown,
}
