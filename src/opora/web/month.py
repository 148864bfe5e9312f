"""What a month brings: measures of the programmes in force, what runs out for people, events."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from opora.access.seeing import Standing, visible_to
from opora.cycle.domain.programme import programme_of
from opora.cycle.models import ProgrammeVersion
from opora.cycle.queue import sound
from opora.indicators.periods import shifted
from opora.learning.expiry import Clock, Term, attestation_terms, course_terms, first_years
from opora.learning.models import Training
from opora.people.domain.attestation import YEARS
from opora.people.models import Attestation, Leave, Person
from opora.programmes.model import Measure, Recurrence
from opora.web.courses import Wanted, educators, ending_by

NAMES = (
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
)
CLOCKS = {
    Clock.COURSE: "три года с последних курсов",
    Clock.ATTESTATION: "аттестация",
    Clock.FIRST_YEARS: "первые три года работы",
}
_FIRST, _LAST = 1990, 2099


@dataclass(frozen=True, slots=True)
class Month:
    first: dt.date

    @property
    def next(self) -> Month:
        return Month(shifted(self.first, 1, "month"))

    @property
    def previous(self) -> Month:
        return Month(shifted(self.first, -1, "month"))

    @property
    def title(self) -> str:
        return f"{NAMES[self.first.month - 1]} {self.first.year}"

    @property
    def name(self) -> str:
        """As it stands in an address."""
        return f"{self.first:%Y-%m}"

    def holds(self, day: dt.date) -> bool:
        return self.first <= day < self.next.first


def month_in(text: str, today: dt.date) -> Month:
    """«2026-11»; whatever is no month is this one."""
    found = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])", text)
    if found and _FIRST <= int(found[1]) <= _LAST:
        return Month(dt.date(int(found[1]), int(found[2]), 1))
    return Month(today.replace(day=1))


def measures(versions: Iterable[ProgrammeVersion], month: Month) -> list[tuple[ProgrammeVersion, Sequence[Measure]]]:
    """Of each programme that the month lies in, what its plan puts there."""
    found: list[tuple[ProgrammeVersion, Sequence[Measure]]] = []
    for version in versions:
        about = programme_of(version).about if sound(version) else None
        if about is None or (about.ends and about.ends < month.first):
            continue
        due = [one for one in programme_of(version).measures if is_due(one, month)]
        if due:
            found.append((version, due))
    return found


def expiring(standing: Standing, month: Month) -> list[Term]:
    """Of the educators of today, the nearest first."""
    people, on = educators(standing, Wanted()).values("person"), standing.on
    trainings = ending_by(visible_to(standing, Training).filter(person__in=people), standing, month.next.first)
    terms = [
        *course_terms(trainings, visible_to(standing, Leave).filter(person__in=people), on),
        *attestation_terms(_attestations(standing, month).filter(person__in=people), on),
        *first_years(visible_to(standing, Person).filter(pk__in=people), on),
    ]
    here = [term for term in terms if term.ends is not None and month.holds(term.ends)]
    return sorted(here, key=lambda term: (term.ends or dt.date.max, term.person, term.clock))


def _attestations(standing: Standing, month: Month) -> QuerySet[Attestation]:
    """All of those people of whom one may end in the month. A day is left at both ends for 29 February."""
    seen, day = visible_to(standing, Attestation), dt.timedelta(1)
    since, until = (shifted(end, -YEARS, "year") for end in (month.first, month.next.first))
    ending = Q(until__gte=month.first, until__lt=month.next.first) | Q(
        until__isnull=True, since__gte=since - day, since__lte=until + day
    )
    return seen.filter(person__in=seen.filter(ending).order_by().values("person"))


def is_due(measure: Measure, month: Month) -> bool:
    """What is done once is of the year, or the years, that its document states: «Декабрь 2021г», «2022-2025»."""
    years = [int(year) for year in re.findall(r"(?<![0-9])20[0-9]{2}(?![0-9])", measure.due or "")]
    if measure.recurrence is Recurrence.ONCE and years and not min(years) <= month.first.year <= max(years):
        return False
    return month.first.month in measure.months or (measure.recurrence is Recurrence.MONTHLY and not measure.months)
