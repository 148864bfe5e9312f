"""Tables for all: whatever was published, for whoever comes, without signing in; no filters and no opening."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from opora.cycle.domain.publishing import published
from opora.cycle.models import PublishedTable
from opora.papers.published import RULE, paper_of, write_published_workbook
from opora.registry.scope import Actor, scope
from opora.web.excel import workbook_answer

_OUTSIDER = Actor("посторонний")


def tables(request: HttpRequest) -> HttpResponse:
    with scope([], _OUTSIDER):
        found = list(published().defer("columns", "places"))
    return render(request, "tables.html", {"tables": found})


def table(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "table.html", {"pk": pk, "paper": paper_of(_found(pk)), "rule": RULE})


def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    paper = paper_of(_found(pk))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.xlsx"
        write_published_workbook(paper, path)
        content = path.read_bytes()
    return workbook_answer(paper.name, content)


def _found(pk: int) -> PublishedTable:
    with scope([], _OUTSIDER):
        found = published().filter(pk=pk).first()
    if found is None:
        raise Http404("Такой таблицы нет, или она снята")
    return found
