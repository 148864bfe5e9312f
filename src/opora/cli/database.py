"""``opora database``: the embedded PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from opora.cli import codes
from opora.cli.options import command
from opora.cli.screen import Screen

if TYPE_CHECKING:
    from opora.site.embedded import Cluster


@click.group(
    "database",
    options_metavar="[ПАРАМЕТРЫ]",
    subcommand_metavar="КОМАНДА …",
    short_help="встроенная база данных: запустить, остановить, узнать",
)
def database() -> None:
    """Встроенный PostgreSQL. Команды реестра запускают его сами; остановить его нужно перед переносом папки."""


@command("start", short_help="запустить")
def start() -> None:
    """Запустить базу данных, если она не запущена."""
    _cluster().start()
    Screen().say("База данных запущена")


@command("stop", short_help="остановить")
def stop() -> None:
    """Остановить базу данных; незаконченные изменения отменяются."""
    _cluster().stop()
    Screen().say("База данных остановлена")


@command("status", short_help="запущена ли")
def status() -> None:
    """Сказать, запущена ли база данных. Код завершения 3 — не запущена."""
    running = _cluster().running
    Screen().say("База данных запущена" if running else "База данных не запущена")
    if not running:
        raise click.exceptions.Exit(codes.TROUBLE)


for _command in (start, stop, status):
    database.add_command(_command)


def _cluster() -> Cluster:
    from opora.cli.trouble import Trouble
    from opora.site.home import Home

    home = Home.current()
    home.require()
    if home.cluster is None:
        raise Trouble("База данных этой установки — свой сервер (DATABASE_URL): им управляет его администратор")
    return home.cluster
