"""Tables for all: what would be shown, published once and for good, and withdrawn."""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from opora.cycle.models import PublishedTable
from opora.indicators.results import ProgrammeResult
from opora.people.models import Territory
from opora.privacy.outsiders import Earlier, OutsidersTable, outsiders_table
from opora.programmes.model import Programme
from opora.registry.scope import Actor
from opora.registry.verbs import Fault, Refused, sitting
from opora.snapshot.territories import with_all_above, with_all_inside

BY = ("organisation",)
"""The breakdown that a table is made of."""
APART = dt.timedelta(days=330)
"""Nearer than that a question is told once: reporting years end on one day, give or take a month."""


def table_to_publish(result: ProgrammeResult, programme: Programme, place: Territory) -> OutsidersTable:
    """What outsiders would see, beside all that they were ever told of these places. In a scope, even an empty one."""
    near = _around(place)
    earlier = PublishedTable.objects.filter(municipality__in=near)
    return outsiders_table(result, programme, earlier=[one for row in earlier for one in _told(row, place, result.on)])


def publish(result: ProgrammeResult, programme: Programme, place: Territory, *, by: Actor) -> PublishedTable:
    """The result must be counted by ``BY``. Refuses what would tell nothing new, or nothing at all."""
    with sitting(place.pk, by, "таблица для всех") as s:
        _one_at_a_time()
        table = table_to_publish(result, programme, place)
        for fault in faults_of(table, result):
            s.fault(None, "", fault.message, fault.mend)
        s.refuse_faults()
        return PublishedTable.objects.create(
            municipality_id=place.pk,
            place=place.title,
            programme=result.programme,
            title=result.title,
            on=result.on,
            period=result.period,
            synthetic=result.synthetic,
            columns=_columns(table),
            places=[{"place": row.place, "title": row.title} for row in table.rows],
            published_by=by.user,
        )


def withdraw(table: int, *, municipality: int, by: Actor) -> None:
    """It is shown no more. What was told was told: a later table is held against it all the same."""
    with sitting(municipality, by, "таблица снята"):
        shown = PublishedTable.objects.filter(pk=table, municipality=municipality, withdrawn_at__isnull=True)
        if not shown.update(withdrawn_at=timezone.now(), withdrawn_by=by.user):
            raise Refused((Fault(None, "", "Такой таблицы нет, или она уже снята", "Обновите страницу"),))


def published() -> QuerySet[PublishedTable]:
    """What anybody may read, the newest day first."""
    return PublishedTable.objects.filter(withdrawn_at__isnull=True).order_by("-on", "place", "title", "-pk")


def faults_of(table: OutsidersTable, result: ProgrammeResult) -> list[Fault]:
    """Why it is not published."""
    if result.with_faults:
        return [Fault(None, "", "Посчитано по данным с ошибками", "Исправьте данные и посчитайте заново")]
    if not table.codes and table.left_out:
        told = "Об этих показателях в этой территории или внутри неё уже рассказано на близкую дату"
        return [
            Fault(None, "", told, "Следующую таблицу публикуйте через год: две близкие можно вычесть одну из другой")
        ]
    if not any(cell for row in table.rows for cell in row.cells):
        return [Fault(None, "", "Показать нечего: все числа малы или выдают малые", "Выберите другую программу")]
    return []


def _told(row: PublishedTable, place: Territory, on: dt.date) -> list[Earlier]:
    forbids = row.municipality_id != place.pk or abs(row.on - on) < APART
    return [
        Earlier(
            frozenset(column["traits"]),
            {where: (n, total) for where, (n, total) in column["told"].items()},
            forbids,
        )
        for column in row.columns
    ]


def _columns(table: OutsidersTable) -> list[dict[str, object]]:
    """Without those in which every place is hidden."""
    found: list[dict[str, object]] = []
    for place, (code, title, traits) in enumerate(zip(table.codes, table.titles, table.traits, strict=True)):
        cells = ((row.place, row.cells[place]) for row in table.rows)
        told = {where: [cell.n, cell.total] for where, cell in cells if cell}
        if told:
            found.append({"code": code, "title": title, "traits": sorted(traits), "told": told})
    return found


def _around(place: Territory) -> list[int]:
    """Territories that share people with it: those above and those within."""
    return sorted({each.pk for each in (*with_all_above(place), *with_all_inside(place))})


def _one_at_a_time() -> None:
    """Of the whole installation: a region and its town must not publish past each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('opora published tables', 0))")
