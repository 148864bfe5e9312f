"""The addresses of the search and of the guide: for everybody who has signed in."""

from __future__ import annotations

from django.urls import path

from opora.web.gate import signed_in
from opora.web.views.guide import guide, guide_contents, guide_picture
from opora.web.views.search import search

FINDING = [
    path("search/", signed_in(search), name="search"),
    path("guide/", signed_in(guide_contents), name="guide_contents"),
    path("guide/<slug:name>/", signed_in(guide), name="guide"),
    path("guide/pictures/<str:name>", signed_in(guide_picture), name="guide_picture"),
]
