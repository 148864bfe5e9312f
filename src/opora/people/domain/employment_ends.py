"""With somebody's last job in an organisation ends what she did there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from opora.people.domain.ends import shorten
from opora.people.models import Employment, Responsibility, Teaching, TeamMember
from opora.registry.verbs import Sitting

Place = tuple[int, int | None]
"""Person, organisation."""


def end_what_was_done_there(sitting: Sitting, jobs: Sequence[Employment]) -> None:
    """Called when jobs have got their ends: teaching, teams of the organisation and responsibilities in it end with the
    last of the person's jobs there, unless they ended before."""
    lasts = _last_days({(job.person_id, job.organisation_id) for job in jobs})
    there = {
        "person__in": {person for person, _ in lasts},
        "archived_at__isnull": True,
    }
    organisations = {organisation for _, organisation in lasts}
    lessons = Teaching.objects.filter(**there, organisation__in=organisations)
    shorten(sitting, lessons, lambda row: lasts.get((row.person_id, row.organisation_id)))
    duties = Responsibility.objects.filter(**there, organisation__in=organisations)
    shorten(sitting, duties, lambda row: lasts.get((row.person_id, row.organisation_id)))
    members = TeamMember.objects.filter(**there, team__organisation__in=organisations).select_related("team")
    shorten(sitting, members, lambda row: lasts.get((row.person_id, row.team.organisation_id)))


def _last_days(places: set[Place]) -> dict[Place, dt.date]:
    """The first day on which the person no longer works there, where it is known."""
    jobs = Employment.objects.filter(
        person__in={person for person, _ in places},
        organisation__in={organisation for _, organisation in places},
        archived_at__isnull=True,
    )
    lasts: dict[Place, dt.date] = {}
    for job in jobs:
        place = job.person_id, job.organisation_id
        lasts[place] = max(job.until or dt.date.max, lasts.get(place, dt.date.min))
    return {place: day for place, day in lasts.items() if place in places and day != dt.date.max}
