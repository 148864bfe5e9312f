"""Who looked at whose card."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db import connection

from opora.privacy.cards import cards_of
from opora.privacy.models import CardReading
from opora.registry.scope import Actor, require_scope


@dataclass(frozen=True, slots=True)
class Reading:
    at: dt.datetime
    who: str
    """As ``Actor`` calls her."""
    address: str
    what: str
    """Empty once it was erased."""


def log_reading(person_ids: Iterable[int], *, by: Actor, what: str, own: int | None = None) -> None:
    """Cards of people were shown to somebody: ``what`` of them, in Russian, without a name («карточка», «курсы»).

    ``own`` is the reader's own card, if she has one: that she reads it is nobody's business. One statement, however
    many cards; what the scope does not see cannot have been read.
    """
    require_scope()
    people = sorted({*person_ids} - {own})
    if people:
        with connection.cursor() as cursor:
            cursor.execute("SELECT opora_log_reading(%s, %s, %s)", [people, json.dumps(asdict(by)), what])


def readings_of(person: int) -> list[Reading]:
    """Newest first; also of cards that were merged into this one."""
    rows = CardReading.objects.filter(person_id__in=cards_of(person)).order_by("-at", "-pk")
    return [Reading(row.at, row.actor["user"], row.actor["address"], row.what or "") for row in rows]
