"""What is counted aside, because a page must not wait for it."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from procrastinate.contrib.django import app

from opora.cycle.domain.programme import programme_of
from opora.cycle.domain.publishing import BY
from opora.cycle.models import ProgrammeVersion
from opora.cycle.numbers import USUAL, day_of, in_force
from opora.cycle.queue import OPORA, Asking, queue, sound
from opora.people.models import Territory
from opora.registry.scope import scope
from opora.snapshot.values import Question, fresh_values


@app.task
def count_for_publishing(version: int, territory: int, on: str) -> None:
    """Ids, and the day as ISO writes it."""
    place = Territory.objects.get(pk=territory)
    with scope([place.pk], OPORA):
        programme = programme_of(ProgrammeVersion.objects.get(pk=version))
    fresh_values(Question(programme, place.key, dt.date.fromisoformat(on), by=BY), OPORA)


@app.periodic(cron="11 21 * * *")
@app.task(queueing_lock="count for the morning")
def count_for_the_morning(timestamp: int) -> None:
    """When the day has just begun in Moscow: in the east it is morning soon. Its first visitor waits for nothing."""
    today = timezone.localdate()
    everywhere = list(Territory.objects.filter(kind__in=["municipality", "region"]))
    with scope([each.pk for each in Territory.objects.all()], OPORA):
        asked = [Asking(one, each, day_of(one, today), by=USUAL) for each in everywhere for one in _sound(each, today)]
    for one in asked:
        queue(one, soon=False)


def _sound(place: Territory, today: dt.date) -> list[ProgrammeVersion]:
    return [one for one in in_force(place.pk, today) if sound(one)]
