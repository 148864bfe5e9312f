"""An invitation: a new user chooses her password, a known one takes one more role."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from opora.access.domain.invitations import Used, accept, accept_as_new, open_invitation
from opora.access.models import Invitation, User
from opora.access.roles import Role
from opora.registry.scope import Actor
from opora.registry.verbs import Refused


class NewUserForm(forms.Form):
    full_name = forms.CharField(label="Фамилия, имя, отчество", max_length=200)
    password = forms.CharField(
        label="Пароль",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        help_text=" ".join(password_validators_help_texts()),
    )
    again = forms.CharField(
        label="Пароль ещё раз", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", "Пароли не совпадают")
        return given


def invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    found = open_invitation(token)
    if found is None:
        raise Http404("Приглашения нет")
    known = User.objects.filter(email=found.email).first()
    try:
        if known is None:
            return _of_new_user(request, found)
        return _of_known_user(request, found, known)
    except Used as used:
        raise Http404("Приглашение использовано") from used


def _of_new_user(request: HttpRequest, found: Invitation) -> HttpResponseBase:
    form = NewUserForm(request.POST or None, initial={"full_name": found.full_name})
    if form.is_valid():
        given = form.cleaned_data
        try:
            accept_as_new(
                found, full_name=given["full_name"], password=given["password"], address=_address(request)
            )  # fmt: skip
        except Refused as refused:
            for fault in refused.faults:
                form.add_error(fault.field if fault.field in form.fields else None, fault.message)
        else:
            messages.success(request, "Готово: войдите со своим адресом и новым паролем")
            return redirect("account_login")
    return render(request, "invitation.html", _told(found) | {"form": form})


def _of_known_user(request: HttpRequest, found: Invitation, known: User) -> HttpResponseBase:
    """Only herself, signed in, may take it: whoever has the link is not yet she."""
    if request.user != known:
        return render(request, "invitation_known.html", _told(found))
    if request.method == "POST":
        try:
            accept(found, known, by=Actor(known.acting, _address(request)))
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "Роль принята")
        return redirect("start")
    return render(request, "invitation.html", _told(found))


def _told(found: Invitation) -> dict[str, Any]:
    return {"invitation": found, "role": Role(found.role).label}


def _address(request: HttpRequest) -> str:
    return str(request.META["REMOTE_ADDR"])
