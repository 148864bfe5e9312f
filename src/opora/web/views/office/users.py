"""The users of one's territories, and the card of each: her roles, and whether she can sign in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from opora.access.domain.grants import take_back
from opora.access.domain.users import forget_second_factor, refuse_foreign, set_active
from opora.access.models import Grant, User
from opora.access.roles import Role
from opora.access.seeing import Standing, visible_to
from opora.people.models import Person
from opora.registry.verbs import Refused
from opora.web.forms import SearchForm
from opora.web.gate import Request
from opora.web.refusals import tell_above
from opora.web.seats import SeatInWords, in_words
from opora.web.views.office.pages import page_of
from opora.web.views.office.territories import governed
from opora.web.views.sign_in import new_password_path


@dataclass(frozen=True, slots=True)
class Listed:
    user: User
    seats: list[SeatInWords[Grant]]
    """Those that she holds today."""
    second_factor: bool


class EndForm(forms.Form):
    grant = forms.IntegerField()
    on = forms.DateField()


def users_of(standing: Standing) -> QuerySet[User]:
    """Whoever holds, has held or will hold a role in her territories."""
    there = Grant.objects.filter(territory__in=governed(standing))
    return User.objects.filter(pk__in=there.values("user")).order_by("full_name", "pk")


def users(request: Request) -> HttpResponse:
    search = SearchForm(request.GET)
    found = users_of(request.standing).filter(Q(full_name__icontains=search.sought) | Q(email__icontains=search.sought))
    page = page_of(request, found)
    context = {"search": search, "page": page, "users": _listed(page.object_list, request.standing)}
    return render(request, "office/users.html", context)


def user(request: Request, pk: int) -> HttpResponseBase:
    found = get_object_or_404(users_of(request.standing), pk=pk)
    link = ""
    if request.method == "POST":
        try:
            link = _act(request, found)
        except Refused as refused:
            tell_above(request, refused)
        if not link:
            return redirect("office_user", pk=pk)
    return render(request, "office/user.html", _card(request, found) | {"link": link})


def _act(request: Request, user: User) -> str:
    """What the pressed button says; the link for a new password, if that is what she asked for."""
    within, by = governed(request.standing), request.standing.actor
    match request.POST.get("act"):
        case "end":
            _end(request, user)
        case "close" | "open" as act:
            set_active([user], active=act == "open", within=within, by=by)
            messages.success(request, "Вход открыт" if act == "open" else "Вход закрыт, сеансы завершены")
        case "forget":
            forget_second_factor([user], within=within, by=by)
            messages.success(request, "Второй фактор забыт: для входа хватит пароля")
        case "link":
            refuse_foreign([user], within=within, by=by)
            return request.build_absolute_uri(new_password_path(user))
        case _:
            raise Http404("Такой кнопки нет")
    return ""


def _end(request: Request, user: User) -> None:
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Дата не понята: напишите её так — 31.12.2022")
        return
    own = Grant.objects.filter(user=user, territory__in=governed(request.standing))
    grant, day = get_object_or_404(own, pk=form.cleaned_data["grant"]), form.cleaned_data["on"]
    take_back([grant], on=day, within=governed(request.standing), by=request.standing.actor)
    when = "сегодня" if day == request.standing.on else f"{day:%d.%m.%Y}"
    messages.success(request, f"Роль «{Role(grant.role).label}» кончается {when}")


def _card(request: Request, user: User) -> dict[str, Any]:
    standing, today = request.standing, request.standing.on
    grants = Grant.objects.filter(user=user, territory__in=governed(standing)).select_related("territory")
    seats = in_words(grants.order_by("-since", "-pk"))
    return {
        "one": user,
        "person": visible_to(standing, Person).filter(pk=user.person_id).first() if user.person_id else None,
        "second_factor": bool(_with_second_factor([user])),
        "held": [seat for seat in seats if seat.held.until is None or seat.held.until > today],
        "over": [seat for seat in seats if seat.held.until is not None and seat.held.until <= today],
        "today": today,
        "herself": user == request.user,
        "deeds": urlencode({"actor": user.acting}),
    }


def _listed(users: Iterable[User], standing: Standing) -> list[Listed]:
    users = list(users)
    grants = Grant.objects.filter(Grant.holding(standing.on), user__in=users, territory__in=governed(standing))
    held: defaultdict[int, list[SeatInWords[Grant]]] = defaultdict(list)
    for seat in in_words(grants.select_related("territory").order_by("pk")):
        held[seat.held.user_id].append(seat)
    sure = _with_second_factor(users)
    return [Listed(user, held[user.pk], user.pk in sure) for user in users]


def _with_second_factor(users: Collection[User]) -> set[int]:
    kept = Authenticator.objects.filter(user__in=users, type=Authenticator.Type.TOTP)
    return set(kept.values_list("user_id", flat=True))
