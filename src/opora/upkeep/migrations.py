"""Which changes of the tables this Opora knows, and which a database has seen."""

from __future__ import annotations

from collections.abc import Iterable

import psycopg

from opora.site.setup import set_up_django

Migration = tuple[str, str]
"""Application and name."""


def recorded(connection: psycopg.Connection) -> list[Migration]:
    query = "SELECT app, name FROM public.django_migrations ORDER BY app, name"
    return [(app, name) for app, name in connection.execute(query)]


def unknown(found: Iterable[Migration]) -> set[Migration]:
    """Made by a newer Opora. Libraries may drop old migrations of theirs, so that theirs prove nothing."""
    set_up_django()
    from django.apps import apps
    from django.db.migrations.loader import MigrationLoader

    ours = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    libraries = {config.label for config in apps.get_app_configs() if not config.name.startswith("opora.")}
    return {one for one in found if one not in ours and one[0] not in libraries}


def pending() -> int:
    """How many migrations the database of this process's installation lacks."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connections["owner"])
        return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    finally:
        connections["owner"].close()
