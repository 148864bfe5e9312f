"""The guide: its pages, and the pictures in them."""

from __future__ import annotations

from mimetypes import guess_type

from django.http import Http404, HttpResponse
from django.shortcuts import render

from opora.web.gate import Request
from opora.web.guide.html import html_of
from opora.web.guide.texts import INDEX, REFERENCE, pictures, texts


def guide_contents(request: Request) -> HttpResponse:
    return guide(request, INDEX)


def guide(request: Request, name: str) -> HttpResponse:
    text = texts().get(name)
    if text is None:
        raise Http404("Такой страницы в руководстве нет")
    context = {
        "text": text,
        "html": html_of(name),
        "tasks": [one for one in texts().values() if one.name not in (INDEX, *REFERENCE)],
        "reference": [texts()[one] for one in REFERENCE],
    }
    return render(request, "guide/page.html", context)


def guide_picture(request: Request, name: str) -> HttpResponse:
    if name not in pictures():
        raise Http404("Такого рисунка в руководстве нет")
    return HttpResponse(pictures()[name].read_bytes(), guess_type(name)[0])
