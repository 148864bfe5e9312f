"""The numbers of a programme for pages: what is kept is given at once, what is out of date is counted aside.

    for version in in_force(town.pk, today):
        numbers = values_for(version, town, day_of(version, today))
        numbers.notice                      # «пересчитывается с 10:42», why the count came to nothing, or ""
        numbers.result                      # None: never counted yet, show the notice and ask again in a second
        numbers.of("1.1").value             # n of N, unknown, bounds, verdict, breakdowns by organisation and subject
        numbers.counted["1.1"]              # when; beside a number for which numbers.is_stale("1.1") holds
        opened = opened_for(version, town, "1.1", day)   # the people in and out, with the failing part

A page never waits for a count. While ``numbers.waiting`` holds, let it ask again (every second or two); each question
is queued once, whoever asks. All this works within the scope of the page (``web.gate``) and only narrows it: of a place
outside of it ``Outside`` is raised, which a page answers with 404. What a role may see of numbers and of names is the
page's to decide: ``things.filter(person__in=visible_to(standing, Person))``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import QuerySet
from django.utils import timezone

from opora.access.territories import above, below
from opora.cycle.domain.programme import programme_of
from opora.cycle.models import ProgrammeTerm, ProgrammeVersion
from opora.cycle.queue import UNSOUND, Asking, ask, sound
from opora.indicators.periods import Period
from opora.indicators.results import IndicatorResult, OpenedRow, ProgrammeResult
from opora.people.models import Territory
from opora.registry.scope import narrowed
from opora.snapshot.models import KeptThing, KeptValues
from opora.snapshot.opened import OpenedList, opened_in, shown
from opora.snapshot.questions import kept_row
from opora.snapshot.values import Groups, Values, values_in

USUAL = ("organisation", "subject")
"""Breakdowns of every indicator, beside its own."""
PATIENCE = dt.timedelta(minutes=2)
"""So long a count is believed to be under way; then it is asked for once more: its worker may have been killed."""
AFTER_FAILURE = dt.timedelta(minutes=2)
"""So long the failure is told before the same is tried again, for whoever still asks."""


class Freshness(StrEnum):
    FRESH = "fresh"
    COUNTING = "counting"
    """Newer values are on their way; until then there are older ones, or none."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Readiness:
    """How it is with the answer to a question."""

    state: Freshness
    since: dt.datetime | None = None
    """Since when it is waited for; of a failure, when that was."""
    failure: str = ""

    @property
    def waiting(self) -> bool:
        """Whether it pays to ask again soon."""
        return self.state is Freshness.COUNTING

    @property
    def notice(self) -> str:
        """In Russian; empty where all is fresh."""
        match self.state:
            case Freshness.COUNTING if self.since is not None:
                return f"пересчитывается с {timezone.localtime(self.since):%H:%M}"
            case Freshness.FAILED:
                return self.failure
        return ""


@dataclass(frozen=True, slots=True)
class Numbers:
    """A programme's values on a day."""

    readiness: Readiness
    values: Values | None

    @property
    def notice(self) -> str:
        return self.readiness.notice

    @property
    def waiting(self) -> bool:
        return self.readiness.waiting

    @property
    def result(self) -> ProgrammeResult | None:
        """With ``history``: the values of each indicator on the programme's earlier reporting dates, for charts."""
        return self.values.result if self.values else None

    @property
    def counted(self) -> Mapping[str, dt.datetime]:
        """When each indicator was counted, by its code."""
        return self.values.counted if self.values else {}

    def is_stale(self, code: str) -> bool:
        """Whether a fact has changed since, of which this indicator is made: show its time beside it."""
        return self.values is not None and code in self.values.outdated

    def of(self, code: str) -> IndicatorResult | None:
        found = self.values.result.indicators if self.values else ()
        return next((one for one in found if one.code == code), None)


@dataclass(frozen=True, slots=True)
class Opened:
    """Who is behind an indicator's number."""

    readiness: Readiness
    lists: tuple[OpenedList, ...] = ()
    """A list for each count of which the formula is made: one of a share, two of a ratio. Empty, too,
    as long as it was never opened (``counted_at``)."""
    counted_at: dt.datetime | None = None
    things: QuerySet[KeptThing] | None = None
    """Of all lists, in order, unread: ``filter(list=0, code=0, in_base=2)``. ``code``: 2 in, 1 unknown, 0 out;
    ``in_base``: 1 if it is not known whether the thing counts at all; ``person``: the card's number or None;
    ``organisation`` is told in the row. Out first, then unknown, then in; by title within."""

    @property
    def notice(self) -> str:
        return self.readiness.notice

    @property
    def waiting(self) -> bool:
        return self.readiness.waiting

    def rows(self, things: QuerySet[KeptThing]) -> list[OpenedRow]:
        """The things of a cut of ``things``, with the parts that put each out."""
        return [shown(one) for one in things]


