"""The card of one person: deliberately plain, until the pages of the service come."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from opora.access.seeing import visible_to
from opora.people.models import Employment, Person
from opora.privacy.reading import log_reading
from opora.web.gate import Request
from opora.web.views.private import may_open


def person(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(visible_to(request.standing, Person), pk=pk)
    jobs = visible_to(request.standing, Employment).filter(person=found, archived_at__isnull=True)
    log_reading([found.pk], by=request.standing.actor, what="карточка", own=request.user.person_id)
    context = {
        "person": found,
        "jobs": jobs.select_related("organisation").order_by("-since", "pk"),
        "private": may_open(request.standing, found),
    }
    return render(request, "person.html", context)
