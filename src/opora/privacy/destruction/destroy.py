"""The verb.

The law leaves a choice: to destroy or to make anonymous (152-ФЗ, ст. 5, ч. 7). Rows about a person are destroyed:
school, post and dates tell who it was even without a name. Approved numbers are kept as numbers and need no rows. Where
a row is about somebody else, it stays, and she is taken out of it (``concerns.FATES``).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db.backends.utils import CursorWrapper

from opora.privacy.destruction.closure import Closure, closure_of
from opora.privacy.destruction.mentions import Mention, mentions_of
from opora.privacy.destruction.owner import as_owner
from opora.privacy.destruction.refusals import refuse_impossible
from opora.privacy.destruction.taking_out import delete, take_out
from opora.privacy.events import events_of
from opora.privacy.models.destruction import Ground
from opora.registry.batch.references import all_territories
from opora.registry.scope import Actor


@dataclass(frozen=True, slots=True)
class Record:
    """One line of the trail."""

    number: int
    at: dt.datetime
    table: str
    row: int
    action: str


@dataclass(frozen=True, slots=True)
class Destroyed:
    """What the act tells. Her name is here, and nowhere in the database any more."""

    number: int
    """In the register of destructions."""
    card: int
    """Its number: should an old backup bring her back."""
    person: str
    ground: Ground
    made_at: dt.datetime
    deleted: Mapping[str, int]
    """Rows by table."""
    cleared: Mapping[str, int]
    """Rows that stay without her, by table."""
    erased: int
    """Records of the logs whose content is gone."""
    records: tuple[Record, ...]
    """What the trail tells of the destruction itself."""
    mentions: tuple[Mention, ...]


def destroy(
    person: int,
    *,
    within: Collection[int],
    ground: Ground,
    by: Actor,
    today: dt.date,
    told: Callable[[Destroyed], None],
) -> None:
    """Destroys all that is held on her, merged cards and the account included, if all of it is ``within`` these
    territories. ``told`` gets what the act needs before the end: if it fails, nothing is destroyed.

    Raises ``Refused``. Backups that were made before still hold her until they are thinned out.
    """
    with as_owner(all_territories(), by) as cursor:
        # The sealer must not digest what is being erased.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('opora seal', 0))")
        cards = _locked(person, cursor)
        refuse_impossible(person, cards, within, ground, today, cursor)
        surname, name, municipality = _names(person, cursor)
        closure = closure_of(cards, cursor)
        events = {event.id for event in events_of(cards, cursor)}
        cleared, deleted = take_out(closure, cursor), delete(closure, cursor)
        events |= {event.id for event in events_of(cards, cursor)} | _of_rows(closure, cursor)
        erased = _erase(events, cards, cursor)
        number, made_at = _recorded(person, municipality, ground, by, deleted, cleared, erased, cursor)
        told(
            Destroyed(
                number=number,
                card=person,
                person=name,
                ground=ground,
                made_at=made_at,
                deleted=deleted,
                cleared=cleared,
                erased=len(erased.trail) + len(erased.readings),
                records=_records(cursor),
                mentions=tuple(mentions_of(surname, cursor)),
            )
        )


def _locked(person: int, cursor: CursorWrapper) -> list[int]:
    """Her cards, held so that nobody can refer to them meanwhile; none if there is no such card."""
    cursor.execute(
        "WITH RECURSIVE cards (id) AS (SELECT %s::bigint UNION SELECT duplicate_id FROM person_merge m "
        "JOIN cards ON m.kept_id = cards.id WHERE undone_at IS NULL) "
        "SELECT id FROM person WHERE id IN (SELECT id FROM cards) ORDER BY id FOR UPDATE",
        [person],
    )
    return [pk for (pk,) in cursor.fetchall()]


def _names(person: int, cursor: CursorWrapper) -> tuple[str, str, int]:
    """The surname, how the act calls her, and who keeps the card."""
    cursor.execute(
        "SELECT municipality_id, born, last_name, first_name, patronymic FROM person WHERE id = %s", [person]
    )
    municipality, born, *names = cursor.fetchone()
    name = " ".join(filter(None, names)) or f"карточка {person}"
    return names[0] or "", f"{name}, {born:%d.%m.%Y} г. р." if born else name, municipality


def _of_rows(closure: Closure, cursor: CursorWrapper) -> set[int]:
    """All that the trail tells of rows that went, and of her account."""
    rows = [(model._meta.db_table, pk) for model, keys in closure.deleted.items() for pk in keys]
    rows += [(get_user_model()._meta.db_table, pk) for pk in closure.accounts]
    numbered = [(table, pk) for table, pk in rows if isinstance(pk, int)]
    cursor.execute(
        "SELECT t.id FROM trail t JOIN unnest(%s::text[], %s::bigint[]) AS r (table_name, row_id) "
        "USING (table_name, row_id)",
        [[table for table, _ in numbered], [pk for _, pk in numbered]],
    )
    return {pk for (pk,) in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class _Erased:
    """Records by their ids."""

    trail: list[int]
    readings: list[int]


def _erase(events: Collection[int], cards: Collection[int], cursor: CursorWrapper) -> _Erased:
    cursor.execute(
        "UPDATE trail SET changes = NULL WHERE id = ANY (%s) AND changes IS NOT NULL RETURNING id", [[*events]]
    )
    trail = [pk for (pk,) in cursor.fetchall()]
    cursor.execute(
        "UPDATE card_reading SET what = NULL WHERE person_id = ANY (%s) AND what IS NOT NULL RETURNING id", [[*cards]]
    )
    return _Erased(trail, [pk for (pk,) in cursor.fetchall()])


def _recorded(
    person: int,
    municipality: int,
    ground: Ground,
    by: Actor,
    deleted: Mapping[str, int],
    cleared: Mapping[str, int],
    erased: _Erased,
    cursor: CursorWrapper,
) -> tuple[int, dt.datetime]:
    """In the register of destructions; the salts of what was erased go, so that nobody can guess what it was."""
    cursor.execute(
        "INSERT INTO destruction (person_id, municipality_id, ground, made_by, deleted, cleared, erased) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s) RETURNING id, made_at",
        [person, municipality, ground, by.user, json.dumps(deleted), json.dumps(cleared),
         len(erased.trail) + len(erased.readings)],
    )  # fmt: skip
    number, made_at = cursor.fetchone()
    for log, records in (("trail", erased.trail), ("card_reading", erased.readings)):
        cursor.execute(
            "UPDATE sealed_payload SET salt = NULL, destruction_id = %s "
            "WHERE log = %s AND row_id = ANY (%s) AND salt IS NOT NULL",
            [number, log, records],
        )
    return number, made_at


def _records(cursor: CursorWrapper) -> tuple[Record, ...]:
    """What this transaction has left in the trail."""
    cursor.execute(
        "SELECT id, at, table_name, row_id, action FROM trail "
        "WHERE moment & ((1::bigint << 48) - 1) = pg_current_xact_id()::text::bigint AND at >= now() ORDER BY id"
    )
    return tuple(Record(*told) for told in cursor.fetchall())
