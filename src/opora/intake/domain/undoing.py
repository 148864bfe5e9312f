"""A committed batch is taken back as a whole, as long as nothing newer depends on it."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from opora.indicators.dataset.cells import Value
from opora.indicators.dataset.schema import Column, Kind
from opora.intake.models import Busy, IntakeBatch, IntakeLine, State
from opora.registry.batch.references import Reference, all_territories, living, references_to
from opora.registry.batch.words import described, shown
from opora.registry.models import Row
from opora.registry.protection import without_folded
from opora.registry.scope import Actor, scope
from opora.registry.verbs import Fault, Refused, Sitting, hold_off_loads, sitting
from opora.snapshot.copying import names, quoted
from opora.snapshot.refusals import conflicts
from opora.snapshot.tables import Place, places

Json = dict[str, Any]
_NOT_COMMITTED = "Отменить можно только внесённый приём"
_MEND = "Сначала верните прежнее там, или оставьте приём как есть"
_APART = frozenset({"source_id", "archived_at"})
"""What later work changes in a row beside its facts."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a batch has done to one row."""

    line: int
    """Number of the first line that did it."""
    pk: int
    before: Json | None
    """None: the row was new."""
    after: Json
    now: Json

    @property
    def changed(self) -> list[str]:
        """Columns that it wrote."""
        before, new = self.before or {}, self.before is None
        return [name for name, value in self.after.items() if name not in _APART and (new or before[name] != value)]


def undo(batch: int, *, municipality: int, by: Actor) -> None:
    """New rows go to the archive, changed ones become what they were. Raises ``Refused`` with all that has come to
    depend on the batch, and then nothing is undone. What was destroyed meanwhile stays so."""
    with sitting(municipality, by, "отмена приёма сведений") as s:
        hold_off_loads([municipality])
        kept = IntakeBatch.objects.select_for_update().get(pk=batch)
        if kept.state != State.COMMITTED:
            raise Refused((Fault(None, "", _NOT_COMMITTED, "Обновите страницу"),))
        done = {place.name: list(_done(kept, place)) for place in reversed(list(places().values()))}
        for name, rows in done.items():
            _refuse_newer(s, places()[name], rows)
        _refuse_referred(s, done)
        s.refuse_faults()
        for name, rows in done.items():
            _write(places()[name], rows)
        _refuse_conflicts(municipality)
        kept.state, kept.busy, kept.refused = State.UNDONE, Busy.NO, []
        kept.undone_at, kept.undone_by = timezone.now(), by.user
        kept.save()


