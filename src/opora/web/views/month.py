"""«Месяц»: what is due this month."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from opora.access.seeing import Standing, visible_to
from opora.community.models import Event
from opora.cycle.models import ProgrammeVersion
from opora.cycle.numbers import in_force_in
from opora.learning.expiry import Term
from opora.people.models import Person, Territory
from opora.privacy.reading import log_reading
from opora.registry.batch.words import described
from opora.web.gate import Request
from opora.web.layout.cells import Link, Noted
from opora.web.layout.table import SIZE, Column, Table, table_of
from opora.web.month import CLOCKS, expiring, measures, month_in
from opora.web.organisation.rights import INSIDE

_EVENTS = (
    Column[Event]("title", "Мероприятие", lambda one: Noted(one.title, one.topic or ""), sort=("title",), head=True),
    Column[Event]("date", "Когда", lambda one: one.date, sort=("date",)),
    Column[Event]("kind", "Вид", lambda one: one.get_kind_display(), sort=("kind",)),
    Column[Event]("level", "Уровень", lambda one: one.get_level_display() if one.level else "", sort=("level",)),
    Column[Event]("organisation", "Где", lambda one: one.organisation.title if one.organisation else ""),
)


_PARTS = {"measures": "По плану", "terms": "Истекает", "events": "Мероприятия"}


def month(request: Request) -> HttpResponse:
    standing = request.standing.only(*INSIDE)
    asked = month_in(request.GET.get("month", ""), standing.on)
    plans = measures(_versions(standing), asked)
    terms = expiring(standing, asked)
    events = visible_to(standing, Event).filter(
        date__gte=asked.first, date__lt=asked.next.first, archived_at__isnull=True
    )
    counts = {"measures": sum(len(due) for _, due in plans), "terms": len(terms), "events": events.count()}
    asked_part = request.GET.get("part", "")
    # What is empty is not shown first.
    part = asked_part if asked_part in counts else next((name for name in counts if counts[name]), "measures")
    parts = [(name, f"{_PARTS[name]}: {count}") for name, count in counts.items()]
    context = {"month": asked, "parts": parts, "part": part, "plans": plans}
    if part == "terms":
        context["table"] = _terms(request, terms)
    elif part == "events":
        context["table"] = table_of(request, events.select_related("organisation"), _EVENTS, default="date")
    return render(request, "month.html", context)


def _versions(standing: Standing) -> Sequence[ProgrammeVersion]:
    """In force in her municipalities, each once."""
    held = Territory.objects.filter(pk__in=standing.territories(), kind="municipality").values_list("pk", flat=True)
    found = in_force_in(list(held), standing.on)
    return list({version.pk: version for versions in found.values() for version in versions}.values())


def _terms(request: Request, terms: Sequence[Term]) -> Table[Term]:
    """Names are read of those alone who are shown, and that is logged."""
    page = Paginator(terms, SIZE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    people = Person.objects.in_bulk({term.person for term in shown})
    log_reading(set(people), by=request.standing.actor, what="сроки месяца", own=request.user.person_id)

    def called(term: Term) -> Link:
        return Link(described(people[term.person]), reverse("person", args=[term.person]))

    columns = (
        Column[Term]("person", "Кто", called, head=True),
        Column[Term]("ends", "Когда", lambda term: term.ends),
        Column[Term]("what", "Что", lambda term: Noted(CLOCKS[term.clock], _more(term))),
        Column[Term]("since", "С какого дня", lambda term: term.since),
    )
    return Table(columns, shown, page=page)


def _more(term: Term) -> str:
    return " · ".join(filter(None, [term.words, "или позже: отпуск без даты начала" if term.maybe_later else ""]))
