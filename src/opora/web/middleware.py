"""What happens to every request: where it really comes from, and a line in the log."""

from __future__ import annotations

import ipaddress
import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from opora.web.logs import without_secrets

Handler = Callable[[HttpRequest], HttpResponseBase]
LARGEST_BODY = 32 * 1024 * 1024
"""Bytes of a request. Whoever has not signed in could fill the disk with a larger one: forms are read before gates."""
_log = logging.getLogger("opora.web.requests")


def know_the_client(get_response: Handler) -> Handler:
    """Behind our own proxy (there is an https address) the client is the last one that the proxy names.

    Opora listens to this machine alone, so nobody else can name anybody.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        told = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.SECURE_PROXY_SSL_HEADER else ""
        request.META["REMOTE_ADDR"] = _address(told.rpartition(",")[2]) or _address(request.META["REMOTE_ADDR"])
        return get_response(request)

    return middleware


def refuse_large_bodies(get_response: Handler) -> Handler:
    """By what the request says of itself: of a body that says nothing, or less, no more is read."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        told = request.META.get("CONTENT_LENGTH") or "0"
        if not told.isdecimal() or len(told) > len(str(LARGEST_BODY)) or int(told) > LARGEST_BODY:
            words = f"Слишком много: за один раз принимается не больше {LARGEST_BODY // 1024**2} МБ"
            return HttpResponse(words, "text/plain; charset=utf-8", status=413)
        return get_response(request)

    return middleware


def log_requests(get_response: Handler) -> Handler:
    """No query string and no body: they may hold what is nobody's business."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        began = time.monotonic()
        response = get_response(request)
        standing = getattr(request, "standing", None)
        about = {
            "method": request.method,
            "path": without_secrets(request.path),
            "status": response.status_code,
            "ms": round((time.monotonic() - began) * 1000),
            "address": request.META["REMOTE_ADDR"],
            "user": standing.user.pk if standing else None,
        }
        _log.info("request", extra=about)
        return response

    return middleware


def _address(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text.strip()))
    except ValueError:
        return ""
