"""A programme's values from the registry: an indicator is counted once, and again after a fact has changed from which
it was counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.db.models import JSONField, Q
from django.db.models.expressions import RawSQL
from pydantic import TypeAdapter

from opora.indicators.engine.backends import DuckDB
from opora.indicators.results import Breakdown, IndicatorResult, ProgrammeResult, Value
from opora.people.models import Territory
from opora.programmes.compute import Wish, compute_programme
from opora.programmes.reads import tables_read
from opora.registry.scope import Actor, scope
from opora.snapshot.kept import kept_snapshot
from opora.snapshot.models import KeptIndicator, KeptValues
from opora.snapshot.moments import moment
from opora.snapshot.questions import Question, changed_under, counted_once, keep, kept_row, scope_of, shelf

__all__ = ["Groups", "Question", "Values", "forget_opened", "forget_values", "fresh_values", "kept_values", "values_in"]

History = tuple[tuple[dt.date, Value], ...]


@dataclass(frozen=True, slots=True)
class Values:
    result: ProgrammeResult
    """With the indicators that were asked for."""
    counted: Mapping[str, dt.datetime]
    """By code: when the indicator was counted."""
    outdated: frozenset[str]
    """Codes of those of which a fact has changed since: newer ones are to be counted, and meanwhile these are shown
    with their time."""
    counted_at: dt.datetime
    """When any of them was counted last."""

    @property
    def stale(self) -> bool:
        return bool(self.outdated)


@dataclass(frozen=True, slots=True)
class Groups:
    """Of the breakdown ``by``, these groups alone: of a large town they are a hundredth of all."""

    by: str
    keys: tuple[str, ...]

    def read(self) -> RawSQL:
        """Cut out by the database, so that the rest is neither sent nor parsed."""
        return RawSQL(
            """(SELECT jsonb_agg(jsonb_set(split, '{groups}', coalesce(
                (SELECT jsonb_agg(one ORDER BY place) FROM jsonb_array_elements(split -> 'groups') WITH ORDINALITY
                    AS every(one, place) WHERE one ->> 'key' = ANY (%s)), '[]')))
                FROM jsonb_array_elements(kept_indicator.breakdowns) split WHERE split ->> 'by' = %s)""",
            (list(self.keys), self.by),
            output_field=JSONField(),
        )


def kept_values(question: Question, actor: Actor) -> Values | None:
    """What was counted last, without counting; None if it never was."""
    with scope_of(question, actor) as place:
        row = kept_row(question, place)
        return None if row is None else values_in(row)


def values_in(
    row: KeptValues, codes: Collection[str] | None = None, *, breakdowns: bool | Groups = True
) -> Values | None:
    """``codes``: only these indicators; without ``breakdowns`` nothing is read of them either. Within the scope of the
    question alone, or other municipalities' changes would count too."""
    if row.about is None or row.counted_at is None:
        return None
    indicators = row.indicators.all() if codes is None else row.indicators.filter(code__in=codes)
    if breakdowns is not True:
        indicators = indicators.defer("breakdowns")
    if isinstance(breakdowns, Groups):
        indicators = indicators.annotate(cut=breakdowns.read())
    found, changed = list(indicators), changed_under(row)
    result = _adapter(ProgrammeResult).validate_python(row.about)
    at_all = bool(changed and result.warnings)
    return Values(
        replace(
            result,
            indicators=tuple(_indicator(one, breakdowns) for one in found),
            history={one.code: history for one in found if (history := _adapter(History).validate_python(one.history))},
        ),
        {one.code: one.counted_at for one in found},
        frozenset(one.code for one in found if at_all or not changed.isdisjoint(one.tables)),
        row.counted_at,
    )


def fresh_values(question: Question, actor: Actor) -> Values:
    """Counted now, unless what is kept still holds. Who asks the same meanwhile waits, and gets the same answer."""
    with counted_once(question):
        with scope_of(question, actor):
            now = moment()  # before it is asked what has changed: what comes between is asked for twice, never missed
        kept = kept_values(question, actor)
        if kept is not None and not kept.stale:
            return kept
        codes = None if kept is None or 2 * len(kept.outdated) > len(kept.counted) else kept.outdated
        wish = Wish(by=question.by, lists=(), codes=codes)
        dataset, _ = kept_snapshot(question.municipality, question.on, actor)
        with closing(DuckDB()) as engine:
            result = compute_programme(
                question.programme, dataset, engine, question.on, period=question.period, wish=wish, shelf=shelf()
            )
        with scope_of(question, actor) as place:
            tables = tables_read(question.programme, wish)
            about = _adapter(ProgrammeResult).dump_python(replace(result, indicators=(), history={}), mode="json")
            row = keep(question, place, now, about)
            _keep_indicators(question, place, row, result, tables)
            values = values_in(row)
    assert values is not None
    return values


def forget_values(before: dt.datetime) -> None:
    """Removes those that were counted before, opened numbers too, of all territories."""
    with scope(Territory.objects.values_list("pk", flat=True), Actor("Опора")):
        KeptValues.objects.filter(Q(counted_at__lt=before) | Q(counted_at=None, asked_at__lt=before)).delete()


def forget_opened(before: dt.datetime) -> None:
    """Of these, the opened numbers alone."""
    with scope(Territory.objects.values_list("pk", flat=True), Actor("Опора")):
        KeptValues.objects.filter(counted_at__lt=before, about__has_key="lists").delete()


def _keep_indicators(
    question: Question,
    place: Territory,
    row: KeptValues,
    result: ProgrammeResult,
    tables: Mapping[str, frozenset[str]],
) -> None:
    order = {one.code: number for number, one in enumerate(question.programme.indicators)}
    assert row.counted_at is not None
    KeptIndicator.objects.bulk_create(
        [
            KeptIndicator(
                municipality=place,
                values=row,
                place=order[one.code],
                code=one.code,
                tables=sorted(tables[one.code]),
                counted_at=row.counted_at,
                number=_adapter(IndicatorResult).dump_python(replace(one, breakdowns=()), mode="json"),
                breakdowns=_adapter(tuple[Breakdown, ...]).dump_python(one.breakdowns, mode="json"),
                history=_adapter(History).dump_python(result.history.get(one.code, ()), mode="json"),
            )
            for one in result.indicators
        ],
        update_conflicts=True,
        unique_fields=["values", "code"],
        update_fields=["tables", "counted_at", "number", "breakdowns", "history"],
    )


def number_in(kept: KeptIndicator) -> IndicatorResult:
    """Without its breakdowns."""
    found: IndicatorResult = _adapter(IndicatorResult).validate_python(kept.number)
    return found


def _indicator(kept: KeptIndicator, breakdowns: bool | Groups) -> IndicatorResult:
    if not breakdowns:
        return number_in(kept)
    split: Any = kept.breakdowns if breakdowns is True else vars(kept)["cut"] or ()
    return replace(number_in(kept), breakdowns=_adapter(tuple[Breakdown, ...]).validate_python(split))


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
