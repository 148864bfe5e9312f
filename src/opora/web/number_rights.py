"""Of which territories a user sees numbers, and of which also the names behind them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.http import Http404

from opora.access.roles import SERVICE, Role
from opora.access.seeing import Standing, visible_to
from opora.access.territories import above
from opora.cycle.models import ProgrammeVersion
from opora.people.models import Person, Territory
from opora.snapshot.models import KeptThing
from opora.web.forms import number_in

SEES_NUMBERS = (*SERVICE, Role.OBSERVER)
"""An observer gets a territory's values alone: a small school's value would tell of its people."""


def places_of(standing: Standing) -> list[Territory]:
    """Where she sees numbers; her towns before the region in which they lie."""
    held = standing.territories(SEES_NUMBERS)
    found = Territory.objects.filter(pk__in=held, kind__in=("municipality", "region"))
    return sorted(found, key=lambda place: (place.kind == "region", place.title))


def chosen_place(places: Sequence[Territory], asked: str | None) -> Territory:
    """The one that the address names, else the first. What she may not see is not there."""
    if asked is None:
        return places[0]
    found = next((place for place in places if place.pk == number_in(asked)), None)
    if found is None:
        raise Http404("Такого муниципалитета нет")
    return found


def version_for(pk: int, places: Sequence[Territory], asked: str | None) -> tuple[ProgrammeVersion, Territory]:
    """A version of a programme of the place, or of what lies above it; and that place.

    Where none is asked for, it is the place that keeps the programme, else her first one within."""
    reached = above([place.pk for place in places])
    version = ProgrammeVersion.objects.filter(pk=pk, municipality__in=set().union(*reached.values())).first()
    if version is None:
        raise Http404("Такой программы нет")
    within = [place for place in places if version.municipality_id in reached[place.pk]]
    if asked is None:
        return version, min(within, key=lambda place: place.pk != version.municipality_id)
    return version, chosen_place(within, asked)


def sees_names(standing: Standing, place: Territory) -> bool:
    return place.pk in standing.territories(SERVICE)


def seen_of(things: QuerySet[KeptThing], standing: Standing) -> QuerySet[KeptThing]:
    """Without those whose cards she may not see. To be asked only of one who ``sees_names``."""
    return things.filter(Q(person=None) | Q(person__in=visible_to(standing, Person).values("pk")))
