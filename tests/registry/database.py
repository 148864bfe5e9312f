"""What tests do to a database that the application may not."""

import itertools
from collections.abc import Callable
from typing import TypeVar, cast

import psycopg
from django.db import connections
from psycopg.conninfo import make_conninfo

from opora.indicators.dataset.tables import STORED
from opora.site.embedded import SUPERUSER
from opora.site.home import OWNER, Home

T = TypeVar("T")

_BESIDE_THE_FACTS = (
    "intake_line",
    "intake_file",
    "intake_batch",
    "intake_mapping",
    "source",
    "trail",
    "card_reading",
    "sealed_payload",
    "seal",
    "destruction",
    "consent",
    "snils",
    "person_merge",
    "person_merge_move",
    "kept_thing",
    "kept_indicator",
    "kept_values",
    "procrastinate_periodic_defers",
    "procrastinate_events",
    "procrastinate_jobs",
    "published_table",
    "form_figure",
    "programme_term",
    "programme_version",
    "access_token",
    "access_grant",
    "access_invitation",
    "access_user",
)


def as_superuser(home: Home, database: str = "opora") -> psycopg.Connection:
    """A connection that row-level security does not hold."""
    assert home.cluster is not None
    password = home.secret("superuser")
    words = make_conninfo(**home.cluster.connection(), dbname=database, user=SUPERUSER, password=password)
    return psycopg.connect(words, autocommit=True)


def as_application(home: Home) -> psycopg.Connection:
    """A connection past Django, with the rights that Opora has."""
    return psycopg.connect(make_conninfo(**home.application()), autocommit=True)


def as_owner(home: Home) -> psycopg.Connection:
    return psycopg.connect(make_conninfo(**home.owner()), autocommit=True)


def forget_everything(home: Home) -> None:
    """By deleting: for a few rows that is faster than to truncate. In one message: it is done twice for every test."""
    with as_superuser(home) as connection:
        deletes = "; ".join(f'DELETE FROM "{name}"' for name in (*STORED, *_BESIDE_THE_FACTS))
        connection.execute(f"SET session_replication_role = replica; {deletes}".encode())


def careless(home: Home) -> None:
    """The data of tests need not survive a power cut; that a process was killed they must: commits stay synchronous."""
    with as_superuser(home) as connection:
        for setting in ("fsync", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
        connection.execute("SELECT pg_reload_conf()")


class Keepsakes:
    """Databases as some test has left them, each made once for the tests of this process, and copied when asked for.

    To copy a database is ten times faster than to enter the same rows anew.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._kept: dict[str, object] = {}

    def bring(self, name: str, make: Callable[[], T]) -> T:
        """What ``make``, called in an empty registry, has returned; the database is as it was then."""
        if name in self._kept:
            self._copy(name, "opora")
            _step_over_numbers(self._home)
        else:
            forget_everything(self._home)
            self._kept[name] = make()
            self._copy("opora", name)
        return cast(T, self._kept[name])

    def _copy(self, of: str, to: str) -> None:
        connections.close_all()
        with as_superuser(self._home, "postgres") as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{to}" WITH (FORCE)'.encode())
            connection.execute(_LEAVE, [of])
            connection.execute(f'CREATE DATABASE "{to}" TEMPLATE "{of}" OWNER "{OWNER}"'.encode())


_LEAVE = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = %s"


def _step_over_numbers(home: Home) -> None:
    """No row gets a number that this process has met: what it remembers by number must not meet another row."""
    with as_superuser(home) as connection:
        connection.execute(
            "SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass, coalesce(last_value, 1) + %s) "
            "FROM pg_sequences WHERE schemaname = 'public'",
            [next(_GAPS)],
        )


_GAPS = itertools.count(100_000, 100_000)
