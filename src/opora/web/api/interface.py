"""The whole interface, and how its troubles are told."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError

from opora.registry.scope import Outside
from opora.registry.verbs import Fault, Refused
from opora.web.api.facts import facts
from opora.web.api.intake import intake
from opora.web.api.numbers import numbers
from opora.web.api.told import Refusal, ToldFault
from opora.web.refusals import words_of

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
interface.add_router("", intake)


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


@interface.exception_handler(Refused)
def _refused(request: HttpRequest, refused: Any) -> HttpResponse:
    """What a verb did not do, and all that stands in its way."""
    faults: tuple[Fault, ...] = refused.faults
    told = [ToldFault(where=_where(fault), message=fault.message, mend=fault.mend) for fault in faults]
    answer = Refusal(detail="; ".join(map(words_of, faults)), faults=told)
    return interface.create_response(request, answer.model_dump(), status=409)


def _where(fault: Fault) -> str:
    """«2: organisation»: which of those that were sent, and what of it."""
    return ": ".join(filter(None, ("" if fault.row is None else str(fault.row), fault.field)))
