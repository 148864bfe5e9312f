"""One's own account: who one is here, and what can be changed."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpResponse
from django.shortcuts import render

from opora.web.gate import Request
from opora.web.seats import own_card, seats_of


def account_page(request: Request) -> HttpResponse:
    context = {
        "seats": seats_of(request.standing),
        "card": own_card(request.standing),
        "second_factor": is_mfa_enabled(request.user),
    }
    return render(request, "account/page.html", context)
