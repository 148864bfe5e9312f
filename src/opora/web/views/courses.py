"""«Курсы»: who has to go to a course by when, what she lacks, and what is planned for her."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from opora.access.roles import SERVICE
from opora.access.seeing import Standing, visible_to
from opora.people.models import Organisation, Teaching
from opora.privacy.reading import log_reading
from opora.registry.models import State
from opora.web.courses import WORDS, Learner, Wanted, When, due, learners, needs
from opora.web.excel import excel_answer
from opora.web.forms import TitledChoice
from opora.web.gate import Request
from opora.web.layout.cells import Badge, Link, Noted
from opora.web.layout.table import SIZE, Column, Table
from opora.web.organisation.rights import INSIDE
from opora.web.organisation.staff import posts_of


class Filters(forms.Form):
    when = forms.ChoiceField(label="Трёхлетний срок", required=False, choices=[(one.value, WORDS[one]) for one in When])

    def __init__(self, given: Any, standing: Standing) -> None:
        super().__init__(given)
        rows = visible_to(standing, Organisation).filter(archived_at=None)
        own = [grant.organisation_id for grant in standing.grants if grant.organisation_id]
        if not standing.territories(SERVICE):
            rows = rows.filter(pk__in=own)
        there = rows.order_by("title")
        self.fields["organisation"] = TitledChoice(there, label="Организация", required=False, empty_label="все")
        lessons = visible_to(standing, Teaching).filter(State.holding(standing.on))
        subjects = lessons.order_by("subject").values_list("subject", flat=True).distinct()
        choices = [("", "любой"), *((one, one) for one in subjects)]
        self.fields["subject"] = forms.ChoiceField(label="Предмет", required=False, choices=choices)

    @property
    def wanted(self) -> Wanted:
        if not self.is_valid():
            return Wanted()
        found = self.cleaned_data
        organisation = found["organisation"].pk if found["organisation"] else None
        return Wanted(When(found["when"] or When.YEAR), organisation, found["subject"])


def courses(request: Request) -> HttpResponse:
    standing = request.standing.only(*INSIDE)
    filters = Filters(request.GET or None, standing)
    wanted = filters.wanted
    page = Paginator(due(standing, wanted), SIZE).get_page(request.GET.get("page"))
    shown = learners(standing, list(page.object_list), wanted)
    _log(request, shown, "курсы")
    table = Table(_columns(standing), shown, page=page)
    return render(request, "courses.html", {"table": table, "filters": filters, "wanted": wanted})


def courses_workbook(request: Request) -> HttpResponse:
    standing = request.standing.only(*INSIDE)
    wanted = Filters(request.GET or None, standing).wanted
    shown = learners(standing, due(standing, wanted), wanted)
    _log(request, shown, "курсы в Excel")
    return excel_answer("Курсы", _columns(standing, plain=True), shown)


def _log(request: Request, shown: list[Learner], what: str) -> None:
    people = {one.person.pk for one in shown}
    log_reading(people, by=request.standing.actor, what=what, own=request.user.person_id)


def _columns(standing: Standing, *, plain: bool = False) -> tuple[Column[Learner], ...]:
    """``plain``: days as days, for Excel."""
    on = standing.on

    def term(one: Learner) -> object:
        if one.term is None:
            return None if plain else Badge("не внесено", "plain")
        if one.term.ends is None:
            return "в отпуске"
        if plain:
            return one.term.ends
        badge = Badge(f"{one.term.ends:%d.%m.%Y}", "bad" if one.term.ends <= on else "warn")
        return badge if not one.term.maybe_later else Noted(str(badge), "или позже: отпуск без даты начала")

    return (
        Column("name", "Фамилия, имя, отчество", lambda one: Link(one.name, _card(one), posts_of(one.jobs)), head=True),
        Column("organisation", "Организация", _where),
        Column("subjects", "Предметы", lambda one: ", ".join(filter(None, one.subjects))),
        Column("last", "Последние курсы", lambda one: one.term.since if one.term else None),
        Column("ends", "Следующие до", term),
        Column("deficits", "Дефициты", lambda one: "; ".join(needs(one))),
        Column("offers", "Предложено", lambda one: "; ".join(one.offers)),
    )


def _card(one: Learner) -> str:
    return reverse("person", args=[one.person.pk])


def _where(one: Learner) -> str:
    return ", ".join(dict.fromkeys(job.organisation.title for job in one.jobs))
