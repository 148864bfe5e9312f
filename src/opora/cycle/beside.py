"""Municipalities side by side: what is kept of each, on what they share. Read for all of them at once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from opora.cycle.domain.programme import programme_of
from opora.cycle.models import ProgrammeVersion
from opora.cycle.numbers import USUAL, day_of, in_force_in
from opora.cycle.queue import Asking, ask, sound
from opora.indicators.results import IndicatorResult
from opora.people.models import Territory
from opora.snapshot.models import KeptIndicator, KeptValues
from opora.snapshot.values import number_in


@dataclass(frozen=True, slots=True)
class Number:
    """An indicator of a municipality by a programme that is in force there."""

    place: Territory
    version: ProgrammeVersion
    indicator: IndicatorResult
    counted_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Shared:
    """One thing that several programmes count; of each municipality its number, by the key of the territory."""

    key: str
    numbers: dict[int, Number]

    @property
    def first(self) -> IndicatorResult:
        return next(iter(self.numbers.values())).indicator

    @property
    def codes(self) -> list[str]:
        return sorted({number.indicator.code for number in self.numbers.values()})


@dataclass(frozen=True, slots=True)
class Beside:
    shared: Sequence[Shared]
    waiting: Sequence[Territory]
    """Never counted on this day: it has been asked for."""
    without: Sequence[Territory]
    """No programme is in force there."""


def beside(places: Sequence[Territory], today: dt.date, *, fewest: int = 2) -> Beside:
    """What is counted alike in at least ``fewest`` of the places: by the same formula, or under one key by which
    programmes say that they mean the same (``shared``). Within the scope of all the places. The numbers are those that
    were counted last for the day; who opens one learns whether a fact has changed since."""
    versions = in_force_in([place.pk for place in places], today)
    askings = [
        Asking(version, place, day_of(version, today), by=USUAL)
        for place in places
        for version in versions[place.pk]
        if sound(version)
    ]
    kept = _kept(askings)
    missing = [asking for asking in askings if asking.question.digest not in kept]
    for asking in missing:
        ask(asking)
    found: dict[str, dict[int, Number]] = defaultdict(dict)
    for asking in askings:
        for key, number in _numbers(asking, kept.get(asking.question.digest)):
            found[key].setdefault(asking.place.pk, number)
    shared = [Shared(key, numbers) for key, numbers in found.items() if len(numbers) >= fewest]
    return Beside(
        sorted(shared, key=lambda one: -len(one.numbers)),
        list({asking.place.pk: asking.place for asking in missing}.values()),
        [place for place in places if not versions[place.pk]],
    )


def _kept(askings: Sequence[Asking]) -> dict[str, KeptValues]:
    indicators = Prefetch("indicators", KeptIndicator.objects.defer("breakdowns", "history").order_by("place"))
    rows = KeptValues.objects.filter(
        municipality__in={asking.place.pk for asking in askings},
        question__in=[asking.question.digest for asking in askings],
        counted_at__isnull=False,
    )
    return {row.question: row for row in rows.prefetch_related(indicators)}


def _numbers(asking: Asking, row: KeptValues | None) -> Iterable[tuple[str, Number]]:
    keys = {one.code: one.shared for one in programme_of(asking.version).indicators}
    for kept in row.indicators.all() if row is not None else ():
        indicator = number_in(kept)
        key = keys.get(kept.code)
        yield (
            f"shared {key}" if key else f"formula {indicator.version}",
            Number(asking.place, asking.version, indicator, kept.counted_at),
        )
