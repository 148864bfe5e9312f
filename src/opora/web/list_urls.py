"""The addresses of lists."""

from __future__ import annotations

from django.urls import path

from opora.access.keeping import KEEPS
from opora.access.roles import Role
from opora.web.gate import open_to
from opora.web.views.filling import fill_column, fill_rows
from opora.web.views.lists import list_csv, list_of, list_parquet, list_workbook, lists, people
from opora.web.views.row_new import new_row
from opora.web.views.row_set import set_rows
from opora.web.views.row_sheet import new_rows
from opora.web.views.rows import choose, row
from opora.web.views.selections import new_selection, selections

SEES_PEOPLE = tuple(role for role in Role if role not in (Role.EXPERT, Role.OBSERVER))

LISTS = [
    path("people/", open_to(*SEES_PEOPLE)(people), name="people"),
    path("lists/", open_to(*Role)(lists), name="lists"),
    path("lists/saved/", open_to(*Role)(selections), name="selections"),
    path("lists/<slug:what>/save/", open_to(*Role)(new_selection), name="selection_new"),
    path("lists/<slug:what>/", open_to(*Role)(list_of), name="list"),
    path("lists/<slug:what>/new/", open_to(*KEEPS)(new_row), name="row_new"),
    path("lists/<slug:what>/many/", open_to(*KEEPS)(new_rows), name="row_many"),
    path("lists/<slug:what>/set/<slug:field>/", open_to(*KEEPS)(set_rows), name="row_set"),
    path("lists/<slug:what>/choose/<slug:field>/", open_to(*KEEPS)(choose), name="row_choose"),
    path("lists/<slug:what>/fill/", open_to(*KEEPS)(fill_column), name="row_filled"),
    path("lists/<slug:what>/fill/<slug:field>/", open_to(*KEEPS)(fill_rows), name="row_fill"),
    path("lists/<slug:what>/<int:pk>/", open_to(*Role)(row), name="row"),
    path("lists/<slug:what>/xlsx/", open_to(*Role)(list_workbook), name="list_workbook"),
    path("lists/<slug:what>/csv/", open_to(*Role)(list_csv), name="list_csv"),
    path("lists/<slug:what>/parquet/", open_to(*Role)(list_parquet), name="list_parquet"),
]
