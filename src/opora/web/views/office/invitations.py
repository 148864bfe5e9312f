"""Invitations: made, listed while they are open, withdrawn."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from opora.access.domain.invitations import invite, withdraw
from opora.access.models import Invitation
from opora.access.roles import PLACE, Place, Role
from opora.access.seeing import Standing, visible_to
from opora.people.models import Employment, Person, Territory
from opora.registry.batch.words import described
from opora.registry.verbs import Refused
from opora.web.forms import SearchForm, number_in
from opora.web.gate import Request
from opora.web.refusals import tell
from opora.web.seats import in_words
from opora.web.views.office.people import named
from opora.web.views.office.seats import PlaceForm, WhereForm
from opora.web.views.office.territories import governed

ABOUT_HERSELF = (Role.EDUCATOR, Role.MENTOR)
"""Roles that see what is their own: it must be known who she is in the registry."""
MOST_FOUND = 20


class InvitationForm(PlaceForm):
    email = forms.CharField(label="Электронная почта", widget=forms.EmailInput)
    full_name = forms.CharField(label="Фамилия, имя, отчество", max_length=200)


def invitations(request: Request) -> HttpResponseBase:
    waiting = _open(request.standing)
    if request.method == "POST":
        number = number_in(request.POST.get("invitation", ""))
        withdraw(get_object_or_404(waiting, pk=number), by=request.standing.actor)
        messages.success(request, "Приглашение отозвано: ссылка больше не действует")
        return redirect("office_invitations")
    return render(request, "office/invitations.html", {"seats": in_words(waiting)})


def invite_somebody(request: Request) -> HttpResponseBase:
    where = WhereForm(request.standing, request.GET or None)
    context: dict[str, Any] = {"where": where, "search": SearchForm(request.GET)}
    if where.is_valid():
        place, role = where.place_chosen, where.role_chosen
        person = _person(request, place) if role in ABOUT_HERSELF else None
        if role in ABOUT_HERSELF and person is None:
            context["found"] = _found(request.standing, place, context["search"].sought)
        else:
            form = InvitationForm(role, place, request.POST or None, initial=_known(role, place, person))
            context |= {"form": form, "person": person}
            if form.is_valid() and (link := _invite(request, form, person)):
                return render(request, "office/invited.html", {"link": link, "email": form.cleaned_data["email"]})
    return render(request, "office/invite.html", context)


def _invite(request: Request, form: InvitationForm, person: Person | None) -> str:
    """The link, which is told once; empty if it was refused."""
    given = form.cleaned_data
    try:
        invited = invite(
            given["email"],
            given["full_name"],
            form.seat(),
            person=person.pk if person else None,
            within=governed(request.standing),
            by=request.standing.actor,
        )
    except Refused as refused:
        tell(form, refused)
        return ""
    return request.build_absolute_uri(reverse("invitation", args=[invited.token]))


def _open(standing: Standing) -> QuerySet[Invitation]:
    waiting = Invitation.objects.filter(used_at__isnull=True, expires_at__gt=timezone.now())
    return waiting.filter(territory__in=governed(standing)).select_related("territory").order_by("-made_at")


def _people(standing: Standing, place: Territory) -> QuerySet[Person]:
    """Who works there."""
    jobs = Employment.objects.filter(municipality=place, archived_at=None)
    return visible_to(standing, Person).filter(pk__in=jobs.values("person"), archived_at=None)


def _person(request: Request, place: Territory) -> Person | None:
    number = number_in(request.GET.get("person", ""))
    return get_object_or_404(_people(request.standing, place), pk=number) if number is not None else None


def _found(standing: Standing, place: Territory, sought: str) -> list[tuple[Person, str]]:
    """Each with where she works."""
    if not sought:
        return []
    some = list(named(_people(standing, place), sought)[:MOST_FOUND])
    jobs = visible_to(standing, Employment).filter(person__in=some, archived_at=None, until=None)
    work: dict[int, list[str]] = {}
    for job in jobs.select_related("organisation").order_by("-kind", "pk"):  # the main one first
        work.setdefault(job.person_id, []).append(job.organisation.title)
    return [(person, ", ".join(dict.fromkeys(work.get(person.pk, [])))) for person in some]


def _known(role: Role, place: Territory, person: Person | None) -> dict[str, Any]:
    """What the registry tells of her."""
    if person is None:
        return {}
    told: dict[str, Any] = {"full_name": described(person)}
    if PLACE[role] is Place.ORGANISATION:
        jobs = Employment.objects.filter(municipality=place, person=person, archived_at=None, until=None)
        told["organisation"] = jobs.order_by("-kind").values_list("organisation", flat=True).first()
    return told
