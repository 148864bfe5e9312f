"""With somebody's last job in an organisation ends what she did there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from opora.people.models import Employment, Responsibility, Teaching, TeamMember
from opora.registry.batch.writing import update
from opora.registry.verbs import Sitting

S = TypeVar("S", Teaching, Responsibility, TeamMember)
Place = tuple[int, int]
"""Person, organisation."""


def end_what_was_done_there(sitting: Sitting, jobs: Sequence[Employment]) -> None:
    """Called when jobs have got their ends: teaching, teams of the organisation and responsibilities in it end with the
    last of the person's jobs there, unless they ended before."""
    lasts = _last_days({(job.person_id, job.organisation_id) for job in jobs})
    people, organisations = {person for person, _ in lasts}, {organisation for _, organisation in lasts}
    lessons = Teaching.objects.filter(person__in=people, organisation__in=organisations)
    duties = Responsibility.objects.filter(person__in=people, organisation__in=organisations)
    members = TeamMember.objects.filter(person__in=people, team__organisation__in=organisations)
    _end(sitting, lasts, lessons.filter(archived_at__isnull=True), lambda row: row.organisation_id)
    _end(sitting, lasts, duties.filter(archived_at__isnull=True), lambda row: row.organisation_id)
    _end(
        sitting,
        lasts,
        members.filter(archived_at__isnull=True).select_related("team"),
        lambda row: row.team.organisation_id,
    )


def _last_days(places: set[Place]) -> dict[Place, dt.date]:
    """The first day on which the person no longer works there, where it is known."""
    jobs = Employment.objects.filter(
        person__in={person for person, _ in places},
        organisation__in={organisation for _, organisation in places},
        archived_at__isnull=True,
    )
    lasts: dict[Place, dt.date] = {}
    for person, organisation, until in jobs.values_list("person", "organisation", "until"):
        place = person, organisation
        lasts[place] = max(until or dt.date.max, lasts.get(place, dt.date.min))
    return {place: day for place, day in lasts.items() if place in places and day != dt.date.max}


def _end(
    sitting: Sitting, lasts: dict[Place, dt.date], rows: Iterable[S], organisation: Callable[[S], int | None]
) -> None:
    """What was to begin later never held: it ends on its first day."""
    changed: list[S] = []
    for row in rows:
        last = lasts.get((row.person_id, organisation(row) or 0))
        if last is not None and (row.until is None or row.until > last):
            row.until = max(last, row.since or last)
            row.source = sitting.source
            changed.append(row)
    update(changed, ["until", "source"])
