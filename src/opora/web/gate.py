"""Who may open a page. Every view of ``urls.py`` has one of these gates; without one it does not open at all."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import SimpleTemplateResponse
from django.utils.cache import patch_cache_control

from opora.access.models import User
from opora.access.roles import Role
from opora.access.seeing import Standing, scope_of

View = Callable[..., HttpResponseBase]
V = TypeVar("V", bound=View)

PUBLIC: frozenset[Role] | None = None
"""What ``opens_to`` of a view says if nobody needs to sign in."""
EVERYBODY = frozenset(Role)


class Request(HttpRequest):
    """Of somebody who has signed in and passed the gate: that is what views behind a gate are given."""

    user: User
    standing: Standing


def public(view: V) -> V:
    """No sign-in, no scope."""
    mark(view, PUBLIC)
    return view


def signed_in(view: View, *, before_second_factor: bool = False) -> View:
    """Every user, whatever her roles; ``before_second_factor``: also one who must set hers up first."""
    return _gate(view, None, before_second_factor)


def open_to(*roles: Role) -> Callable[[View], View]:
    """Who holds one of the roles, anywhere. What she then sees is decided by ``visible_to``."""
    return lambda view: _gate(view, frozenset(roles), False)


def require_a_gate(get_response: View) -> View:
    """Middleware: a view that was put into ``urls.py`` without a gate."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    def process_view(request: HttpRequest, view: View, args: Any, kwargs: Any) -> None:
        if not hasattr(view, "opens_to"):
            raise ImproperlyConfigured(f"{request.resolver_match} has no gate (opora.web.gate)")

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


def _gate(view: View, roles: frozenset[Role] | None, before_second_factor: bool) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        with scope_of(request.user, str(request.META["REMOTE_ADDR"])) as standing:
            request.standing = standing  # type: ignore[attr-defined]
            if not before_second_factor and lacks_second_factor(standing):
                return redirect("mfa_activate_totp")
            if roles is not None and standing.roles.isdisjoint(roles):
                raise PermissionDenied
            response = view(request, *args, **kwargs)
            if isinstance(response, SimpleTemplateResponse):
                response.render()  # while there is a scope
        patch_cache_control(response, private=True, no_store=True)
        return response

    mark(guarded, EVERYBODY if roles is None else roles)
    return guarded


def lacks_second_factor(standing: Standing) -> bool:
    return Role.ADMINISTRATOR in standing.roles and not is_mfa_enabled(standing.user)


def mark(view: View, roles: frozenset[Role] | None) -> None:
    """That the view has a gate, and to whom it opens."""
    view.opens_to = roles  # type: ignore[attr-defined]
