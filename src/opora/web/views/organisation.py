"""One organisation: its people, its numbers against the town, what it lacks; on one sheet, and beside others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from opora.access.keeping import kept_by
from opora.access.roles import SERVICE
from opora.access.seeing import Standing, visible_to
from opora.community.models import Association, InnovationSite, Project
from opora.cycle.models import ProgrammeVersion
from opora.cycle.numbers import day_of, in_force
from opora.papers import reading
from opora.people.models import Organisation, OrganisationStatus, Territory, Vacancy
from opora.privacy.reading import log_reading
from opora.records.models import Document, Recommendation, Visit
from opora.registry.models import State
from opora.web.excel import excel_answer
from opora.web.forms import number_in
from opora.web.gate import Request
from opora.web.layout.cells import Badge, Link, Noted
from opora.web.layout.chart import Bar, Chart, chart_of_bars
from opora.web.layout.table import SIZE, Column, Order, Table
from opora.web.number_cells import FigureCell
from opora.web.organisation.numbers import Line, Side, side_by_side, worst
from opora.web.organisation.rights import inside
from opora.web.organisation.staff import Worker, by_area, by_association, categories, staff_of

FEWEST, MOST = 2, 5
"""So many organisations are compared."""
LATEST = 5
"""Documents, visits and recommendations, of each so many, that the page tells."""
OF_A_SHEET = 8
"""Indicators, people or deficits in one list of the sheet."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An organisation, as its reader sees it."""

    organisation: Organisation
    inside: Standing | None
    workers: Sequence[Worker]


def organisation(request: Request, pk: int) -> HttpResponse:
    seen = _seen(request, pk, "список организации")
    found, standing = seen.organisation, request.standing
    versions = _numbered(standing, found)
    context: dict[str, Any] = _told(request, seen) | {
        "sites": visible_to(standing, InnovationSite)
        .filter(organisation=found)
        .filter(State.holding(standing.on))
        .order_by("pk"),
        "projects": visible_to(standing, Project)
        .filter(organisation=found)
        .filter(State.holding(standing.on))
        .order_by("pk"),
        "associations": visible_to(standing, Association)
        .filter(organisation=found)
        .filter(State.holding(standing.on))
        .order_by("title"),
        "compares": bool(versions),
        "keeps": kept_by(standing, Organisation).filter(pk=found.pk).exists(),
    }
    if seen.inside is not None:
        context |= _within(request, seen, seen.inside)
    if side := _side(request, [found], versions):
        context |= {"side": side, "numbers": _numbers_table(side.lines), "versions": versions}
    parts = {"brief": "Кратко"}
    if seen.inside is not None:
        parts["staff"] = f"Работники: {len(seen.workers)}"
    if side is not None:
        parts["numbers"] = f"Показатели: {len(side.lines)}"
    asked = request.GET.get("part", "")
    context |= {"parts": list(parts.items()), "part": asked if asked in parts else "brief"}
    return render(request, "organisation/page.html", context)


def organisation_workbook(request: Request, pk: int) -> HttpResponse:
    """The staff, for those who see it whole."""
    seen = _seen(request, pk, "список организации в Excel")
    if seen.inside is None:
        raise Http404("Список работников видят служба и сама организация")
    columns = _staff_columns(request.standing.on)
    return excel_answer(
        f"Работники. {seen.organisation.title}", columns, Order(request, columns, "name").of_rows(seen.workers)
    )


def organisation_sheet(request: Request, pk: int) -> HttpResponse:
    """One A4 before a visit."""
    seen = _seen(request, pk, "школа на листе")
    if seen.inside is None:
        raise Http404("Лист о школе печатают служба и сама организация")
    on, side = request.standing.on, _side(request, [seen.organisation], _numbered(request.standing, seen.organisation))
    due = [worker for worker in seen.workers if worker.educator and worker.course and worker.course.ends]
    late = sorted((worker for worker in due if _ends(worker) <= on), key=_ends)
    beginners = [worker for worker in seen.workers if worker.beginner(on)]
    return render(
        request,
        "organisation/sheet.html",
        _told(request, seen)
        | _within(request, seen, seen.inside)
        | {
            "behind": _numbers_table(worst(side.lines if side else ())[:OF_A_SHEET]),
            "numbers_on": day_of(side.version, on) if side else None,
            "late": late[:OF_A_SHEET],
            "late_more": len(late) - OF_A_SHEET,
            "beginners": beginners[:OF_A_SHEET],
            "beginners_more": len(beginners) - OF_A_SHEET,
            "needs": by_area(seen.workers)[:OF_A_SHEET],
        },
    )


