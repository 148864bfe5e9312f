"""The whole interface, and how its troubles are told."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError

from opora.registry.scope import Outside
from opora.web.api.facts import facts
from opora.web.api.numbers import numbers

interface = NinjaAPI(
    title="Опора",
    version="1",
    description="Данные методической службы для других программ. Ключ даёт его владелец: «Учётная запись» → «Ключи для "
    "программ»; программа видит то же, что он, и только то, что ключ разрешает.",
    docs_url=None,  # its page would ask other hosts for scripts
    openapi_url=None,  # told in urls.py
    urls_namespace="api",
)
interface.add_router("", numbers)
interface.add_router("", facts)


def _trouble(request: HttpRequest, status: int, words: str) -> HttpResponse:
    return interface.create_response(request, {"detail": words}, status=status)


@interface.exception_handler(AuthenticationError)
def _not_allowed(request: HttpRequest, _error: Any) -> HttpResponse:
    """The door has let the key in: it is for something else."""
    return _trouble(request, 403, "Этот ключ такого не разрешает: сделайте другой на странице «Ключи для программ»")


@interface.exception_handler(PermissionDenied)
def _forbidden(request: HttpRequest, _error: Any) -> HttpResponse:
    return _trouble(request, 403, "Ни одна из ваших ролей этого не открывает")


@interface.exception_handler(Http404)
@interface.exception_handler(Outside)
def _absent(request: HttpRequest, error: Any) -> HttpResponse:
    return _trouble(request, 404, str(error) or "Этого нет")
