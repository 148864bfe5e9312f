"""Programmes and their values. A count is never waited for: as on a page, it is asked for and told as under way."""

from __future__ import annotations

from django.http import Http404
from ninja import Router

from opora.access.models import Purpose
from opora.cycle.domain.programme import programme_of
from opora.cycle.models import ProgrammeVersion
from opora.cycle.numbers import Numbers, day_of, in_force, values_for
from opora.cycle.queue import sound
from opora.indicators.results import IndicatorResult
from opora.people.models import Territory
from opora.web.api.door import Allows, Asking
from opora.web.api.told import (
    Number,
    OneIndicator,
    Tag,
    ToldBreakdown,
    ToldIndicator,
    ToldProgramme,
    Town,
    Trouble,
    Values,
)
from opora.web.number_rights import chosen_place, places_of, sees_names, version_for

numbers = Router(auth=Allows(Purpose.NUMBERS), tags=[Tag.NUMBERS])
ABSENT = {404: Trouble}


@numbers.get("/towns", response=list[Town], summary="Муниципалитеты и регионы, показатели которых вам видны")
def towns(request: Asking) -> list[Territory]:
    return places_of(request.standing)


@numbers.get(
    "/programmes", response={200: list[ToldProgramme]} | ABSENT, summary="Программы, которые действуют сегодня"
)
def programmes(request: Asking, town: int | None = None) -> list[ToldProgramme]:
    places = places_of(request.standing)
    if not places:
        return []
    place, today = chosen_place(places, None if town is None else str(town)), request.standing.on
    return [
        ToldProgramme(id=one.pk, key=one.key, title=one.title, town=place.pk, on=day_of(one, today))
        for one in in_force(place.pk, today)
        if sound(one)
    ]


@numbers.get(
    "/programmes/{int:pk}/values", response={200: Values} | ABSENT, summary="Значения всех показателей программы"
)
def values(request: Asking, pk: int, town: int | None = None) -> Values:
    version, place = _asked(request, pk, town)
    on = day_of(version, request.standing.on)
    found = values_for(version, place, on, breakdowns=False)
    result = found.result
    return Values(
        state=found.readiness.state,
        notice=found.notice,
        town=place.pk,
        on=on,
        synthetic=result.synthetic if result else None,
        indicators=[_told(one, found) for one in result.indicators] if result else [],
    )


@numbers.get(
    "/programmes/{int:pk}/values/{code}",
    response={200: OneIndicator} | ABSENT,
    summary="Один показатель, по организациям и предметам",
)
def value(request: Asking, pk: int, code: str, town: int | None = None) -> OneIndicator:
    version, place = _asked(request, pk, town)
    if all(one.code != code for one in programme_of(version).indicators):
        raise Http404("Такого показателя в программе нет")
    names = sees_names(request.standing, place)
    found = values_for(version, place, day_of(version, request.standing.on), codes=[code], breakdowns=names)
    one = found.of(code)
    return OneIndicator(
        state=found.readiness.state,
        notice=found.notice,
        indicator=_told(one, found) if one else None,
        breakdowns=[ToldBreakdown.from_orm(split) for split in one.breakdowns] if one and names else [],
    )


def _asked(request: Asking, pk: int, town: int | None) -> tuple[ProgrammeVersion, Territory]:
    version, place = version_for(pk, places_of(request.standing), None if town is None else str(town))
    if not sound(version):
        raise Http404("Эту редакцию программы нынешняя Опора не читает")
    return version, place


def _told(one: IndicatorResult, found: Numbers) -> ToldIndicator:
    return ToldIndicator(
        code=one.code,
        title=one.title,
        unit=one.unit,
        meaning=one.words,
        version=one.version,
        value=Number.from_orm(one.value),
        target=one.target,
        target_value=one.target_value,
        verdict=one.verdict,
        counted_at=found.counted[one.code],
        stale=found.is_stale(one.code),
    )
