"""``opora snapshot``: the registry's facts as a dataset."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from opora.cli.options import command, day_option, municipality_option
from opora.cli.registry import whoever_runs_this
from opora.cli.screen import Screen, steps


@command("snapshot", short_help="снять данные реестра в папку")
@click.argument(
    "out", metavar="ПАПКА", type=click.Path(file_okay=False, path_type=Path), help="Куда записать набор данных."
)
@municipality_option(required=True)
@day_option
def snapshot(out: Path, municipality: str, on: dt.date) -> None:
    """Снять всё, что реестр знает о муниципалитете или регионе, в набор данных: папку Parquet.

    Дата — та, на которую будут считать; она стоит в названии набора. Те же данные дают тот же хеш.

    \b
    opora snapshot снимок-2022 --municipality strezhevoy --on 2022-12-31
    """
    from opora.site.setup import start

    with steps(2) as step:
        step("открываю реестр")
        start()
        from opora.snapshot.take import take

        step("снимаю данные реестра")
        dataset = take(municipality, on, out, whoever_runs_this())
    screen = Screen()
    screen.say(f"Записано: {out}")
    screen.say(f"Хеш: {dataset.hash}")