def compare_organisations(request: Request) -> HttpResponse:
    """Any two to five organisations of a town on the same indicators."""
    here = visible_to(request.standing.only(*SERVICE), Organisation).filter(archived_at__isnull=True)
    asked = [number for text in request.GET.getlist("of") if (number := number_in(text)) is not None]
    chosen = sorted(here.filter(pk__in=asked).select_related("municipality"), key=lambda one: asked.index(one.pk))
    if len(chosen) != len(set(asked)):
        raise Http404("Такой организации нет")
    context: dict[str, Any] = {"chosen": chosen, "choices": _choices(here, chosen), "fault": _compare_fault(chosen)}
    if chosen and not context["fault"] and (side := _side(request, chosen, _numbered(request.standing, chosen[0]))):
        context |= {"side": side, "charts": [_chart(line, chosen) for line in side.lines]}
    return render(request, "organisation/compare.html", context)


def _seen(request: Request, pk: int, what: str) -> Seen:
    standing = request.standing
    found = get_object_or_404(visible_to(standing, Organisation).select_related("municipality"), pk=pk)
    within = inside(standing, found)
    workers = staff_of(within, found, standing.on) if within else []
    log_reading([one.person.pk for one in workers], by=standing.actor, what=what, own=request.user.person_id)
    return Seen(found, within, workers)


def _told(request: Request, seen: Seen) -> dict[str, Any]:
    found, standing = seen.organisation, request.standing
    statuses = visible_to(standing, OrganisationStatus).filter(organisation=found).filter(State.holding(standing.on))
    return {"organisation": found, "inside": seen.inside, "on": standing.on, "statuses": statuses.order_by("pk")}


def _within(request: Request, seen: Seen, standing: Standing) -> dict[str, Any]:
    found, on, workers = seen.organisation, standing.on, seen.workers
    visits = visible_to(standing, Visit).filter(organisation=found, archived_at__isnull=True)
    advice = visible_to(standing, Recommendation).filter(organisation=found, archived_at__isnull=True)
    documents = visible_to(standing, Document).filter(organisation=found, archived_at__isnull=True)
    educators = [worker for worker in workers if worker.educator]
    return {
        "visits": visits.order_by("-date", "-pk")[:LATEST],
        "advice": advice.order_by("-date", "-pk")[:LATEST],
        "documents": documents.order_by(F("dated").desc(nulls_last=True), "-pk")[:LATEST],
        "workers": workers,
        "educators": educators,
        "visiting": [worker for worker in workers if worker.visiting],
        "beginners": [worker for worker in workers if worker.beginner(on)],
        "categories": categories(workers),
        "needs": by_area(workers),
        "members": by_association(workers),
        "vacancies": visible_to(standing, Vacancy).filter(organisation=found).filter(State.holding(on)).order_by("pk"),
        "staff": _staff_table(request, workers, on),
    }


def _staff_table(request: Request, workers: Sequence[Worker], on: dt.date) -> Table[Worker]:
    columns = _staff_columns(on)
    order = Order(request, columns, "name")
    page = Paginator(order.of_rows(workers), SIZE).get_page(request.GET.get("page"))
    return Table(columns, page.object_list, order=order, page=page)


def _staff_columns(on: dt.date) -> tuple[Column[Worker], ...]:
    years = Column[Worker](
        "years", "Стаж, лет", lambda one: one.years(on), key=lambda one: one.years(on), align="right"
    )
    return (*STAFF[:-1], years, STAFF[-1])


