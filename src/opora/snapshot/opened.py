"""An indicator's number opened: who is in, who is out and what they lack; kept thing by thing, that a page can read the
few that it shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

from django.db.models import QuerySet
from pydantic import TypeAdapter

from opora.indicators.dataset.tables import TABLES
from opora.indicators.engine.backends import DuckDB
from opora.indicators.engine.dimensions import Counted, measures_of
from opora.indicators.engine.naming import owner_of
from opora.indicators.engine.opening import Opener
from opora.indicators.formula import bound as b
from opora.indicators.formula.words import sentence
from opora.indicators.results import OpenedRow
from opora.programmes.compute import Wish, bound_indicators, calculator_for, context_of
from opora.programmes.reads import tables_read
from opora.registry.scope import Actor
from opora.snapshot.kept import kept_snapshot
from opora.snapshot.models import KeptThing, KeptValues
from opora.snapshot.moments import Moment, moment
from opora.snapshot.named import called
from opora.snapshot.questions import Question, changed_under, counted_once, keep, kept_row, scope_of, shelf
from opora.snapshot.tables import places

_AT_ONCE = 5_000
_ROW: TypeAdapter[OpenedRow] = TypeAdapter(OpenedRow)


@dataclass(frozen=True, slots=True)
class OpenedList:
    """One of the counts that a formula is made of."""

    words: str
    """What is counted, as a Russian sentence."""
    table: str
    """Of the dataset: what its things are; «person» where people are counted once over several rows too."""
    lack: str
    """Why there may be more things than the list has, in Russian; empty where it is known to be complete."""


_LISTS: TypeAdapter[tuple[OpenedList, ...]] = TypeAdapter(tuple[OpenedList, ...])


@dataclass(frozen=True, slots=True)
class OpenedNumber:
    lists: tuple[OpenedList, ...]
    """None for what no record can know."""
    counted_at: dt.datetime
    stale: bool
    things: QuerySet[KeptThing]
    """Of all the lists, in order, unread: filter by ``list``, ``code`` (2 in, 1 unknown, 0 out), ``in_base`` and
    ``person``, cut a page out, and give each to ``shown``. To be read in the scope in which it was asked for."""


def shown(thing: KeptThing) -> OpenedRow:
    return _ROW.validate_python(thing.row)


def opened_in(row: KeptValues) -> OpenedNumber | None:
    """Within the scope of the question alone."""
    if row.about is None or row.counted_at is None:
        return None
    lists = _LISTS.validate_python(row.about["lists"])
    stale = not changed_under(row).isdisjoint(row.tables)
    return OpenedNumber(lists, row.counted_at, stale, KeptThing.objects.filter(values=row))


def fresh_lists(question: Question, actor: Actor) -> None:
    """Opened now, unless what is kept still holds."""
    with counted_once(question):
        with scope_of(question, actor) as place:
            now = moment()
            row = kept_row(question, place)
            kept = None if row is None else opened_in(row)
        if kept is None or kept.stale:
            _open(question, actor, now)


def _open(question: Question, actor: Actor, now: Moment) -> None:
    programme, code = question.programme, question.code
    dataset, _ = kept_snapshot(question.municipality, question.on, actor)
    formula = bound_indicators(programme, [code])[0].formula
    measures = list(dict.fromkeys(measures_of(formula)))
    with closing(DuckDB()) as engine:
        calculator = calculator_for(programme, dataset, engine, shelf())
        opener = Opener(calculator, context_of(programme, question.on, question.period))
        lists = [OpenedList(sentence(one), _what(one), opener.lack(one)) for one in measures]
        rows = [opener.rows(one) for one in measures]
    tables = tables_read(programme, Wish(by=(), codes=[code]))[code] | opener.planner.read
    with scope_of(question, actor) as place:
        row = keep(question, place, now, {"lists": _LISTS.dump_python(tuple(lists), mode="json")}, tables)
        row.things.all().delete()
        for number, (one, found) in enumerate(zip(lists, rows, strict=True)):
            KeptThing.objects.bulk_create(_things(row, number, found, _people(one.table)), _AT_ONCE)


def _what(measure: Counted) -> str:
    once = measure.once_per if isinstance(measure, b.ShareOf) else measure.function == "people"
    return "person" if once else measure.thing.table


def _things(
    row: KeptValues, number: int, found: Sequence[OpenedRow], people: Mapping[str, int | None]
) -> list[KeptThing]:
    return [
        KeptThing(
            municipality_id=row.municipality_id,
            values=row,
            list=number,
            place=place,
            code=one.code,
            in_base=one.in_base,
            key=one.key,
            person=people.get(one.key),
            row=_ROW.dump_python(one, mode="json", exclude_defaults=True),  # JSON knows no infinite distance
        )
        for place, one in enumerate(found)
    ]


def _people(table: str) -> dict[str, int | None]:
    """Whom the rows of a table of the scope are about, by their keys in a snapshot (``take``)."""
    owner = owner_of(TABLES[table])
    if table not in places() or (table != "person" and owner is None):
        return {}
    where = "pk" if owner is None else next(n for n, one in places()[table].columns.items() if one.name == owner.name)
    rows = places()[table].model.objects.filter(archived_at__isnull=True).values_list("key", "municipality__key", where)
    names = called([(key, town) for key, town, _ in rows])
    return {name: person for name, (_, _, person) in zip(names, rows, strict=True)}
