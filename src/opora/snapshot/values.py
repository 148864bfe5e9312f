"""A programme's values from the registry: counted once, and kept until a fact changes that they were counted from."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property

import duckdb
from django.db import connection
from pydantic import TypeAdapter

from opora import __version__
from opora.indicators.engine.backends import DuckDB
from opora.indicators.engine.plan import Plan
from opora.indicators.periods import Period
from opora.indicators.results import ProgrammeResult
from opora.people.models import Territory
from opora.programmes.compute import Wish, calculator_for, compute_programme, context_of
from opora.programmes.model import Programme
from opora.programmes.reads import tables_read
from opora.registry.scope import Actor, scope
from opora.snapshot.kept import kept_snapshot
from opora.snapshot.models import KeptValues
from opora.snapshot.moments import Moment, changed_since
from opora.snapshot.territories import territory, with_all_inside

_MOST_PLANS = 64
_SHELF: dict[object, Plan] = {}


@dataclass(frozen=True, slots=True)
class Values:
    result: ProgrammeResult
    counted_at: dt.datetime
    stale: bool
    """A fact has changed since: newer ones are to be counted, and meanwhile these are shown with their time."""


@dataclass(frozen=True)
class Question:
    """Which values: nothing but the facts can change the answer."""

    programme: Programme
    municipality: str
    on: dt.date
    period: Period | None = None
    by: tuple[str, ...] = ("organisation", "subject")

    @cached_property
    def digest(self) -> str:
        told = (
            repr(self.programme),
            self.municipality,
            self.on,
            self.period,
            self.by,
            __version__,
            duckdb.__version__,
        )
        return hashlib.sha256(repr(told).encode()).hexdigest()


def kept_values(question: Question, actor: Actor) -> Values | None:
    """What was counted last, without counting; None if it never was."""
    with _scope_of(question, actor) as place:
        row = KeptValues.objects.filter(municipality=place, question=question.digest).first()
        if row is None:
            return None
        stale = not changed_since(Moment(row.era, row.seen)).isdisjoint(row.tables)
    return Values(_adapter().validate_python(row.result), row.counted_at, stale)


def fresh_values(question: Question, actor: Actor) -> Values:
    """Counted now, unless what is kept still holds. Who asks the same meanwhile waits, and gets the same answer."""
    with _one_at_a_time(question):
        kept = kept_values(question, actor)
        return _counted(question, actor) if kept is None or kept.stale else kept


def forget_values(before: dt.datetime) -> None:
    """Removes those that were counted before, of all territories."""
    with scope(Territory.objects.values_list("pk", flat=True), Actor("Опора")):
        KeptValues.objects.filter(counted_at__lt=before).delete()


def _counted(question: Question, actor: Actor) -> Values:
    dataset, then = kept_snapshot(question.municipality, question.on, actor)
    if len(_SHELF) > _MOST_PLANS:
        _SHELF.clear()
    wish = Wish(by=question.by, lists=())
    engine = DuckDB()
    try:
        result = compute_programme(
            question.programme, dataset, engine, question.on, period=question.period, wish=wish, shelf=_SHELF
        )
        calculator = calculator_for(question.programme, dataset, engine, _SHELF)
        context = context_of(question.programme, question.on, question.period)
        tables = tables_read(question.programme, calculator, context, wish, result)
    finally:
        engine.close()
    with _scope_of(question, actor) as place:
        row, _ = KeptValues.objects.update_or_create(
            municipality=place,
            question=question.digest,
            defaults={
                "result": _adapter().dump_python(result, mode="json"),
                "tables": sorted(tables),
                "era": then.era,
                "seen": then.seen,
                "counted_at": dt.datetime.now(dt.UTC),
            },
        )
    return Values(result, row.counted_at, stale=False)


@cache
def _adapter() -> TypeAdapter[ProgrammeResult]:
    return TypeAdapter(ProgrammeResult)


@contextmanager
def _scope_of(question: Question, actor: Actor) -> Iterator[Territory]:
    top = territory(question.municipality)
    with scope([each.pk for each in with_all_inside(top)], actor):
        yield top


@contextmanager
def _one_at_a_time(question: Question) -> Iterator[None]:
    """Of all the processes of the installation. The lock ends with the connection, if not before."""
    name = [f"opora values {question.digest}"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", name)
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", name)
