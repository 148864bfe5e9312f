"""Destruction is the owner's: the application, and whoever breaks into it, cannot erase what the logs tell."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

from opora.registry.scope import Actor

_OWNER = "owner"


@contextmanager
def as_owner(municipalities: Iterable[int], by: Actor) -> Iterator[CursorWrapper]:
    """One transaction of the tables' owner, in the scope of these municipalities."""
    with transaction.atomic(using=_OWNER), connections[_OWNER].cursor() as cursor:
        cursor.execute(
            "SELECT set_config('opora.municipalities', %s, true), set_config('opora.actor', %s, true)",
            ["{" + ",".join(map(str, municipalities)) + "}", json.dumps(asdict(by))],
        )
        yield cursor
