"""What a card keeps apart: consents and СНИЛС. For those who keep cards; and for herself, to see and to withdraw."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from opora.access.roles import Role
from opora.access.seeing import Standing, visible_to
from opora.people.models import Employment, Person
from opora.privacy.consents import GivenConsent, WithdrawnConsent, give_consents, may_publish, withdraw_consents
from opora.privacy.models import Consent
from opora.privacy.models.consent import ConsentKind
from opora.privacy.reading import log_reading
from opora.privacy.snils import StatedSnils, forget_snils, masked, record_snils
from opora.registry.verbs import Refused
from opora.web.forms import DayInput
from opora.web.gate import Request
from opora.web.places import place_field
from opora.web.refusals import tell, tell_above

KEEPERS = (Role.HEAD, Role.METHODIST, Role.COORDINATOR)
"""Roles that enter what a person has signed."""


def _not_later(day: Any) -> None:
    if day > timezone.localdate():
        raise ValidationError("Этот день ещё не настал")


class GiveForm(forms.Form):
    kind = forms.ChoiceField(label="На что согласие", choices=ConsentKind.choices)
    text_version = forms.CharField(
        label="Какой текст подписан", max_length=200, help_text="Название и редакция: «распространение, 2025-09»"
    )
    on = forms.DateField(label="Когда подписано", widget=DayInput, validators=[_not_later])

    def __init__(self, places: frozenset[int], given: Any = None) -> None:
        super().__init__(given, auto_id="give_%s")  # the page has two forms
        self.fields["place"] = place_field(places, "Кому дано")


class NumberForm(forms.Form):
    number = forms.CharField(
        label="Номер СНИЛС",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )

    def __init__(self, places: frozenset[int], given: Any = None) -> None:
        super().__init__(given, auto_id="number_%s")
        self.fields["place"] = place_field(places, "Кто хранит")


class WithdrawForm(forms.Form):
    consent = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    on = forms.DateField(validators=[_not_later])


def private(request: Request, pk: int) -> HttpResponseBase:
    keeping = request.standing.only(*KEEPERS)
    found = visible_to(keeping, Person).filter(pk=pk).first()
    places = _places(keeping, found) if found else frozenset()
    if not places:
        found = get_object_or_404(visible_to(request.standing.only(Role.EDUCATOR), Person), pk=pk)
    assert found is not None
    herself = found.pk == request.user.person_id
    consents = Consent.objects.filter(person=found)
    consents = consents if herself else consents.filter(municipality__in=places)
    forms_ = {"give": GiveForm(places), "number": NumberForm(places)} if places else {}
    if request.method == "POST" and (done := _done(request, found, places, consents, forms_)):
        return done
    log_reading([found.pk], by=request.standing.actor, what="согласия и СНИЛС", own=request.user.person_id)
    context = {
        "person": found,
        "consents": consents.select_related("municipality").order_by("kind", "-given_on", "-pk"),
        "undecided": [label for kind, label in ConsentKind.choices if not consents.filter(kind=kind).exists()],
        "published": bool(may_publish([found.pk], request.standing.on)),
        "snils": masked([found.pk]).get(found.pk, ""),
        "today": request.standing.on,
        "herself": herself,
        **forms_,
    }
    return render(request, "private.html", context)


def may_open(standing: Standing, person: Person) -> bool:
    """Whether the page of this person opens for her."""
    own = person.pk == standing.user.person_id and Role.EDUCATOR in standing.roles
    keeping = standing.only(*KEEPERS)
    return own or (visible_to(keeping, Person).filter(pk=person.pk).exists() and bool(_places(keeping, person)))


def _done(
    request: Request, person: Person, places: frozenset[int], consents: QuerySet[Consent], forms_: dict[str, forms.Form]
) -> HttpResponseBase | None:
    """None if something must be mended."""
    act = request.POST.get("act", "")
    if act != "withdraw" and not places:
        raise PermissionDenied
    match act:
        case "withdraw":
            return _withdrawn(request, person, consents)
        case "give" | "number":
            form_type = GiveForm if act == "give" else NumberForm
            forms_[act] = form = form_type(places, request.POST)
            return _entered(request, person, form) if form.is_valid() else None
        case "forget":
            for place in places:
                forget_snils([person.pk], municipality=place, by=request.standing.actor)
            messages.success(request, "СНИЛС удалён")
            return redirect("private", person.pk)
    raise Http404("Такой кнопки нет")


def _entered(request: Request, person: Person, form: forms.Form) -> HttpResponseBase | None:
    given, by = form.cleaned_data, request.standing.actor
    place = given["place"].pk
    try:
        if isinstance(form, GiveForm):
            consent = GivenConsent(
                person=person.pk, kind=given["kind"], text_version=given["text_version"], on=given["on"]
            )
            give_consents([consent], municipality=place, by=by)
            messages.success(request, "Согласие записано")
        else:
            record_snils([StatedSnils(person=person.pk, number=given["number"])], municipality=place, by=by)
            messages.success(request, "СНИЛС записан: целиком его больше никто не увидит")
    except Refused as refused:
        tell(form, refused)
        return None
    return redirect("private", person.pk)


def _withdrawn(request: Request, person: Person, consents: QuerySet[Consent]) -> HttpResponseBase | None:
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Дата не понята или ещё не настала: напишите её так — 31.12.2022")
        return None
    consent = get_object_or_404(consents, pk=form.cleaned_data["consent"])
    told = WithdrawnConsent(consent=consent.pk, on=form.cleaned_data["on"])
    try:
        withdraw_consents([told], municipality=consent.municipality_id, by=request.standing.actor)
    except Refused as refused:
        tell_above(request, refused)
        return None
    messages.success(request, "Согласие отозвано")
    return redirect("private", person.pk)


def _places(keeping: Standing, person: Person) -> frozenset[int]:
    """To whom the person may have given something, and of whom the reader keeps cards."""
    jobs = Employment.objects.filter(person=person, archived_at__isnull=True).values_list("municipality", flat=True)
    return keeping.territories() & {person.municipality_id, *jobs}
