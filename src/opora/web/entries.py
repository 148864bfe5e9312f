"""The trail as somebody looks through it: a day, a table, whoever acted, one row."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection
from django.utils import timezone

from opora.access.models import User
from opora.access.models.user import ACTING
from opora.people.models import Territory
from opora.privacy.events import Event
from opora.registry.models import Source
from opora.registry.scope import require_scope

NO_USER = "не пользователь"
"""Of ``Sought.actor``: the command line, an invitation, a link, whoever worked past Opora."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for. Of what belongs to no territory only territories themselves and ``users`` are told."""

    users: Collection[int]
    """Ids of those whose accounts the reader keeps."""
    day: dt.date | None = None
    table: str = ""
    row: int | None = None
    actor: str = ""
    """As ``Actor`` calls her, or ``NO_USER``."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A change; or all the rows that one sitting added to a table, by the last of them."""

    event: Event
    count: int


def entries(sought: Sought, *, limit: int, offset: int = 0) -> list[Entry]:
    """Newest first, as far as the scope goes."""
    condition, values = _condition(sought)
    return [
        Entry(Event(last, at, table, row, action, _json(actor), role, _json(changes)), count)
        for last, at, table, row, action, actor, role, changes, count in _asked(
            "SELECT t.id, t.at, t.table_name, t.row_id, t.action, t.actor::text, t.database_role, t.changes::text, n "
            "FROM trail t JOIN (SELECT max(id) AS id, count(*) AS n FROM trail "
            f"WHERE {condition} GROUP BY at, table_name, actor, database_role, "
            "CASE WHEN action = 'insert' THEN 0 ELSE id END "
            "ORDER BY max(id) DESC LIMIT %(limit)s OFFSET %(offset)s) last USING (id) ORDER BY t.id DESC",
            values | {"limit": limit, "offset": offset},
        )
    ]


def last_day(sought: Sought) -> dt.date | None:
    """On which anything of this happened; ``sought.day`` is not asked."""
    return _day_of(sought, "true", "DESC", {})


def day_before(sought: Sought, day: dt.date) -> dt.date | None:
    return _day_of(sought, "at < %(start)s", "DESC", {"start": _midnight(day)})


def day_after(sought: Sought, day: dt.date) -> dt.date | None:
    return _day_of(sought, "at >= %(end)s", "ASC", {"end": _midnight(day + dt.timedelta(1))})


@cache
def trailed_tables() -> frozenset[str]:
    """Those whose changes are written down."""
    found = _asked(
        "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid WHERE tgname = 'trail_insert'", {}
    )
    return frozenset(name for (name,) in found)


def _day_of(sought: Sought, when: str, order: str, values: dict[str, Any]) -> dt.date | None:
    """Backwards or forwards along the key: the log is long, and what is looked for is mostly near its end."""
    condition, told = _condition(sought, with_day=False)
    found = _asked(f"SELECT at FROM trail WHERE {condition} AND {when} ORDER BY id {order} LIMIT 1", told | values)
    return timezone.localtime(found[0][0]).date() if found else None


def _condition(sought: Sought, *, with_day: bool = True) -> tuple[str, dict[str, Any]]:
    values: dict[str, Any] = {
        "users": list(sought.users),
        "user_table": User._meta.db_table,
        "territory": Territory._meta.db_table,
    }
    parts = [
        "(municipality_id IS NOT NULL OR table_name = %(territory)s "
        "OR (table_name = %(user_table)s AND row_id = ANY (%(users)s)))"
    ]
    if with_day and sought.day:
        parts.append("at >= %(start)s AND at < %(end)s")
        values |= {"start": _midnight(sought.day), "end": _midnight(sought.day + dt.timedelta(1))}
    # Every sitting enters where its rows come from; beside the rows themselves that tells nothing.
    parts.append("table_name = %(table)s" if sought.table else "table_name <> %(source)s")
    values |= {"table": sought.table, "source": Source._meta.db_table}
    if sought.row is not None:
        parts.append("row_id = %(row)s")
        values["row"] = sought.row
    if sought.actor == NO_USER:
        parts.append("actor IS NULL OR actor->>'user' NOT LIKE %(acting)s")
        values["acting"] = f"{ACTING} %"
    elif sought.actor:
        parts.append("actor->>'user' = %(actor)s")
        values["actor"] = sought.actor
    return " AND ".join(f"({part})" for part in parts), values


def _asked(query: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    require_scope()
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def _json(text: str | None) -> Any:
    return None if text is None else json.loads(text)
