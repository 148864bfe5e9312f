"""A programme whose numbers are there, for pages that show them."""

from __future__ import annotations

import datetime as dt

from opora.cycle.domain.programme import put_in_force, take_in
from opora.cycle.models import ProgrammeVersion
from opora.cycle.numbers import USUAL, day_of
from opora.cycle.queue import OPORA, Asking
from opora.people.models import Territory
from opora.snapshot.values import fresh_values
from tests.access.world import TESTS, School


def counted_programme(text: str, school: School) -> ProgrammeVersion:
    """In force in the school's town since 2021, its values counted for today."""
    place = Territory.objects.get(key=school.town)
    found = take_in(text, municipality=place.pk, by=TESTS)
    put_in_force(found.pk, since=dt.date(2021, 1, 1), municipality=place.pk, by=TESTS)
    fresh_values(Asking(found, place, day_of(found, dt.date.today()), by=USUAL).question, OPORA)
    return found
