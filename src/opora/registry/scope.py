"""Whose facts may be read and written now, and who does it: told to the database for one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass

from django.db import connection, transaction


class NoScope(RuntimeError):
    """A programming error: facts of a municipality were asked for outside of ``scope``."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, as the trail will tell it."""

    user: str
    address: str = ""
    """Where from: a network address, of a program with the number of its key, or empty for the command line of this
    machine."""


@dataclass(frozen=True, slots=True)
class _Scope:
    municipalities: tuple[int, ...]
    actor: Actor

    def tell(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('opora.municipalities', %s, true), set_config('opora.actor', %s, true)",
                ["{" + ",".join(map(str, self.municipalities)) + "}", json.dumps(asdict(self.actor))],
            )


_current: ContextVar[_Scope | None] = ContextVar("opora_scope", default=None)


@contextmanager
def scope(municipalities: Iterable[int], actor: Actor) -> Iterator[None]:
    """One transaction in which facts of these municipalities (ids of territories), and no others, are there.

    An empty scope sees nothing. A scope within a scope replaces it until its end.
    """
    outer = _current.get()
    asked = _Scope(tuple(municipalities), actor)
    with transaction.atomic():
        asked.tell()
        token = _current.set(asked)
        try:
            yield
        finally:
            _current.reset(token)
        if outer is not None:
            outer.tell()


def require_scope() -> None:
    if _current.get() is None:
        raise NoScope("facts of a municipality were asked for outside of opora.registry.scope.scope()")


class Outside(LookupError):
    """Facts were asked for that are not of the scope: to whoever asks they do not exist."""


@contextmanager
def narrowed(municipalities: Iterable[int]) -> Iterator[Actor]:
    """A part of the current scope, with the same actor. Raises ``Outside`` if it is no part of it."""
    require_scope()
    whole, part = _current.get(), tuple(municipalities)
    assert whole is not None
    if not set(part) <= set(whole.municipalities):
        raise Outside
    with scope(part, whole.actor):
        yield whole.actor
