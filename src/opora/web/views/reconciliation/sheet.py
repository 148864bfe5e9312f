"""One organisation: form, ours and the difference of every cell, a part of the section at a time; and its cells."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from opora.access.seeing import Standing, visible_to
from opora.cycle.oo1.counting import FAULTS, Behind, behind, counts_of
from opora.cycle.oo1.lines import BOX, LINE, LINES, PART, PARTS, Box, Line, Part, day_of
from opora.cycle.oo1.stating import stated
from opora.indicators.dataset.tables.choices import POST
from opora.people.models import Person
from opora.privacy.reading import log_reading
from opora.registry.batch.words import described
from opora.web.gate import Request
from opora.web.layout.cells import Link
from opora.web.layout.table import SIZE, Column, Table
from opora.web.views.reconciliation.reach import organisation_of


@dataclass(frozen=True, slots=True)
class Cell:
    box: Box
    url: str
    form: int | None
    ours: int

    @property
    def difference(self) -> int | None:
        """Ours without the form's; None where the form's is not stated."""
        return None if self.form is None else self.ours - self.form


@dataclass(frozen=True, slots=True)
class Row:
    line: Line
    cells: list[Cell]


def part_asked(request: Request) -> Part:
    return PART.get(request.GET.get("part", ""), PARTS[0])


def sheet(request: Request, pk: int, year: int) -> HttpResponse:
    one = organisation_of(request.standing, pk, year)
    part = part_asked(request)
    ours, form = counts_of([pk], year)[pk], stated([pk], year)[pk]
    rows = [
        Row(line, [Cell(box, _url(pk, year, line, box), form.get(at), ours.get(at, 0)) for box in part.boxes
                   for at in [(line.code, box.code)]])
        for line in LINES
    ]  # fmt: skip
    context = {
        "organisation": one,
        "year": year,
        "on": day_of(year),
        "part": part,
        "parts": PARTS,
        "rows": [row for row in rows if any(cell.ours or cell.form is not None for cell in row.cells)],
        "stated": bool(form),
        "differing": sum(value != ours.get(cell, 0) for cell, value in form.items()),
    }
    return render(request, "reconciliation/sheet.html", context)


def _url(pk: int, year: int, line: Line, box: Box) -> str:
    return reverse("reconciliation_cell", args=[pk, year, line.code, box.code])


@dataclass(frozen=True, slots=True)
class Named:
    person: Person
    behind: Behind


_WHO = Column[Named](
    "who", "Кто", lambda one: Link(described(one.person), reverse("person", args=[one.person.pk])), head=True
)
_POST = Column[Named]("post", "Должность", lambda one: POST[one.behind.post])
_WHY = Column[Named]("why", "Чего не хватает", lambda one: FAULTS[one.behind.fault])


def cell(request: Request, pk: int, year: int, line: str, box: str) -> HttpResponse:
    one = organisation_of(request.standing, pk, year)
    if line not in LINE or box not in BOX:
        raise Http404("Такой клетки в форме нет")
    people = behind(pk, year, LINE[line], BOX[box])
    counted = [each for each in people if not each.fault]
    left_out = [each for each in people if each.fault]
    form = stated([pk], year)[pk].get((line, box))
    which = "out" if request.GET.get("who") == "out" or (not counted and left_out) else "in"
    named = _named(request.standing, left_out if which == "out" else counted)
    page = Paginator(named, SIZE).get_page(request.GET.get("page"))
    own = request.user.person_id
    log_reading(
        (each.person.pk for each in page.object_list), by=request.standing.actor, what="сверка с формой ОО-1", own=own
    )
    context = {
        "organisation": one,
        "year": year,
        "on": day_of(year),
        "line": LINE[line],
        "box": BOX[box],
        "part": next(part for part in PARTS if BOX[box] in part.boxes),
        "cell": Cell(BOX[box], "", form, len(counted)),
        "left_out": len(left_out),
        "which": which,
        "unseen": len(left_out if which == "out" else counted) - len(named),
        "table": Table((_WHO, _POST, _WHY) if which == "out" else (_WHO, _POST), page.object_list, page=page),
    }
    return render(request, "reconciliation/cell.html", context)


def _named(standing: Standing, people: list[Behind]) -> list[Named]:
    """Those whose cards the reader may see: a coordinator does not see those who no longer work with her."""
    seen = visible_to(standing, Person).filter(pk__in=[each.person for each in people])
    facts = {each.person: each for each in people}
    found = sorted(seen, key=lambda person: (described(person), person.pk))
    return [Named(person, facts[person.pk]) for person in found]
