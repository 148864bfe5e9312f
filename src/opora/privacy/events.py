"""Which records of the trail concern a person: of a row that was hers for a time, those of that time."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.backends.utils import CursorWrapper

from opora.people.models import Person
from opora.privacy.concerns import about_people, parts, person_columns

Rows = dict[tuple[str, int], dict[str, Any]]
"""By table and id: the columns that name people, with what they hold now."""


@dataclass(frozen=True, slots=True)
class Event:
    """A record of the trail."""

    id: int
    at: dt.datetime
    table: str
    row: int
    action: str
    actor: Mapping[str, str] | None
    role: str
    changes: Mapping[str, Any] | None


def events_of(cards: Collection[int], cursor: CursorWrapper) -> list[Event]:
    """Oldest first, as far as the cursor's scope goes. ``cards`` are all the ids of one person."""
    rows = _rows_that_are_hers(cards, cursor)
    rows |= {row: {} for row in _rows_that_were(cards, cursor) if row not in rows}
    told: defaultdict[tuple[str, int], list[Event]] = defaultdict(list)
    for event in _events(rows, cursor):
        told[event.table, event.row].append(event)
    found = [event for row, events in told.items() for event in _hers(events, rows[row], cards)]
    return sorted(found, key=lambda event: event.id)


def _rows_that_are_hers(cards: Collection[int], cursor: CursorWrapper) -> Rows:
    rows: Rows = {(Person._meta.db_table, card): {"id": card} for card in cards}
    for each in about_people():
        columns = sorted(person_columns(each.table))
        told = ", ".join(f'"{name}"' for name in columns)
        cursor.execute(f'SELECT id, {told} FROM "{each.table}" WHERE "{each.column}" = ANY (%s)', [[*cards]])
        for pk, *values in cursor.fetchall():
            rows[each.table, pk] = dict(zip(columns, values, strict=True))
    for part, whole in parts():
        cursor.execute(
            f'SELECT id FROM "{part.table}" WHERE "{part.column}" IN '
            f'(SELECT id FROM "{whole.table}" WHERE "{whole.column}" = ANY (%s))',
            [[*cards]],
        )
        rows |= {(part.table, pk): {} for (pk,) in cursor.fetchall()}
    return rows


def _rows_that_were(cards: Collection[int], cursor: CursorWrapper) -> Iterator[tuple[str, int]]:
    """Rows that were deleted, or have come to name somebody else: the trail's own words tell it. Of the parts of a
    deleted row too."""
    owned = [(table, column) for table in sorted(_tables()) for column in sorted(person_columns(table))]
    wanted = [f'{{"{column}": {told}}}' for _, column in owned for card in cards for told in (card, f"[{card}]")]
    cursor.execute(
        "SELECT DISTINCT table_name, row_id FROM trail WHERE changes @> ANY (%s::jsonb[]) AND table_name = ANY (%s)",
        [sorted(set(wanted)), sorted(_tables())],
    )
    found = cursor.fetchall()
    yield from found
    for part, whole in parts():
        wholes = [pk for table, pk in found if table == whole.table]
        wanted = [f'{{"{part.column}": {told}}}' for pk in wholes for told in (pk, f"[{pk}]")]
        cursor.execute(
            "SELECT DISTINCT table_name, row_id FROM trail WHERE changes @> ANY (%s::jsonb[]) AND table_name = %s",
            [wanted, part.table],
        )
        yield from cursor.fetchall()


def _tables() -> set[str]:
    return {each.table for each in about_people()}


def _events(rows: Iterable[tuple[str, int]], cursor: CursorWrapper) -> list[Event]:
    tables, ids = zip(*rows, strict=True) if rows else ((), ())
    cursor.execute(
        "SELECT t.id, t.at, t.table_name, t.row_id, t.action, t.actor::text, t.database_role, t.changes::text "
        "FROM trail t JOIN unnest(%s::text[], %s::bigint[]) AS r (table_name, row_id) USING (table_name, row_id) "
        "ORDER BY t.id",
        [list(tables), list(ids)],
    )
    return [
        Event(pk, at, table, row, action, _json(actor), role, _json(changes))
        for pk, at, table, row, action, actor, role, changes in cursor.fetchall()
    ]


def _json(text: str | None) -> Any:
    return None if text is None else json.loads(text)


def _hers(events: Sequence[Event], now: Mapping[str, Any], cards: Collection[int]) -> Iterator[Event]:
    """Those before or after which the row named her: told backwards from what it names now. Parts are hers always."""
    columns = person_columns(events[0].table)
    named = dict(now)
    for event in reversed(events):
        after = set(named.values())
        if event.action == "insert":
            named = {}
        for column in columns & (event.changes or {}).keys():
            value = (event.changes or {})[column]
            named[column] = value[0] if event.action == "update" else value
        if not columns or not (after | set(named.values())).isdisjoint(cards):
            yield event
