"""One consistent read of all rows of all municipalities, for a backup: row-level security knows no such scope."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from opora.site.home import Home
from opora.site.trouble import SiteTrouble

# What a policy must say, for a scope of all territories to see every row of its table. Without a search path.
_OWN = "(municipality_id = ANY (( SELECT public.opora_scope() AS opora_scope)::bigint[]))"
_WHOLE = ("true", _OWN, f"((municipality_id IS NULL) OR {_OWN})")

# A row's text depends on these. The path is that of pg_dump: names in policies are told whole.
_SETTINGS = {
    "search_path": "",
    "datestyle": "ISO, YMD",
    "intervalstyle": "postgres",
    "timezone": "UTC",
    "extra_float_digits": "1",
    "bytea_output": "hex",
}


@dataclass(frozen=True, slots=True)
class Sight:
    """An open transaction that sees everything as it was at its beginning."""

    connection: psycopg.Connection
    words: dict[str, str]
    """Where and as whom, for libpq."""
    filtered: bool
    """Row-level security holds this role: it sees everything only because its scope is everything."""

    def exported(self) -> str:
        """The name under which other sessions may see the same."""
        row = self.connection.execute("SELECT pg_export_snapshot()").fetchone()
        assert row is not None
        return str(row[0])


@contextmanager
def everything(home: Home) -> Iterator[Sight]:
    """As the superuser of the embedded PostgreSQL; on one's own server as the owner, whose scope is all territories."""
    words = home.superuser() if home.cluster else home.owner()
    with psycopg.connect(make_conninfo(**words)) as connection:
        filtered = not _bypasses(connection)
        if filtered:
            words |= _with_options(words, _scope_of_all(connection))
            connection.rollback()
    with psycopg.connect(make_conninfo(**words)) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        for name, value in _SETTINGS.items():
            connection.execute("SELECT set_config(%s, %s, false)", [name, value])
        if filtered:
            _require_whole_sight(connection)
        yield Sight(connection, words, filtered)


def environment(words: dict[str, str]) -> dict[str, str]:
    """For a program of PostgreSQL: the password is not told on its command line, where others would see it."""
    return os.environ | {"PGPASSWORD": words.get("password", "")}


def address(words: dict[str, str]) -> str:
    return make_conninfo(**{name: value for name, value in words.items() if name != "password"})


def _bypasses(connection: psycopg.Connection) -> bool:
    found = connection.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user").fetchone()
    return bool(found and found[0])


def _scope_of_all(connection: psycopg.Connection) -> str:
    """Every id that a territory has ever had, so that no row is left out whatever has become of its territory; as a
    range (``registry.protection.SCOPE_BY_RANGE``)."""
    if connection.execute("SELECT to_regclass('public.territory')").fetchone() == (None,):
        return "{}"
    query = "SELECT greatest((SELECT last_value FROM public.territory_id_seq), (SELECT max(id) FROM public.territory))"
    row = connection.execute(query).fetchone()
    assert row is not None
    return f"[1,{row[0]}]"


def _with_options(words: dict[str, str], scope: str) -> dict[str, str]:
    return {"options": f"{words.get('options', '')} -c opora.municipalities={scope}".strip()}


def _require_whole_sight(connection: psycopg.Connection) -> None:
    """Refuses where a policy could hide a row from the scope of all territories."""
    query = sql.SQL(
        "SELECT c.relname FROM pg_class c WHERE c.relrowsecurity AND c.relnamespace = 'public'::regnamespace AND ("
        "EXISTS (SELECT FROM pg_policy WHERE polrelid = c.oid AND NOT polpermissive) OR NOT EXISTS ("
        "SELECT FROM pg_policy p WHERE polrelid = c.oid AND polcmd IN ('*', 'r') "
        "AND polroles && (SELECT ARRAY[0::oid, oid] FROM pg_roles WHERE rolname = current_user) "
        "AND pg_get_expr(polqual, polrelid) IN ({}))) ORDER BY 1"
    ).format(sql.SQL(", ").join(map(sql.Literal, _WHOLE)))
    hidden = [str(row[0]) for row in connection.execute(query)]
    if hidden:
        raise SiteTrouble(
            f"Владелец базы не видит всех строк таблиц: {', '.join(hidden)}. Копия была бы неполной. Пусть "
            "администратор сервера даст ему право видеть их: ALTER ROLE … BYPASSRLS"
        )
