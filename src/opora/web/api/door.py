"""Who may ask: a program with a good key of a user, for what the key allows, in the scope of what its user sees."""

from __future__ import annotations

from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from ninja.security import HttpBearer

from opora.access.domain.tokens import token_of
from opora.access.models import Purpose, Token, User
from opora.access.roles import Role
from opora.access.seeing import Standing, scope_of
from opora.web.gate import View, lacks_second_factor, mark

NO_PAGE: frozenset[Role] = frozenset()
"""What ``opens_to`` of an address for programs says: in a browser it opens to nobody."""
_LOCKED = "Нужен действующий ключ в заголовке «Authorization: Bearer …»: его дают на странице «Ключи для программ»"


class Asking(HttpRequest):
    """Of a program that has passed the door."""

    user: User
    standing: Standing
    token: Token


def by_key(view: View) -> View:
    """Opens the scope of the key's user for the time of the view; what the view refuses or raises rolls all back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        token = token_of(_secret(request))
        if token is None:
            return _refusal(401, _LOCKED)
        where = f"{request.META['REMOTE_ADDR']}, ключ {token.pk}"
        asking = cast(Asking, request)
        with scope_of(token.user, where) as standing:
            if lacks_second_factor(standing):
                return _refusal(403, "У администратора не включён второй фактор: войдите в Опору и включите его")
            asking.user, asking.standing, asking.token = token.user, standing, token
            response = view(asking, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    mark(guarded, NO_PAGE)
    return csrf_exempt(guarded)  # no cookie opens this door


class Allows(HttpBearer):
    """That the key, which has passed the door, is for this."""

    def __init__(self, purpose: Purpose) -> None:
        super().__init__()
        self.purpose = purpose

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        known = cast(Asking, request).token
        return known if self.purpose in known.purposes else None


def _secret(request: HttpRequest) -> str:
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if kind.lower() == "bearer" else ""


def _refusal(status: int, words: str) -> HttpResponse:
    return JsonResponse({"detail": words}, status=status, json_dumps_params={"ensure_ascii": False})
