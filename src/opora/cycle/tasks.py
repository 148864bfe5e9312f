"""What is counted aside, because a page must not wait for it."""

from __future__ import annotations

import datetime as dt

from procrastinate.contrib.django import app

from opora.cycle.domain.programme import programme_of
from opora.cycle.domain.publishing import BY
from opora.cycle.models import ProgrammeVersion
from opora.people.models import Territory
from opora.registry.scope import Actor, scope
from opora.snapshot.values import Question, fresh_values

_OPORA = Actor("Опора")


@app.task
def count_for_publishing(version: int, territory: int, on: str) -> None:
    """Ids, and the day as ISO writes it."""
    place = Territory.objects.get(pk=territory)
    with scope([place.pk], _OPORA):
        programme = programme_of(ProgrammeVersion.objects.get(pk=version))
    fresh_values(Question(programme, place.key, dt.date.fromisoformat(on), by=BY), _OPORA)
