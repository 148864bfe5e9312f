"""The chain over the trail and the reading log: sealed in the background, verified by whoever asks, its head sent off.

How it is hashed stands in the migration ``0002_logs``: functions of the database do it, as their owner.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, connections
from psycopg.errors import ObjectNotInPrerequisiteState

from opora.privacy.models import Seal
from opora.site.trouble import SiteTrouble

_LOGS = {"trail": "журнале изменений", "card_reading": "журнале чтений"}
_ERA = 48
"""Above so many bits of a moment stands the number of the era."""


@dataclass(frozen=True, slots=True)
class Head:
    """The last link: who keeps it elsewhere can prove later that nothing before it was rewritten."""

    number: int
    chain: str
    """In hexadecimal."""
    sealed_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Broken:
    """What is not as it was sealed."""

    number: int
    words: str


def seal() -> int | None:
    """Adds a link over all rows of both logs whose transactions are over; its number, or None if there are none.

    For a scheduler: every few minutes. A row is not proved until it is sealed, and a transaction that lasts keeps those
    after it waiting. Raises ``SiteTrouble`` where the database was moved to another cluster by hand.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT opora_seal()")
            (number,) = cursor.fetchone()
    except Exception as error:
        if isinstance(error.__cause__, ObjectNotInPrerequisiteState):
            raise SiteTrouble("База данных перенесена на другой сервер: сначала выполните opora init") from error
        raise
    return None if number is None else int(number)


def head() -> Head | None:
    last = Seal.objects.order_by("-number").first()
    return Head(last.number, bytes(last.chain).hex(), last.sealed_at) if last else None


def verify(kept: Head | None = None) -> list[Broken]:
    """All that is not as it was sealed; empty if both logs are whole. ``kept``: a head that was sent off."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM opora_verify()")
        broken = [Broken(number, _words(number, *told)) for number, *told in cursor.fetchall()]
    return broken + list(_compared(kept))


def _words(number: int, fault: str, log: str, was: int | None, found: int | None) -> str:
    where = f"Звено {number}: в {_LOGS[log]}" if log else f"Звено {number}"
    return {
        "missing": f"{where}: его нет в цепочке",
        "unlinked": f"{where}: не продолжает предыдущее",
        "link": f"{where}: само звено изменено",
        "cut": f"{where} было записей: {was}, осталось: {found}",
        "added": f"{where} было записей: {was}, стало: {found}",
        "changed": f"{where} изменены записи",
        "payload": f"{where} изменено содержание записи {was}",
    }[fault]


def _compared(kept: Head | None) -> Iterator[Broken]:
    if kept is None:
        return
    found = Seal.objects.filter(pk=kept.number).first()
    if found is None:
        yield Broken(kept.number, f"Звено {kept.number}: было сохранено в другом месте, а в цепочке его нет")
    elif bytes(found.chain).hex() != kept.chain:
        yield Broken(kept.number, f"Звено {kept.number}: не то, что было сохранено в другом месте")


def open_era(using: str, **_: object) -> None:
    """After migrations. A restored database counts its transactions from where its new cluster is: so that they come
    after all that was before, moments get a higher number in front."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.seal_era') IS NULL")
        if cursor.fetchone()[0]:
            return
        cursor.execute("SELECT system_identifier::text FROM pg_control_system()")
        (system,) = cursor.fetchone()
        cursor.execute("SELECT number, system FROM seal_era ORDER BY number DESC LIMIT 1")
        number, known = cursor.fetchone() or (-1, "")
        if known == system:
            return
        cursor.execute("INSERT INTO seal_era (number, system) VALUES (%s, %s)", [number + 1, system])
        for log in _LOGS:
            cursor.execute(
                f"ALTER TABLE {log} ALTER COLUMN moment "
                f"SET DEFAULT ({number + 1}::bigint << {_ERA}) + pg_current_xact_id()::text::bigint"
            )
