"""``opora programme``: the programmes that the registry keeps."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from opora.cli.check import sound_programme, sound_text, summary
from opora.cli.options import command, day_type, municipality_option
from opora.cli.registry import whoever_runs_this
from opora.cli.screen import Screen

if TYPE_CHECKING:
    from opora.cycle.models import ProgrammeVersion
    from opora.programmes.model import Programme


@click.group(
    "programme",
    options_metavar="[ПАРАМЕТРЫ]",
    subcommand_metavar="КОМАНДА …",
    short_help="программы реестра: принять редакцию, ввести в действие",
)
def programme() -> None:
    """Программы реестра: все редакции хранятся, на каждую дату действует одна."""


@command("add", short_help="принять редакцию программы")
@click.argument("source", metavar="ПРОГРАММА")
@municipality_option(required=True)
@click.option("--since", metavar="ДАТА", type=day_type, help="С какого дня она действует; без него — только принять.")
def add(source: str, municipality: str, since: dt.date | None) -> None:
    """Проверить программу и принять её в реестр: файл YAML или ключ встроенной. Та же редакция второй раз не заводится.

    \b
    opora programme add город.yaml --municipality strezhevoy --since 2021-01-01
    """
    from opora.programmes.load import programme_path
    from opora.programmes.tree import read_file
    from opora.site.setup import start

    sound = sound_programme(source)
    start()
    from opora.cycle.domain.programme import put_in_force, take_in
    from opora.snapshot.territories import territory

    place, by = territory(municipality).pk, whoever_runs_this()
    version = take_in(read_file(programme_path(source)), municipality=place, by=by)
    screen = Screen()
    screen.say(summary(sound))
    screen.say(f"«{version.key}», редакция {version.number}")
    if since is not None:
        put_in_force(version.pk, since=since, municipality=place, by=by)
        screen.say(f"Действует с {since:%d.%m.%Y}")


@command("list", short_help="какие редакции есть и какая действует")
@municipality_option(required=True)
def listed(municipality: str) -> None:
    """Показать редакции программ муниципалитета и сроки их действия."""
    from opora.site.setup import start

    start()
    from opora.cycle.models import ProgrammeVersion
    from opora.registry.scope import scope
    from opora.snapshot.territories import territory

    with scope([territory(municipality).pk], whoever_runs_this()):
        versions = list(ProgrammeVersion.objects.prefetch_related("terms"))
    screen = Screen()
    if not versions:
        screen.say("Программ ещё нет: opora programme add")
    for version in versions:
        screen.say(f"{version.key}, редакция {version.number}: {version.title}", "bold")
        screen.say(_terms(version), indent=2)


def _terms(version: ProgrammeVersion) -> str:
    days = [f"{term.since:%d.%m.%Y}" for term in version.terms.all()]
    return f"действует с {', с '.join(days)}" if days else "не действует"


for _command in (add, listed):
    programme.add_command(_command)


def programme_for(path_or_key: str, municipality: str | None, on: dt.date) -> Programme:
    """The programme of the file; or by its key that in force in the registry on the day, else the built-in one."""
    if municipality is None or Path(path_or_key).is_file():
        return sound_programme(path_or_key)
    from opora.site.setup import start

    start()
    from opora.cycle.domain.programme import version_on
    from opora.registry.scope import scope
    from opora.snapshot.territories import territory, with_all_above

    places = [place.pk for place in with_all_above(territory(municipality))]
    with scope(places[:1], whoever_runs_this()):
        version = version_on(path_or_key, on, places=places)
    if version is None:
        return sound_programme(path_or_key)
    return sound_text(version.text, f"{version.key}, редакция {version.number}")