def _ends(worker: Worker) -> dt.date:
    assert worker.course is not None
    assert worker.course.ends is not None
    return worker.course.ends


def _course(worker: Worker) -> object:
    """The day by which the next course is due."""
    term = worker.course
    if term is None:
        return None
    return Noted(f"{term.since:%d.%m.%Y}", f"следующие до {term.ends:%d.%m.%Y}" if term.ends else "в отпуске")


STAFF = (
    Column[Worker](
        "name",
        "Фамилия, имя, отчество",
        lambda one: Link(one.name, reverse("person", args=[one.person.pk])),
        key=lambda one: one.name,
        head=True,
    ),
    Column[Worker]("post", "Должность", lambda one: one.posts, key=lambda one: one.posts),
    Column[Worker](
        "subjects", "Предметы", lambda one: ", ".join(one.subjects), key=lambda one: ", ".join(one.subjects)
    ),
    Column[Worker](
        "category",
        "Аттестация",
        lambda one: one.category.get_category_display() if one.category else "",
        key=lambda one: one.category.category if one.category else None,
    ),
    Column[Worker]("course", "Последние курсы", _course, key=lambda one: one.course.since if one.course else None),
    Column[Worker](
        "deficits", "Дефицитов", lambda one: len(one.deficits) or None, key=lambda one: len(one.deficits), align="right"
    ),
)


def _badge(line: Line) -> Badge | str:
    if not line.behind:
        return ""
    return Badge("выше" if line.less_is_better else "ниже", "warn")


_NUMBERS = (
    Column[Line]("title", "Показатель", lambda one: Link(one.town.title, one.town.url, one.indicator.code), head=True),
    Column[Line]("here", "Здесь", lambda one: FigureCell(one.here[0]) if one.here[0] else "", align="right"),
    Column[Line]("town", "По муниципалитету", lambda one: FigureCell(one.town), align="right"),
    Column[Line]("target", "Цель", lambda one: one.town.target_words),
    Column[Line]("behind", "", _badge),
)


def _numbers_table(lines: Sequence[Line]) -> Table[Line]:
    return Table(_NUMBERS, lines)


def _numbered(standing: Standing, found: Organisation) -> list[ProgrammeVersion]:
    """Programmes of which she may see the numbers of single organisations: that takes the service."""
    seen = found.municipality_id in standing.territories(SERVICE)
    return in_force(found.municipality_id, standing.on) if seen else []


def _side(request: Request, organisations: Sequence[Organisation], versions: Sequence[ProgrammeVersion]) -> Side | None:
    if not versions:
        return None
    asked = number_in(request.GET.get("programme", ""))
    version = next((one for one in versions if one.pk == asked), versions[0])
    place = Territory.objects.get(pk=organisations[0].municipality_id)
    return side_by_side(version, place, organisations, request.standing.on)


def _choices(here: Any, chosen: Sequence[Organisation]) -> Any:
    """Of one town: another has another programme. Of several towns it is that of the first that is chosen; before
    that there is nothing to choose from here."""
    towns = {chosen[0].municipality_id} if chosen else {*here.values_list("municipality", flat=True)}
    return here.filter(municipality__in=towns).order_by("title") if len(towns) == 1 else here.none()


def _compare_fault(chosen: Sequence[Organisation]) -> str:
    if len({one.municipality_id for one in chosen}) > 1:
        return "Сравнить можно организации одного муниципалитета: у разных — разные программы."
    if chosen and not FEWEST <= len(chosen) <= MOST:
        return f"Выберите от {FEWEST} до {MOST} организаций, сейчас выбрано {len(chosen)}."
    return ""


def _chart(line: Line, chosen: Sequence[Organisation]) -> Chart:
    found = line.indicator
    pairs = zip(chosen, line.here, strict=True)
    bars = [Bar(one.title, figure.value) for one, figure in pairs if figure is not None]
    look, goal = reading.look(found), reading.group_goal(found)
    return chart_of_bars(f"{found.code}. {line.town.title}", bars, look, head="Организация", target=goal)