def in_force(place: int, on: dt.date) -> list[ProgrammeVersion]:
    """Programmes that hold in the territory on the day: its own, and of those above what it has no own of."""
    return in_force_in([place], on)[place]


def in_force_in(places: Collection[int], on: dt.date) -> dict[int, list[ProgrammeVersion]]:
    """The same for many at once."""
    ways = _upwards(places)
    everywhere = set().union(*ways.values())
    terms = list(ProgrammeTerm.objects.filter(municipality__in=everywhere, since__lte=on).select_related("version"))
    return {place: _nearest(way, terms) for place, way in ways.items()}


def _nearest(way: Sequence[int], terms: Iterable[ProgrammeTerm]) -> list[ProgrammeVersion]:
    distance = {one: number for number, one in enumerate(way)}
    here = [term for term in terms if term.municipality_id in distance]
    found: dict[str, ProgrammeVersion] = {}
    for term in sorted(here, key=lambda term: (distance[term.municipality_id], -term.since.toordinal())):
        found.setdefault(term.key, term.version)
    return [found[key] for key in sorted(found)]


def day_of(version: ProgrammeVersion, today: dt.date) -> dt.date:
    """The day on which a page counts unless another is asked for: today, or the last of a programme that is over."""
    about = programme_of(version).about
    return min(today, about.ends) if about.ends is not None else today


def values_for(
    version: ProgrammeVersion,
    place: Territory,
    on: dt.date,
    *,
    period: Period | None = None,
    by: tuple[str, ...] = USUAL,
    codes: Collection[str] | None = None,
    breakdowns: bool | Groups = True,
) -> Numbers:
    """What is kept, at once; if it is out of date or was never counted, it is queued after the page's transaction.

    ``codes``: read only these indicators, ``breakdowns``: with their groups, or with some of them. Both make the page
    faster and change nothing of what is counted. Leave ``by`` as it is if you can: another one is another count.
    """
    with narrowed(below([place.pk])[place.pk]):
        asking = Asking(version, place, on, period, by)
        if not sound(version):
            return Numbers(_UNSOUND, None)
        row = kept_row(asking.question, place)
        values = None if row is None else values_in(row, codes, breakdowns=breakdowns)
        readiness = _readiness(row, asking, fresh=values is not None and not values.stale)
    return Numbers(readiness, values)


def opened_for(
    version: ProgrammeVersion, place: Territory, code: str, on: dt.date, *, period: Period | None = None
) -> Opened:
    """Who is in, who is out and what they lack; queued like ``values_for`` where it is out of date or not there yet."""
    with narrowed(below([place.pk])[place.pk]):
        asking = Asking(version, place, on, period, (), code)
        if not sound(version):
            return Opened(_UNSOUND)
        row = kept_row(asking.question, place)
        found = None if row is None else opened_in(row)
        readiness = _readiness(row, asking, fresh=found is not None and not found.stale)
    if found is None:
        return Opened(readiness)
    return Opened(readiness, found.lists, found.counted_at, found.things)


_UNSOUND = Readiness(Freshness.FAILED, failure=UNSOUND)


def _readiness(row: KeptValues | None, asking: Asking, *, fresh: bool) -> Readiness:
    if fresh:
        return Readiness(Freshness.FRESH)
    now = timezone.now()
    if row is not None and row.failed_at is not None and now - row.failed_at < AFTER_FAILURE:
        return Readiness(Freshness.FAILED, row.failed_at, row.failure)
    if row is not None and row.asked_at is not None and now - row.asked_at < PATIENCE:
        return Readiness(Freshness.COUNTING, row.asked_at)
    ask(asking)
    return Readiness(Freshness.COUNTING, now)


def _upwards(places: Collection[int]) -> dict[int, list[int]]:
    """Each territory, then what lies above it, the nearest first."""
    reached = set().union(*above(places).values())
    parents = dict(Territory.objects.filter(pk__in=reached).values_list("pk", "parent_id"))
    return {place: _way(place, parents) for place in places}


def _way(place: int, parents: Mapping[int, int | None]) -> list[int]:
    found = [place]
    while (parent := parents[found[-1]]) is not None:
        found.append(parent)
    return found
