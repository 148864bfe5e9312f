"""What is to be decided when the year turns, and what is sensible unless somebody knows better."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import Q, QuerySet

from opora.community.domain.year import Choice, Decision, What, first_day
from opora.community.models import Association, Membership, MethodicalTheme
from opora.indicators.periods import Period
from opora.learning.models import Mentorship, TrainingPlan
from opora.people.models import Employment, Person, Responsibility
from opora.registry.batch import Value
from opora.registry.batch.overlaps import days_of
from opora.registry.batch.writing import rows_of
from opora.registry.models import State
from opora.registry.scope import Actor, scope

S = TypeVar("S", bound=State)
_AUTUMN = range(8, 11)
"""Months in which what is made for a school year begins."""
_SCHOOL_YEAR = re.compile(r"\b(20\d\d)\s*[-–—/]\s*(?:20)?(\d\d)\b")
_YEAR = re.compile(r"\b20\d\d\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    what: What
    row: int
    said: str
    """What it is, in words."""
    default: Choice
    why: str = ""
    """Of a default that changes something; and what should be thought of."""
    seen: Mapping[str, Value] = field(default_factory=dict)

    def accepted(self) -> Decision:
        return Decision(what=self.what, row=self.row, choice=self.default, seen=self.seen)


def proposed(year: int, *, municipality: int, by: Actor) -> list[Proposal]:
    """Everything that holds on 31 August of the year, and has no end yet."""
    day = first_day(year)
    with scope([municipality], by):
        jobs = _Jobs(municipality, day)
        return [
            *_memberships(_open(Membership, municipality, day), jobs),
            *_heads(_open(Association, municipality, day), jobs),
            *_plans(_open(TrainingPlan, municipality, day), day),
            *_themes(_open(MethodicalTheme, municipality, day), day),
            *_pairs(_open(Mentorship, municipality, day), jobs),
            *_curators(_open(Responsibility, municipality, day), jobs),
        ]


def _open(model: type[S], municipality: int, day: dt.date) -> QuerySet[S]:
    unknown = Q(since__isnull=True) & (Q(observed_on__isnull=True) | Q(observed_on__lt=day))
    begun = unknown | Q(since__lt=day)
    return rows_of(model).filter(begun, municipality_id=municipality, until__isnull=True, archived_at__isnull=True)


class _Jobs:
    """Who works where on the first day, as far as jobs of this municipality tell."""

    def __init__(self, municipality: int, day: dt.date) -> None:
        self._day = f"{day:%d.%m.%Y}"
        self._now: defaultdict[int, set[int]] = defaultdict(set)
        self._ever: defaultdict[int, set[int]] = defaultdict(set)
        jobs = Employment.objects.filter(municipality_id=municipality, archived_at__isnull=True)
        for job in jobs.only("person", "organisation", "since", "until"):
            first, after = days_of(job)
            self._ever[job.person_id].add(job.organisation_id)
            if first <= day < after:
                self._now[job.person_id].add(job.organisation_id)

    def left(self, person: Person, organisation: int | None) -> str:
        """Why she is no longer there, or empty. Of who never had a job here nothing is known."""
        now, ever = self._now[person.pk], self._ever[person.pk]
        if ever and not now:
            return f"{_name(person)}: с {self._day} здесь нигде не работает"
        if organisation in ever - now:
            return f"{_name(person)}: с {self._day} не работает в этой организации"
        return ""


def _memberships(rows: QuerySet[Membership], jobs: _Jobs) -> Iterator[Proposal]:
    for row in rows.select_related("person", "association").order_by("association__title", "person__last_name", "pk"):
        why = jobs.left(row.person, row.association.organisation_id)
        said = f"{_name(row.person)} — {row.association.title}"
        yield _proposal(What.MEMBERSHIP, row, said, why)


def _heads(rows: QuerySet[Association], jobs: _Jobs) -> Iterator[Proposal]:
    for row in rows.select_related("head").order_by("title", "pk"):
        left = jobs.left(row.head, row.organisation_id) if row.head else ""
        yield Proposal(
            what=What.HEAD,
            row=row.pk,
            said=f"{row.title}: {_name(row.head)}" if row.head else row.title,
            default=Choice.END if left else Choice.CARRY,
            why=left if row.head_id else "руководителя нет",
            seen={"head": row.head_id},
        )


def _plans(rows: QuerySet[TrainingPlan], day: dt.date) -> Iterator[Proposal]:
    for row in rows.select_related("organisation").order_by("title", "pk"):
        why = _named_year(row.title, day)
        if why is None and row.since is not None and row.since.month in _AUTUMN:
            why = f"начат {row.since:%d.%m.%Y}, на учебный год"
        of = row.organisation.title if row.organisation else "муниципальный"
        yield _proposal(What.PLAN, row, f"{row.title or 'План курсов'} — {of}", why or "")


def _themes(rows: QuerySet[MethodicalTheme], day: dt.date) -> Iterator[Proposal]:
    """A theme that names no year may be for several: it goes on."""
    for row in rows.select_related("organisation", "association").order_by("title", "pk"):
        owners = [each.title for each in (row.organisation, row.association) if each is not None]
        said = f"{row.title} — {', '.join(owners) or 'муниципалитет'}"
        yield _proposal(What.THEME, row, said, _named_year(row.title, day) or "")


def _pairs(rows: QuerySet[Mentorship], jobs: _Jobs) -> Iterator[Proposal]:
    for row in rows.select_related("mentor", "mentee").order_by("mentee__last_name", "pk"):
        why = jobs.left(row.mentee, None) or jobs.left(row.mentor, None)
        yield _proposal(What.PAIR, row, f"{_name(row.mentor)} — наставник; {_name(row.mentee)}", why)


def _curators(rows: QuerySet[Responsibility], jobs: _Jobs) -> Iterator[Proposal]:
    areas = dict(Responsibility._meta.get_field("area").flatchoices)
    for row in rows.select_related("person", "organisation").order_by("area", "person__last_name", "pk"):
        of = f", {row.organisation.title}" if row.organisation else ""
        said = f"{_name(row.person)} — {areas[row.area]}{of}"
        yield _proposal(What.CURATOR, row, said, jobs.left(row.person, row.organisation_id))


def _proposal(what: What, row: State, said: str, why: str) -> Proposal:
    """``why``: it should end; empty if it should not."""
    default = Choice.END if why else Choice.CARRY
    return Proposal(what=what, row=row.pk, said=said, default=default, why=why, seen={"until": None})


def _named_year(title: str | None, day: dt.date) -> str | None:
    """Why a title says that it is over; empty if it says that it goes on, None if it says nothing."""
    for first, last in _SCHOOL_YEAR.findall(title or ""):
        begins, ends = int(first), int(first) // 100 * 100 + int(last)
        if ends == begins + 1:
            return f"на {Period(first_day(begins), 12).title}" if ends <= day.year else ""
        return f"по {ends} год" if ends < day.year else ""
    years = [int(year) for year in _YEAR.findall(title or "")]
    if not years:
        return None
    return f"на {max(years)} год" if max(years) < day.year else ""


def _name(person: Person) -> str:
    return " ".join(filter(None, [person.last_name, person.first_name, person.patronymic])) or f"код {person.key}"
