"""Municipalities side by side on the indicators that they share: values of whole territories, nobody is named."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from opora.cycle.beside import Beside, Number, Shared, beside
from opora.people.models import Territory
from opora.web.excel import excel_answer
from opora.web.gate import Request
from opora.web.heat import MEANING, NAME, Line, Told, as_numbers, name_column, number_column
from opora.web.layout.table import Column, Order, Table
from opora.web.number_cells import address_of
from opora.web.number_rights import places_of


def region(request: Request) -> HttpResponse:
    places, found = _found(request)
    columns, lines = _columns(found.shared), _lines(places, found)
    order = Order(request, columns, NAME)
    return render(
        request,
        "numbers/region.html",
        {
            "places": places,
            "found": found,
            "table": Table(columns, order.of_rows(lines), order=order) if found.shared else None,
            "legend": [(str(heat), *told) for heat, told in MEANING.items() if told[0]],
        },
    )


def region_workbook(request: Request) -> HttpResponse:
    places, found = _found(request)
    columns = _columns(found.shared)
    lines = Order(request, columns, NAME).of_rows(_lines(places, found))
    return excel_answer("Муниципалитеты рядом", as_numbers(columns), lines)


def _found(request: Request) -> tuple[list[Territory], Beside]:
    """One municipality alone is shown with what others may count too: there is nobody to share it with."""
    places = [place for place in places_of(request.standing) if place.kind == "municipality"]
    return places, beside(places, request.standing.on, fewest=min(len(places), 2))


def _columns(shared: Sequence[Shared]) -> list[Column[Line]]:
    return [name_column("Муниципалитет"), *(_column(one) for one in shared)]


def _column(one: Shared) -> Column[Line]:
    """A target is told in the head where all have the same."""
    column = number_column(one.key, " / ".join(one.codes), one.first, "")
    goals = {number.indicator.target for number in one.numbers.values()}
    return column if len(goals) == 1 else number_column(one.key, " / ".join(one.codes), one.first, "", goal=False)


def _lines(places: Sequence[Territory], found: Beside) -> list[Line]:
    return [
        Line(place.title, f"{reverse('start')}?town={place.pk}", _told(place, found), _state(place, found))
        for place in places
    ]


def _told(place: Territory, found: Beside) -> dict[str, Told]:
    return {
        one.key: Told(number.indicator, number.indicator.value, _address(number))
        for one in found.shared
        if (number := one.numbers.get(place.pk)) is not None
    }


def _address(number: Number) -> str:
    return address_of(number.version, number.place, number.indicator.code)


def _state(place: Territory, found: Beside) -> str:
    if place in found.without:
        return "программы нет"
    return "считается" if place in found.waiting else _counted(place, found)


def _counted(place: Territory, found: Beside) -> str:
    """When the oldest of its numbers was counted."""
    times = [number.counted_at for one in found.shared if (number := one.numbers.get(place.pk)) is not None]
    return f"посчитано {min(times).astimezone():%d.%m.%Y}" if times else ""
