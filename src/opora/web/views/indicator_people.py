"""The people (or other things) behind a number, a page at a time: who is out, of whom it is not known, who is in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.urls import reverse

from opora.cycle.numbers import Opened
from opora.indicators.results import OpenedRow
from opora.papers import reading
from opora.privacy.reading import log_reading
from opora.web.forms import number_in
from opora.web.gate import Request
from opora.web.layout.cells import Link, Noted
from opora.web.layout.table import SIZE, Column, Table
from opora.web.number_rights import seen_of
from opora.web.rows.filling import Lack, lacks_of

WHO = {
    "out": ("Вне числа", Q(in_base=2, code=0)),
    "unknown": ("Неизвестно", Q(in_base=1) | Q(in_base=2, code=1)),
    "in": ("В числе", Q(in_base=2, code=2)),
}


_LOOKED_AT = 2_000
"""Of those of whom it is not known, so many are asked what they lack."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A row, and the card to which it leads."""

    row: OpenedRow
    person: int | None


@dataclass(frozen=True, slots=True)
class Choice:
    query: str
    words: str
    count: int | None
    here: bool


@dataclass(frozen=True, slots=True)
class People:
    words: str
    lack: str
    lists: list[Choice]
    """Of which to choose; one alone is no choice."""
    who: list[Choice]
    table: Table[Shown]
    lacks: list[Lack]
    """Of those of whom it is not known: what is missing, and where it is filled."""


def _called(shown: Shown) -> object:
    row = shown.row
    if shown.person is None:
        return Noted(row.title, row.detail)
    return Link(row.title, reverse("person", args=[shown.person]), row.detail)


_WHO = Column[Shown]("who", "Кто", _called, head=True)
_WHERE = Column[Shown]("organisation", "Организация", lambda one: one.row.organisation)
_FAILING = Column[Shown]("failing", "Что не выполнено", lambda one: "; ".join(reading.part_words(one.row.failed, 0)))
_MISSING = Column[Shown]("missing", "Чего не хватает", lambda one: "; ".join(reading.part_words(one.row.failed, 1)))
_COLUMNS = {
    "out": (_WHO, _WHERE, _FAILING),
    "unknown": (_WHO, _WHERE, _MISSING),
    "in": (_WHO, _WHERE),
}


def people_of(request: Request, opened: Opened, query: Callable[[int], str]) -> People | None:
    """None while the number was never opened, or where it has no list. Whose rows are shown, of those it is logged.

    ``query``: of a list, what the page that fills empty cells is told.
    """
    if opened.things is None or not opened.lists:
        return None
    number = min(number_in(request.GET.get("list", "0")) or 0, len(opened.lists) - 1)
    every = seen_of(opened.things, request.standing)
    of_list = every.filter(list=number)
    found = of_list.aggregate(**{name: Count("pk", filter=rule) for name, (_, rule) in WHO.items()})
    counts = Counter[str](found)
    asked = request.GET.get("who", "")
    who = asked if asked in WHO else next((name for name in WHO if counts[name]), "out")
    ordered = of_list.filter(WHO[who][1]).order_by("place")
    page = Paginator(ordered, SIZE).get_page(request.GET.get("page"))
    things = ordered[max(page.start_index() - 1, 0) : page.end_index()]
    seen = {thing.person for thing in things if thing.person is not None}
    log_reading(seen, by=request.standing.actor, what="список показателя", own=request.user.person_id)
    rows = [Shown(row, thing.person) for row, thing in zip(opened.rows(things), things, strict=True)]
    return People(
        opened.lists[number].words,
        opened.lists[number].lack,
        [Choice(f"list={place}", one.words, None, place == number) for place, one in enumerate(opened.lists)],
        [Choice(f"list={number}&who={name}", title, counts[name], name == who) for name, (title, _) in WHO.items()],
        Table(_COLUMNS[who], rows, page=page),
        lacks_of(opened.rows(ordered[:_LOOKED_AT]), request.standing, query(number)) if who == "unknown" else [],
    )
