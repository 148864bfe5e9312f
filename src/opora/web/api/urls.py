"""Addresses of the interface for programs, each behind the door; its description is for everybody."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

from opora.web.api.door import by_key
from opora.web.api.interface import interface
from opora.web.gate import public

_BASE = "api/v1/"


def description(_request: HttpRequest) -> JsonResponse:
    """OpenAPI 3.1."""
    told = interface.get_openapi_schema(path_prefix=f"/{_BASE}")
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def nothing(_request: HttpRequest, rest: str) -> JsonResponse:
    """A program is answered in JSON, whatever it asks."""
    told = {"detail": f"Адреса «{rest}» нет: все адреса названы в /{_BASE}openapi.json"}
    return JsonResponse(told, status=404, json_dumps_params={"ensure_ascii": False})


def _ours(pattern: URLPattern) -> URLPattern:
    assert pattern.callback is not None
    return path(f"{_BASE}{pattern.pattern}", by_key(pattern.callback), name=f"api_{pattern.name}")


INTERFACE = [
    path(f"{_BASE}openapi.json", public(description), name="api_description"),
    *(_ours(one) for one in interface.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"),
    path("api/<path:rest>", csrf_exempt(public(nothing)), name="api_nothing"),
]
