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
    if home.cluster:
        home.create()
        home.cluster.create(home.secret("superuser"))
        home.cluster.start()
        make_database(home)
    else:
        require_fit_server(home)
        require_application(home)
        _refuse_anothers_database(home)
        home.create()
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


def require_fit_server(home: Home) -> None:
    """Before anything is written that another major version may not understand, or another encoding not hold."""
    with psycopg.connect(make_conninfo(**home.owner())) as connection:
        found = connection.info.server_version // 10_000
        encoding = connection.info.parameter_status("server_encoding")
    if found not in KNOWN_SERVERS:
        raise SiteTrouble(
            f"Сервер базы данных — PostgreSQL {found}, а Опора знает {KNOWN_SERVERS[0]}–{KNOWN_SERVERS[-1]}"
        )
    if encoding != "UTF8":
        raise SiteTrouble(
            f"База данных в кодировке {encoding}, а нужна UTF8. Создайте другую: "
            "CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8'"
        )


def require_application(home: Home) -> None:
    """Opora gets into the same database as its owner, and as somebody else: the owner may drop any protection."""
    owner, application = home.owner(), home.application()
    if owner["user"] == application["user"]:
        raise SiteTrouble(
            f"Владелец таблиц и приложение — одна роль «{owner['user']}»: защита строк и журнала на неё не действует. "
            "Заведите две (docs/deploy.md): DATABASE_URL называет приложение, DATABASE_OWNER_URL — владельца"
        )
    try:
        ours = _database_of(application)
    except psycopg.OperationalError as error:
        why = str(error).partition("\n")[0]
        raise SiteTrouble(f"Приложение не входит в базу данных; проверьте адрес в DATABASE_URL. {why}") from error
    if ours != _database_of(owner):
        raise SiteTrouble("DATABASE_URL и DATABASE_OWNER_URL ведут в разные базы: исправьте один из адресов")


def _refuse_anothers_database(home: Home) -> None:
    """What is encrypted in it would be lost to the secrets of a new installation."""
    if home.exists:
        return
    with psycopg.connect(make_conninfo(**home.owner())) as connection:
        empty = connection.execute("SELECT to_regclass('public.django_migrations')").fetchone() == (None,)
    if not empty:
        raise SiteTrouble(
            f"В базе данных уже есть установка Опоры, а её ключей (secrets.json) в папке «{home.folder}» нет. "
            "Верните в эту папку прежний файл или назовите в DATABASE_URL и DATABASE_OWNER_URL пустую базу"
        )


def _database_of(words: dict[str, str]) -> tuple[object, ...] | None:
    """Which one it is, by whatever name and address it was reached."""
    query = "SELECT system_identifier, oid FROM pg_control_system(), pg_database WHERE datname = current_database()"
    with psycopg.connect(make_conninfo(**words)) as connection:
        return connection.execute(query).fetchone()


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
