"""What tests do to a database that the application may not."""

import psycopg
from psycopg.conninfo import make_conninfo

from opora.indicators.dataset.tables import STORED
from opora.site.embedded import SUPERUSER
from opora.site.home import Home

_BESIDE_THE_FACTS = (
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
    "programme_term",
    "programme_version",
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
