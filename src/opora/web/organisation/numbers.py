"""Numbers of single organisations, out of the breakdowns that are kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from opora.cycle.models import ProgrammeVersion
from opora.cycle.numbers import USUAL, Numbers, day_of, values_for
from opora.indicators.results import IndicatorResult, Value
from opora.papers import reading, words
from opora.people.models import Organisation, Territory
from opora.snapshot.values import Groups
from opora.web.layout.number import Figure, figure_of
from opora.web.number_cells import address_of

_ORGANISATION = USUAL[0]


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator of the town, and the same of some organisations; None of one that has nobody to count."""

    indicator: IndicatorResult
    town: Figure
    here: tuple[Figure | None, ...]

    @property
    def behind(self) -> float:
        """How many more of the first organisation's people (or of what else is counted) it would take to be as good as
        the town, of what is a share; 0 where nothing can be said. So one of one does not outweigh ten of thirty."""
        first = self.here[0] if self.here else None
        own, whole = first.value.value if first else None, self.indicator.value.value
        if own is None or whole is None or reading.look(self.indicator) is not words.Look.PERCENT:
            return 0
        lacks = own - whole if self.less_is_better else whole - own
        return max(lacks, 0) * (first.value.total or 1 if first else 1)

    @property
    def less_is_better(self) -> bool:
        return reading.direction(self.indicator.target) is reading.Direction.DOWN


@dataclass(frozen=True, slots=True)
class Side:
    """The numbers of a programme for some organisations."""

    version: ProgrammeVersion
    numbers: Numbers
    lines: Sequence[Line]


def worst(lines: Sequence[Line]) -> list[Line]:
    """Where the first organisation is behind, the worst first; what two indicators count alike, once."""
    behind = {line.indicator.version: line for line in reversed(lines) if line.behind}
    return sorted(behind.values(), key=lambda line: (-line.behind, line.indicator.code))


def side_by_side(
    version: ProgrammeVersion, place: Territory, organisations: Sequence[Organisation], today: dt.date
) -> Side:
    """Indicators that can be told of a single organisation, and that at least one of these has people for."""
    keys = [organisation.key for organisation in organisations]
    groups = Groups(_ORGANISATION, tuple(keys))
    numbers = values_for(version, place, day_of(version, today), breakdowns=groups)
    found = numbers.result.indicators if numbers.result else ()
    return Side(version, numbers, list(_lines(version, place, found, keys)))


def _lines(
    version: ProgrammeVersion, place: Territory, found: Sequence[IndicatorResult], keys: Sequence[str]
) -> Iterator[Line]:
    for indicator in found:
        split = reading.breakdown(indicator, _ORGANISATION)
        groups = {group.key: group.value for group in split.groups} if split else {}
        values = [value if (value := groups.get(key)) is not None and _told(value) else None for key in keys]
        if any(values):
            town = figure_of(indicator, address_of(version, place, indicator.code))
            yield Line(indicator, town, tuple(_figure(indicator, value) for value in values))


def _told(value: Value) -> bool:
    """Somebody is counted there."""
    return value.value is not None or bool(value.unknown)


def _figure(indicator: IndicatorResult, value: Value | None) -> Figure | None:
    if value is None:
        return None
    return Figure(value, reading.look(indicator), unit=indicator.unit, goal=reading.group_goal(indicator))
