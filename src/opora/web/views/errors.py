"""What is told when something has failed in a way that no view has foreseen."""

from __future__ import annotations

import sys

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def failed(request: HttpRequest) -> HttpResponse:
    """500, or 503 while the database does not answer: then there is nothing to report, it is enough to wait."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "10"})
    return HttpResponse(render_to_string("500.html"), status=500)


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 where a form holds more text than is read."""
    if isinstance(exception, RequestDataTooBig):
        return HttpResponse(render_to_string("413.html"), status=413)
    return HttpResponse(render_to_string("400.html"), status=400)
