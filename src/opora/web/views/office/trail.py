"""The trail: who changed what, a day at a time, or one row through all its time."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.apps import apps
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import render

from opora.access.models import Grant, Invitation, User
from opora.access.roles import Role
from opora.cycle.models import ProgrammeTerm, ProgrammeVersion
from opora.privacy.changes import Change, in_words
from opora.registry.batch.words import described
from opora.registry.models import Row
from opora.registry.scope import scope
from opora.web.actors import names_of
from opora.web.entries import NO_USER, Entry, Sought, day_after, day_before, entries, last_day, trailed_tables
from opora.web.forms import DayInput
from opora.web.gate import Request
from opora.web.views.office.territories import governed
from opora.web.views.office.users import users_of

SIZE = 50
_LAST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Line:
    """A change as the page tells it."""

    change: Change
    who: str
    count: int
    title: str
    """What row it was, if it is still there."""
    table: str
    """Its name, for an address."""


class TrailForm(forms.Form):
    day = forms.DateField(label="День", required=False, widget=DayInput)
    table = forms.ChoiceField(label="Таблица", required=False)
    actor = forms.ChoiceField(label="Кто", required=False)
    row = forms.IntegerField(required=False, min_value=1, max_value=_LAST_ID, widget=forms.HiddenInput)
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000, widget=forms.HiddenInput)

    def __init__(self, users: Collection[User], given: Any) -> None:
        super().__init__(given)
        choices: dict[str, list[tuple[str, str]]] = {
            "table": [("", "все"), *_tables()],
            "actor": [("", "все"), *((user.acting, user.full_name) for user in users), (NO_USER, "без входа в Опору")],
        }
        for name, told in choices.items():
            self.fields[name].choices = told  # type: ignore[attr-defined]


def trail(request: Request) -> HttpResponse:
    users = list(users_of(request.standing))
    with scope(governed(request.standing), request.standing.actor):
        form = TrailForm(users, request.GET)
        given = form.cleaned_data if form.is_valid() else {}
        table = given.get("table") or ""
        sought = Sought(
            [user.pk for user in users], given.get("day"), table, given.get("row") if table else None,
            given.get("actor") or "",
        )  # fmt: skip
        context = {"form": form} | _found(sought, given.get("page") or 1)
    return render(request, "office/trail.html", context)


def _found(sought: Sought, page: int) -> dict[str, Any]:
    """Of a row all its time; else one day, the last one if none is named."""
    day = sought.day or (None if sought.row else last_day(sought))
    asked = Sought(sought.users, day, sought.table, sought.row, sought.actor)
    found = entries(asked, limit=SIZE + 1, offset=(page - 1) * SIZE)
    lines = told(found[:SIZE])
    return {
        "day": day,
        "lines": lines,
        "row": sought.row,
        "title": next((line.title for line in lines if line.title), ""),
        "before": _address(asked, day=day_before(asked, day)) if day else "",
        "after": _address(asked, day=day_after(asked, day)) if day else "",
        "newer": _address(asked, day=day, page=page - 1) if page > 1 else "",
        "older": _address(asked, day=day, page=page + 1) if len(found) > SIZE else "",
    }


def told(found: Sequence[Entry]) -> list[Line]:
    """In the words of the trail, people and rows named: for who may see them all."""
    changes = in_words([entry.event for entry in found])
    names = names_of({change.who for change in changes})
    titles = _titles({(entry.event.table, entry.event.row) for entry in found if entry.count == 1})
    return [
        Line(
            change,
            names[change.who],
            entry.count,
            titles.get((entry.event.table, entry.event.row), "") if entry.count == 1 else "",
            entry.event.table,
        )
        for change, entry in zip(changes, found, strict=True)
    ]


def _address(sought: Sought, *, day: dt.date | None, page: int = 1) -> str:
    """Empty if there is no such day, and the list is not one row's."""
    if day is None and sought.row is None:
        return ""
    told = {"day": day and day.isoformat(), "table": sought.table, "row": sought.row, "actor": sought.actor}
    return "?" + urlencode(
        {name: value for name, value in told.items() if value} | ({"page": page} if page > 1 else {})
    )


def _tables() -> list[tuple[str, str]]:
    """Those that have a trail, by their titles."""
    models = [model for model in apps.get_models() if model._meta.db_table in trailed_tables()]
    titles = ((model._meta.db_table, str(model._meta.verbose_name_plural)) for model in models)
    return sorted(((name, title[:1].upper() + title[1:]) for name, title in titles), key=lambda each: each[1])


def _titles(rows: Collection[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """Of those that are there and seen; a query for each table."""
    ids: defaultdict[str, list[int]] = defaultdict(list)
    for table, pk in rows:
        ids[table].append(pk)
    found = {}
    for table, wanted in ids.items():
        model: Any = next(each for each in apps.get_models() if each._meta.db_table == table)
        about = _about(model)
        for row in model._default_manager.select_related(*about).filter(pk__in=wanted):
            found[table, row.pk] = ": ".join(
                filter(None, [*(_title(getattr(row, name)) for name in about), _title(row)])
            )
    return found


def _about(model: type[Model]) -> list[str]:
    """Fields that say whose a row is."""
    names = {field.name for field in model._meta.local_fields}
    return [name for name in ("person", "user") if name in names and model is not User]


def _title(row: Any) -> str:
    match row:
        case None:
            return ""
        case Row():
            return described(row)
        case User():
            return row.full_name
        case Grant():
            return Role(row.role).label
        case ProgrammeVersion():
            return f"{row.title}, редакция {row.number}"
        case ProgrammeTerm():
            return f"{row.key}, с {row.since:%d.%m.%Y}"
        case Invitation():
            return f"{row.full_name}, {Role(row.role).label}"
    return str(getattr(row, "title", ""))
