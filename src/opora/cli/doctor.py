"""``opora doctor``: what is wrong with an installation."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict

import click

from opora.cli import codes
from opora.cli.options import command
from opora.cli.screen import Screen


@command("doctor", short_help="проверить установку")
@click.option("--json", "as_json", is_flag=True, help="Напечатать JSON: для программ наблюдения.")
def doctor(as_json: bool) -> None:
    """Проверить установку: версии, место, права, базу, защиту строк, резервные копии. Ничего не меняет.

    Код завершения 3 — что-то нужно исправить; предупреждения его не меняют.
    """
    from opora.site.home import Home
    from opora.upkeep.doctor import Level, examine

    home = Home.current()
    home.require()
    found = examine(home, dt.datetime.now(dt.UTC))
    well = all(one.level is not Level.TROUBLE for one in found)
    if as_json:
        click.echo(json.dumps({"well": well, "findings": [asdict(one) for one in found]}, ensure_ascii=False, indent=1))
    else:
        screen = Screen()
        marks = {Level.FINE: "  ", Level.WARNING: "! ", Level.TROUBLE: "✗ "}
        for one in found:
            screen.say(marks[one.level] + one.words, "" if one.level is Level.FINE else "bold")
            if one.mend:
                screen.say(one.mend, indent=4)
    if not well:
        raise click.exceptions.Exit(codes.TROUBLE)
