"""Keys for one's own programs: given, told once, withdrawn."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from opora.access.domain.tokens import LONGEST, good_tokens, issue, withdraw_token
from opora.access.models import Purpose, Token
from opora.registry.verbs import Refused
from opora.web.forms import DayInput, number_in
from opora.web.gate import Request
from opora.web.refusals import tell

_USUAL = dt.timedelta(days=180)


class TokenForm(forms.Form):
    title = forms.CharField(label="Для какой программы", max_length=100, help_text="Например, «выгрузка из 1С»")
    purposes = forms.MultipleChoiceField(
        label="Что ей можно", choices=Purpose.choices, widget=forms.CheckboxSelectMultiple
    )
    expires_on = forms.DateField(label="Последний день", widget=DayInput, help_text="Не позже чем через год")


def tokens(request: Request) -> HttpResponse:
    """The list of those that are good; a posted number withdraws one."""
    kept = good_tokens().filter(user=request.user).order_by("-made_at")
    if request.method == "POST":
        token = get_object_or_404(kept, pk=number_in(request.POST.get("token", "")))
        withdraw_token(token, by=request.standing.actor)
        messages.success(request, f"Ключ «{token.title}» отозван: программа больше ничего не получит")
        return redirect("tokens")
    return render(request, "account/tokens.html", {"tokens": [(one, _allowed(one)) for one in kept]})


def new_token(request: Request) -> HttpResponse:
    """The key itself is on the answer and nowhere else."""
    today = timezone.localdate()
    form = TokenForm(request.POST or None, initial={"expires_on": today + _USUAL})
    if form.is_valid():
        given = form.cleaned_data
        purposes = [Purpose(one) for one in given["purposes"]]
        try:
            issued = issue(request.user, given["title"], purposes, given["expires_on"], by=request.standing.actor)
        except Refused as refused:
            tell(form, refused)
        else:
            return render(request, "account/token_made.html", {"issued": issued, "allowed": _allowed(issued.token)})
    return render(request, "account/token.html", {"form": form, "longest": today + LONGEST})


def _allowed(token: Token) -> str:
    return ", ".join(str(Purpose(one).label) for one in token.purposes)
