"""The page of a person: what runs out, what is not known, and one timeline of all the rest."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from opora.access.keeping import kept_by, places_of
from opora.access.seeing import Standing, visible_to
from opora.people.models import Employment, Person
from opora.privacy.reading import log_reading
from opora.registry.batch.words import described
from opora.registry.models import State
from opora.web.gate import Request
from opora.web.person.offered import offered
from opora.web.person.state import lacking, running
from opora.web.person.telling import Kind
from opora.web.person.timeline import timeline_of
from opora.web.rows.kept import KEPT
from opora.web.seats import own_card
from opora.web.views.private import may_open


def person(request: Request, pk: int) -> HttpResponse:
    standing = request.standing
    found = get_object_or_404(visible_to(standing, Person), pk=pk)
    log_reading([found.pk], by=standing.actor, what="карточка", own=request.user.person_id)
    timeline = timeline_of(standing, found.pk)
    asked = request.GET.get("kind")
    kind = Kind(asked) if asked in set(Kind) else None
    context = {
        "person": found,
        "name": described(found),
        "jobs": _jobs(request, found),
        "herself": found.pk == request.user.person_id,
        "may_propose": found.pk == own_card(standing),
        "running": running(standing, found, standing.on),
        "lacking": lacking(standing, found),
        "offered": offered(standing, found.pk, standing.on),
        "kind": kind,
        "kinds": timeline.kinds,
        "years": timeline.of(kind),
        "sources": timeline.sources(),
        "private": may_open(standing, found),
        "keeps": kept_by(standing, Person).filter(pk=pk).exists(),
        "enters": _enters(standing, pk),
    }
    return render(request, "person.html", context)


_ENTERED = (
    "education",
    "attestation",
    "training",
    "employment",
    "leave",
    "experience",
    "diagnostic_result",
    "deficit",
    "route",
    "support",
)
"""What is entered of a person most often, in the order of the links."""


def _enters(standing: Standing, person: int) -> list[tuple[str, str]]:
    """New rows about her that the reader may enter: titles and addresses."""
    kept = [KEPT[name] for name in _ENTERED if places_of(standing, KEPT[name].model)]
    return [(one.title, f"{reverse('row_new', args=[one.name])}?person={person}") for one in kept]


def _jobs(request: Request, found: Person) -> list[Employment]:
    """Where she works on this day, main jobs first."""
    standing = request.standing
    jobs = visible_to(standing, Employment).filter(State.holding(standing.on), person=found)
    return sorted(jobs.select_related("organisation"), key=lambda job: (job.kind != "main", job.pk))
