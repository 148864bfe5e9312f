"""Whether Opora works, for whoever watches over it: no names, no numbers of people."""

from __future__ import annotations

import logging
from functools import cache

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from opora.upkeep.migrations import pending

_log = logging.getLogger("opora.web.health")
_QUEUE = """
SELECT (SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now()),
       EXISTS (SELECT FROM procrastinate_workers WHERE last_heartbeat > now() - interval '1 minute')"""


def health(request: HttpRequest) -> JsonResponse:
    """200 if all is well, else 503. ``waiting``: jobs that could begin now."""
    try:
        told = _asked()
    except DatabaseError as error:
        _log.error("database does not answer", exc_info=error)
        told = {"ok": False, "database": False}
    return JsonResponse(told, status=200 if told["ok"] else 503, headers={"Cache-Control": "no-store"})


def _asked() -> dict[str, object]:
    lacking = _pending()
    with connection.cursor() as cursor:
        cursor.execute(_QUEUE)
        waiting, worker = cursor.fetchone()
    return {
        "ok": worker and not lacking,
        "database": True,
        "migrations_pending": lacking,
        "queue": {"worker": worker, "waiting": waiting},
    }


@cache
def _pending() -> int:
    """Asked once: the tables do not change under a running server but by a newer Opora, which restarts it."""
    return pending()
