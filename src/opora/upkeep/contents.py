"""What a database holds: how many rows, which ones, and who may see them."""

from __future__ import annotations

from collections.abc import Sequence

import psycopg
from psycopg import sql
from pydantic import BaseModel, ConfigDict

_PUBLIC = "public"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class TableContents(_Frozen):
    rows: int
    digest: str
    """The same for the same rows in any order."""


class Policy(_Frozen):
    name: str
    permissive: bool
    command: str
    roles: tuple[str, ...]
    using: str | None
    check: str | None


class Protection(_Frozen):
    """Row-level security of a table."""

    enabled: bool
    forced: bool
    policies: tuple[Policy, ...]


def tables_of(connection: psycopg.Connection) -> list[str]:
    query = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
    return [str(row[0]) for row in connection.execute(query)]


def contents(connection: psycopg.Connection) -> dict[str, TableContents]:
    """Of every table. The connection is one of ``sight.everything``: its settings make the text of a row the same
    everywhere."""
    return {name: _contents(connection, name) for name in tables_of(connection)}


def _contents(connection: psycopg.Connection, table: str) -> TableContents:
    # Half of an md5 as a number, so that the sum does not depend on the order.
    query = sql.SQL(
        "SELECT count(*), coalesce(sum(('x' || left(md5(t::text), 16))::bit(64)::bigint), 0) FROM public.{} t"
    ).format(sql.Identifier(table))
    row = connection.execute(query).fetchone()
    assert row is not None
    return TableContents(rows=row[0], digest=str(row[1]))


def differences(expected: dict[str, TableContents], found: dict[str, TableContents]) -> list[str]:
    """In words, table by table; empty if they hold the same rows."""
    told = []
    for name in sorted(expected.keys() | found.keys()):
        one, other = expected.get(name), found.get(name)
        if one is None or other is None:
            told.append(f"{name}: таблицы нет" if other is None else f"{name}: лишняя таблица")
        elif one.rows != other.rows:
            told.append(f"{name}: строк {other.rows}, а было {one.rows}")
        elif one != other:
            told.append(f"{name}: строки не те")
    return told


def protection(connection: psycopg.Connection) -> dict[str, Protection]:
    tables = connection.execute(
        "SELECT oid, relname, relrowsecurity, relforcerowsecurity FROM pg_class "
        "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    ).fetchall()
    return {
        name: Protection(enabled=enabled, forced=forced, policies=_policies(connection, name))
        for _, name, enabled, forced in sorted(tables, key=lambda row: str(row[1]))
    }


def _policies(connection: psycopg.Connection, table: str) -> tuple[Policy, ...]:
    query = (
        "SELECT policyname, permissive, cmd, roles::text[], qual, with_check FROM pg_policies "
        "WHERE schemaname = 'public' AND tablename = %s ORDER BY policyname"
    )
    return tuple(
        Policy(name=name, permissive=kind == "PERMISSIVE", command=command, roles=roles, using=using, check=check)
        for name, kind, command, roles, using, check in connection.execute(query, [table])
    )  # fmt: skip


def renamed(protected: Protection, names: dict[str, str]) -> Protection:
    """With the roles as they are called elsewhere."""
    policies = tuple(
        policy.model_copy(update={"roles": tuple(names.get(role, role) for role in policy.roles)})
        for policy in protected.policies
    )
    return protected.model_copy(update={"policies": policies})


def protect(connection: psycopg.Connection, table: str, protected: Protection) -> None:
    """Puts a table without policies under these."""
    name = sql.Identifier(_PUBLIC, table)
    for wanted, words in ((protected.enabled, "ENABLE"), (protected.forced, "FORCE")):
        if wanted:
            connection.execute(sql.SQL("ALTER TABLE {} " + words + " ROW LEVEL SECURITY").format(name))
    for policy in protected.policies:
        connection.execute(_create(name, policy))


def _create(table: sql.Identifier, policy: Policy) -> sql.Composed:
    parts: list[sql.Composable] = [
        sql.SQL("CREATE POLICY {} ON {} AS").format(sql.Identifier(policy.name), table),
        sql.SQL("PERMISSIVE" if policy.permissive else "RESTRICTIVE"),
        sql.SQL("FOR"),
        sql.SQL(policy.command),
        sql.SQL("TO"),
        _roles(policy.roles),
    ]
    for words, condition in (("USING", policy.using), ("WITH CHECK", policy.check)):
        if condition is not None:
            parts.append(sql.SQL(words + " ({})").format(sql.SQL(condition)))
    return sql.SQL(" ").join(parts)


def _roles(names: Sequence[str]) -> sql.Composable:
    return sql.SQL(", ").join(sql.SQL("PUBLIC") if name == _PUBLIC else sql.Identifier(name) for name in names)
