"""Makes an installation and brings its database up to date. Everything here may be done again: what is there stays."""

from __future__ import annotations

import os

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from opora.site.home import APPLICATION, DATABASE, OWNER, Home
from opora.site.trouble import SiteTrouble

KNOWN_SERVERS = range(15, 19)
"""Major versions of PostgreSQL."""


def start() -> Home:
    """The current installation with its database running, and Django ready: before anything that asks the registry."""
    home = Home.current()
    home.require()
    if home.cluster:
        home.cluster.start()
    set_up_django()
    return home


def make(home: Home) -> None:
    """Folder, database, roles, tables."""
    home.create()
    if home.cluster:
        home.cluster.create(home.secret("superuser"))
        home.cluster.start()
        make_database(home)
    require_known_server(home)
    set_up_django()
    migrate(home)
    gather_static()


def set_up_django() -> None:
    import django
    from django.apps import apps

    os.environ["DJANGO_SETTINGS_MODULE"] = "opora.site.settings"
    if not apps.ready:  # else it would set up the logging of a server that runs anew
        django.setup()


def migrate(home: Home) -> None:
    """Brings the tables up to date, as their owner, and tells the application's role what it may."""
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", database="owner", verbosity=0)
    call_command("createcachetable", database="owner", verbosity=0)
    connections["owner"].close()
    with psycopg.connect(make_conninfo(**home.owner())) as connection:
        for statement in _GRANTS:
            connection.execute(statement.format(role=sql.Identifier(home.application()["user"])))


def gather_static() -> None:
    """Styles and pictures of this version, into the installation."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


def require_known_server(home: Home) -> None:
    """Before anything is written that another major version may not understand."""
    with psycopg.connect(make_conninfo(**home.owner())) as connection:
        found = connection.info.server_version // 10_000
    if found not in KNOWN_SERVERS:
        raise SiteTrouble(
            f"Сервер базы данных — PostgreSQL {found}, а Опора знает {KNOWN_SERVERS[0]}–{KNOWN_SERVERS[-1]}"
        )


def make_database(home: Home) -> None:
    """The roles and the empty database of an embedded PostgreSQL that runs."""
    with psycopg.connect(make_conninfo(**home.superuser("postgres")), autocommit=True) as connection:
        for role, secret in ((OWNER, "owner"), (APPLICATION, "application")):
            word = "ALTER" if _there(connection, "pg_roles", "rolname", role) else "CREATE"
            connection.execute(
                sql.SQL(word + " ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(role), home.secret(secret))
            )
        if not _there(connection, "pg_database", "datname", DATABASE):
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
            )


def _there(connection: psycopg.Connection, catalogue: str, column: str, name: str) -> bool:
    query = sql.SQL("SELECT 1 FROM {} WHERE {} = %s").format(sql.Identifier(catalogue), sql.Identifier(column))
    return connection.execute(query, [name]).fetchone() is not None


_GRANTS = [
    sql.SQL(text)
    for text in (
        "GRANT USAGE ON SCHEMA public TO {role}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}",
        # The logs and their chain are written by triggers and functions, the history of migrations by migrations.
        "REVOKE INSERT, UPDATE, DELETE ON trail, card_reading, seal, destruction, django_migrations FROM {role}",
        # Salts of what other towns have changed.
        "REVOKE ALL ON sealed_payload, seal_era FROM {role}",
        # Rows refer to these without a constraint.
        "REVOKE DELETE ON territory, source, published_table FROM {role}",
    )
]
