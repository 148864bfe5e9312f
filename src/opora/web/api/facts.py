"""Rows of the tables of the dataset: what the key's user sees in the lists, with the same names concealed."""

from __future__ import annotations

from typing import Annotated

from django.http import Http404
from ninja import Query, Router

from opora.access.models import Purpose
from opora.access.seeing import Standing
from opora.indicators.dataset.schema import Column
from opora.privacy.reading import log_reading
from opora.registry.batch.columns import value_of
from opora.web.api.door import Allows, Asking
from opora.web.api.told import Rows, Tag, ToldColumn, ToldRow, ToldTable, Trouble
from opora.web.lists.listing import LISTS, Listing

facts = Router(auth=Allows(Purpose.FACTS), tags=[Tag.FACTS])
_LARGEST_ID = 2**63 - 1
After = Annotated[int, Query(ge=0, le=_LARGEST_ID, description="Номер последней уже полученной строки")]
Limit = Annotated[int, Query(ge=1, le=1_000, description="Сколько строк за раз")]


@facts.get("/tables", response=list[ToldTable], summary="Таблицы, которые вам видны, и их столбцы")
def tables(request: Asking) -> list[ToldTable]:
    seen = [listing for listing in LISTS.values() if listing.seen_by(request.standing)]
    return [
        ToldTable(
            name=listing.name,
            title=listing.title,
            meaning=listing.meaning,
            columns=[_column(name, column) for name, column in _columns(listing, request.standing).items()],
        )
        for listing in seen
    ]


@facts.get(
    "/tables/{slug:name}/rows", response={200: Rows, 404: Trouble}, summary="Строки таблицы по порядку их номеров"
)
def rows(request: Asking, name: str, after: After = 0, limit: Limit = 200) -> Rows:
    standing, listing = request.standing, LISTS.get(name)
    if listing is None or not listing.seen_by(standing):
        raise Http404("Такой таблицы нет")
    found = list(listing.rows(standing).filter(pk__gt=after).order_by("pk")[: limit + 1])
    page = found[:limit]
    people = listing.shown(page, standing)
    log_reading(people, by=standing.actor, what=f"список «{listing.title}» для программы", own=request.user.person_id)
    columns = _columns(listing, standing)
    told = [
        ToldRow(id=row.pk, key=row.key, values={column: value_of(row, column) for column in columns}) for row in page
    ]
    return Rows(rows=told, next=page[-1].pk if len(found) > limit else None)


def _columns(listing: Listing, standing: Standing) -> dict[str, Column]:
    return {column.name: listing.told[column.name] for column in listing.columns(standing)}


def _column(name: str, column: Column) -> ToldColumn:
    return ToldColumn(
        name=name, title=column.title, kind=column.kind, refers_to=column.to or "", choices=dict(column.choices)
    )