def _done(batch: IntakeBatch, place: Place) -> Iterator[Done]:
    """Each row once, however many lines have changed it: all remember the same. What was destroyed is not there."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT min(l.number), t.id, l.before, l.after, {without_folded('t')} FROM intake_line l "
            f"JOIN {quoted(place.name)} t ON t.id = l.row_id "
            "WHERE l.batch_id = %s AND l.table_name = %s AND l.after IS NOT NULL "
            "GROUP BY t.id, l.before, l.after ORDER BY 1",
            [batch.pk, place.name],
        )
        for number, pk, before, after, now in cursor.fetchall():
            told = (json.loads(each) if isinstance(each, str) else each for each in (before, after, now))
            yield Done(number, pk, *told)


def _refuse_newer(sitting: Sitting, place: Place, rows: list[Done]) -> None:
    faulty = set()
    for row in rows:
        told = _later(place, row)
        if told:
            sitting.fault(row.line, "", f"{place.table.words.one}: после приёма {'; '.join(told)}", _MEND)
            faulty.add(row.pk)
    _refuse_dangling(sitting, place, [row for row in rows if row.before and row.pk not in faulty])


def _later(place: Place, row: Done) -> list[str]:
    """What was done to the row since, of what the batch wrote in it."""
    if row.before is None and row.now["archived_at"] is not None:
        return ["убрали в архив"]
    names = (name for name in row.changed if row.now.get(name) != row.after[name])
    return [_value_told(place, name, row) for name in names if name in place.columns]


def _value_told(place: Place, name: str, row: Done) -> str:
    column = place.columns[name]
    return f"изменили «{column.title}»" + (
        "" if column.to else f": теперь {shown(column, _value(column, row.now[name]))}"
    )


def _value(column: Column, told: Any) -> Value:
    """PostgreSQL tells dates as texts."""
    return dt.date.fromisoformat(told) if column.kind is Kind.DATE and told is not None else told


def _refuse_dangling(sitting: Sitting, place: Place, rows: list[Done]) -> None:
    """What rows referred to may have gone to the archive meanwhile."""
    for name, column in place.refs.items():
        was = {row.line: row.before[name] for row in rows if row.before and name in row.changed and row.before[name]}
        there = living(places()[column.to].model, was.values())
        for line in (line for line, pk in was.items() if pk not in there):
            message = f"{place.table.words.one}: то, на что ссылалось «{column.title}» до приёма, теперь в архиве"
            sitting.fault(line, "", message, "Сначала верните это из архива")


# ── what refers to new rows ─────────────────────────────────────────────────────────────────────────────────────────


def _refuse_referred(sitting: Sitting, done: Mapping[str, list[Done]]) -> None:
    """What was entered later and refers to a row that was new: of whatever territory, and not facts alone."""
    for name, rows in done.items():
        lines = {row.pk: row.line for row in rows if row.before is None}
        references = [each for each in references_to(places()[name].model) if each.model is not IntakeLine]
        for reference in references if lines else ():
            ours = _taken_back(reference, done.get(reference.table, []))
            for pk, referring in _referring(reference, list(lines), ours, sitting.by).items():
                words = _examples(reference, referring)
                message = f"{places()[name].table.words.one}: на строку уже ссылаются — {reference.title}{words}"
                sitting.fault(lines[pk], "", message, "Сначала исправьте их или перенесите в архив")


def _taken_back(reference: Reference, rows: list[Done]) -> set[int]:
    """Rows that will not refer to it any more: new ones, and those that the batch made refer to it."""
    return {row.pk for row in rows if row.before is None or reference.column in row.changed}


def _referring(reference: Reference, ids: list[int], ours: Collection[int], by: Actor) -> dict[int, list[int]]:
    """Living rows apart from ours, by what they refer to."""
    living_only = "AND archived_at IS NULL" if issubclass(reference.model, Row) else ""
    key = quoted(str(reference.model._meta.pk.column))
    found: defaultdict[int, list[int]] = defaultdict(list)
    with scope(all_territories(), by), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {quoted(reference.column)}, {key} FROM {quoted(reference.table)} "
            f"WHERE {quoted(reference.column)} = ANY (%s::bigint[]) {living_only} ORDER BY 2",
            [ids],
        )
        for pk, row in cursor.fetchall():
            if row not in ours:
                found[pk].append(row)
    return found


def _examples(reference: Reference, ids: list[int]) -> str:
    """Of what others have entered, no more is told than that it is there."""
    model: type[Model] = reference.model
    if not issubclass(model, Row):
        return ""
    rows = model._default_manager.filter(pk__in=ids[:3]).order_by("pk")
    told = "; ".join(described(row) for row in rows)
    return f": {told}" + (f" и ещё {len(ids) - 3}" if len(ids) > 3 else "") if told else ": есть у других территорий"


# ── taking back ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _write(place: Place, rows: list[Done]) -> None:
    new = [row.pk for row in rows if row.before is None]
    changed = [row for row in rows if row.before is not None]
    with connection.cursor() as cursor:
        if changed:
            _restore(place, changed)
        if new:
            cursor.execute(f"UPDATE {quoted(place.name)} SET archived_at = now() WHERE id = ANY (%s)", [new])


def _restore(place: Place, rows: list[Done]) -> None:
    """What the batch changed; what was changed beside it stays."""
    columns = [*place.columns, "source_id"]
    listed, taken = names(columns), ", ".join(f"r.{quoted(name)}" for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {quoted(place.name)} t SET ({listed}) = "
            f"(SELECT {taken} FROM jsonb_populate_record(t, u.was::jsonb) r) "
            "FROM unnest(%s::bigint[], %s::text[]) u (id, was) WHERE t.id = u.id",
            [[row.pk for row in rows], [json.dumps(_was(row)) for row in rows]],
        )


def _was(row: Done) -> Json:
    assert row.before is not None
    kept = {name: row.before.get(name) for name in row.changed}
    same_source = row.now["source_id"] == row.after["source_id"]
    return kept | ({"source_id": row.before["source_id"]} if same_source else {})


def _refuse_conflicts(municipality: int) -> None:
    faults = conflicts({}, (municipality,))
    if faults:
        raise Refused(tuple(Fault(None, "", str(each), "") for each in faults))
