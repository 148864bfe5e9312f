"""Organisations × indicators: where help is needed, at one glance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, Min
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from opora.access.roles import SERVICE
from opora.access.seeing import visible_to
from opora.cycle.domain.programme import programme_of
from opora.cycle.models import ProgrammeVersion
from opora.cycle.numbers import Numbers, day_of, in_force, values_for
from opora.cycle.queue import sound
from opora.indicators.results import IndicatorResult, ProgrammeResult
from opora.papers import reading
from opora.papers.words import capital
from opora.people.models import Organisation, Territory
from opora.programmes.model import Goal, Programme
from opora.web.excel import excel_answer
from opora.web.forms import number_in
from opora.web.gate import Request
from opora.web.heat import MEANING, NAME, Line, Told, as_numbers, name_column, number_column
from opora.web.layout.navigation import is_page
from opora.web.layout.table import SIZE, Column, Order, Table
from opora.web.number_cells import address_of
from opora.web.number_rights import chosen_place, places_of

_BY = "organisation"


class Filters(forms.Form):
    def __init__(
        self,
        given: Any,
        places: Sequence[Territory],
        versions: Sequence[ProgrammeVersion],
        goals: Sequence[Goal],
    ) -> None:
        super().__init__(given)
        self._offer("town", "Где", [(place.pk, place.title) for place in places])
        self._offer("programme", "Программа", [(version.pk, version.title) for version in versions])
        named = [(goal.code, f"{goal.code}. {capital(goal.text)}") for goal in goals]
        self._offer("goal", "Цель или задача", [("", "все"), *named])

    def _offer(self, name: str, label: str, choices: list[tuple[Any, str]]) -> None:
        """One alone is no choice."""
        if len(choices) > 1:
            self.fields[name] = forms.ChoiceField(label=label, required=False, choices=choices)


@dataclass(frozen=True, slots=True)
class Asked:
    places: Sequence[Territory]
    place: Territory
    versions: Sequence[ProgrammeVersion]
    version: ProgrammeVersion | None
    numbers: Numbers | None
    goals: Sequence[Goal]
    goal: str

    @property
    def chosen(self) -> dict[str, Any]:
        return {"town": self.place.pk, "programme": self.version.pk if self.version else "", "goal": self.goal}

    @property
    def shown(self) -> Sequence[IndicatorResult]:
        """Indicators that are told of organisations, of the chosen goal."""
        if self.version is None or self.numbers is None or self.numbers.result is None:
            return ()
        served = reading.served(programme_of(self.version)).get(self.goal)
        return [
            one
            for one in self.numbers.result.indicators
            if reading.breakdown(one, _BY) is not None and (served is None or one.code in served)
        ]


def heat(request: Request) -> HttpResponse:
    asked = _asked(request)
    context: dict[str, Any] = {
        "asked": asked,
        "filters": Filters(asked.chosen if request.GET else None, asked.places, asked.versions, asked.goals),
        "legend": [(str(heat), *told) for heat, told in MEANING.items() if told[0]],
    }
    if asked.numbers is not None and asked.numbers.result is not None and asked.version is not None:
        columns, lines = _columns(asked), _lines(request, asked)
        order = Order(request, columns, NAME)
        page = Paginator(order.of_rows(lines), SIZE).get_page(request.GET.get("page"))
        context |= {
            "table": Table(columns, page.object_list, order=order, page=page),
            "total": Table(columns, [_total(asked, asked.numbers.result)]).rows[0],
            "marks": reading.marks(asked.numbers.result, approved=True),
        }
    return render(request, "numbers/heat.html", context)


def heat_workbook(request: Request) -> HttpResponse:
    asked = _asked(request)
    columns = _columns(asked)
    lines = Order(request, columns, NAME).of_rows(_lines(request, asked))
    total = [_total(asked, asked.numbers.result)] if asked.numbers and asked.numbers.result else []
    return excel_answer(f"Показатели по организациям. {asked.place.title}", as_numbers(columns), [*total, *lines])


def _asked(request: Request) -> Asked:
    """Only of places where she sees single organisations: that takes the service."""
    places = places_of(request.standing.only(*SERVICE))
    place = chosen_place(places, request.GET.get("town"))
    versions = in_force(place.pk, request.standing.on)
    wanted = number_in(request.GET.get("programme", ""))
    # Another town was chosen in the form: the programme and the goal that stood beside it are not of that town.
    version = next((one for one in versions if one.pk == wanted), versions[0] if versions else None)
    if version is None:
        return Asked(places, place, versions, None, None, (), "")
    numbers = values_for(version, place, day_of(version, request.standing.on))
    programme = programme_of(version) if sound(version) else None
    goals = [goal for goal in (*programme.goals, *programme.tasks) if _has_some(goal, programme)] if programme else []
    goal = next((goal.code for goal in goals if goal.code == request.GET.get("goal")), "")
    return Asked(places, place, versions, version, numbers, goals, goal)


def _has_some(goal: Goal, programme: Programme) -> bool:
    return any(goal.code in indicator.goals for indicator in programme.indicators)


def _columns(asked: Asked) -> list[Column[Line]]:
    return [name_column("Организация"), *(_column(asked, one) for one in asked.shown)]


def _column(asked: Asked, one: IndicatorResult) -> Column[Line]:
    return number_column(one.code, one.code, one, _address(asked, one.code))


def _address(asked: Asked, code: str) -> str:
    assert asked.version is not None
    return address_of(asked.version, asked.place, code)


def _lines(request: Request, asked: Asked) -> list[Line]:
    titles: dict[str | None, str] = {}
    told: dict[str | None, dict[str, Told]] = {}
    for one in asked.shown:
        split = reading.breakdown(one, _BY)
        for group in split.groups if split else ():
            if group.value.value is not None or group.value.unknown:
                titles[group.key] = reading.group_title(group)
                told.setdefault(group.key, {})[one.code] = Told(one, group.value, _address(asked, one.code))
    pages = _pages(request, [key for key in told if key is not None])
    return [Line(titles[key], pages.get(key, "") if key else "", told[key]) for key in told]


def _pages(request: Request, keys: Sequence[str]) -> dict[str, str]:
    """Where an organisation opens. In a region two towns may use one key: then it is nobody's."""
    if not is_page("organisation"):
        return {}
    rows = visible_to(request.standing, Organisation).filter(key__in=keys).order_by()
    found = rows.values("key").annotate(count=Count("pk"), first=Min("pk")).filter(count=1)
    return {one["key"]: reverse("organisation", args=[one["first"]]) for one in found}


def _total(asked: Asked, result: ProgrammeResult) -> Line:
    told = {one.code: Told(one, one.value, _address(asked, one.code)) for one in asked.shown}
    return Line("Всего", "", told, note=f"{result.period}, на {result.on:%d.%m.%Y}")
