"""The addresses of lists."""

from __future__ import annotations

from django.urls import path

from opora.access.roles import Role
from opora.web.gate import open_to
from opora.web.views.lists import list_of, list_workbook, lists, people

SEES_PEOPLE = tuple(role for role in Role if role not in (Role.EXPERT, Role.OBSERVER))

LISTS = [
    path("people/", open_to(*SEES_PEOPLE)(people), name="people"),
    path("lists/", open_to(*Role)(lists), name="lists"),
    path("lists/<slug:what>/", open_to(*Role)(list_of), name="list"),
    path("lists/<slug:what>/xlsx/", open_to(*Role)(list_workbook), name="list_workbook"),
]
