"""Of one person: who has read her card, and every change of what is held on her."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from opora.access.seeing import Standing, visible_to
from opora.people.models import Employment, Person
from opora.privacy.changes import ACTIONS, Change, changes_of
from opora.privacy.reading import log_reading, readings_of
from opora.registry.batch.words import described
from opora.registry.scope import scope
from opora.web.actors import names_of
from opora.web.forms import SearchForm
from opora.web.gate import Request
from opora.web.views.office.people import named
from opora.web.views.office.territories import governed

MOST_FOUND = 50
MOST_CHANGES = 200


def people(request: Request) -> HttpResponse:
    search = SearchForm(request.GET)
    found = named(_people(request.standing), search.sought)[:MOST_FOUND] if search.sought else []
    context = {"search": search, "found": [(person, described(person)) for person in found]}
    return render(request, "office/trail_people.html", context)


def person(request: Request, pk: int) -> HttpResponse:
    """What is told of her here is her card too, so this is read as it is."""
    standing = request.standing
    found = get_object_or_404(_people(standing), pk=pk)
    with scope(governed(standing), standing.actor):
        log_reading([pk], by=standing.actor, what="журнал карточки", own=request.user.person_id)
        readings, changes = readings_of(pk), changes_of(pk)
    names = names_of({reading.who for reading in readings} | {change.who for change in changes})
    together = [list(some) for _, some in groupby(changes, _what_came_at_once)]
    context: dict[str, Any] = {
        "person": found,
        "name": described(found),
        "readings": [(reading, names[reading.who]) for reading in readings],
        "changes": [(some[0], names[some[0].who], len(some)) for some in together[:MOST_CHANGES]],
        "untold": len(together[MOST_CHANGES:]),
    }
    return render(request, "office/trail_person.html", context)


def _what_came_at_once(change: Change) -> tuple[object, ...]:
    """Additions to one table by one sitting are told as one."""
    alone = 0 if change.action == ACTIONS["insert"] else change.row
    return change.at, change.who, change.table, change.action, alone


def _people(standing: Standing) -> QuerySet[Person]:
    """Whom her territories keep, or who works there."""
    here = governed(standing)
    jobs = Employment.objects.filter(municipality__in=here, archived_at=None)
    return visible_to(standing, Person).filter(Q(municipality__in=here) | Q(pk__in=jobs.values("person")))
