"""A role is given to a user."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from opora.access.domain.grants import NewGrant, give
from opora.registry.verbs import Refused
from opora.web.forms import DayInput
from opora.web.gate import Request
from opora.web.refusals import tell
from opora.web.views.office.seats import PlaceForm, WhereForm
from opora.web.views.office.territories import governed
from opora.web.views.office.users import users_of


class GrantForm(PlaceForm):
    since = forms.DateField(label="С какого дня", widget=DayInput)
    until = forms.DateField(
        label="До какого дня", widget=DayInput, required=False, help_text="В этот день роли уже нет; пусто — без срока"
    )


def grant(request: Request, pk: int) -> HttpResponseBase:
    user = get_object_or_404(users_of(request.standing), pk=pk)
    where = WhereForm(request.standing, request.GET or None)
    context: dict[str, Any] = {"one": user, "where": where}
    if where.is_valid():
        initial = {"since": request.standing.on}
        form = GrantForm(where.role_chosen, where.place_chosen, request.POST or None, initial=initial)
        if form.is_valid():
            given = form.cleaned_data
            new = NewGrant(user, form.seat(), given["since"], given["until"])
            try:
                give([new], within=governed(request.standing), by=request.standing.actor)
            except Refused as refused:
                tell(form, refused)
            else:
                messages.success(request, f"Роль дана: {where.role_chosen.label}")
                return redirect("office_user", pk=pk)
        context["form"] = form
    return render(request, "office/grant.html", context)
