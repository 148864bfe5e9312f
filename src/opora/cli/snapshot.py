"""``opora snapshot``: the registry's facts as a dataset."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from opora.cli.going_out import csv_option, is_book, see_what_is_asked, write_out
from opora.cli.options import command, day_option, municipality_option
from opora.cli.registry import whoever_runs_this
from opora.cli.screen import Screen, steps


@command("snapshot", short_help="снять данные реестра в папку или книгу")
@click.argument(
    "out", metavar="КУДА", type=click.Path(path_type=Path), help="Папка или книга КУДА.xlsx для набора данных."
)
@municipality_option(required=True)
@day_option
@csv_option
@click.option("--overwrite", is_flag=True, help="Заменить книгу, если она уже есть.")
def snapshot(out: Path, municipality: str, on: dt.date, as_csv: bool, overwrite: bool) -> None:
    """Снять всё, что реестр знает о муниципалитете или регионе, в набор данных: папку Parquet или CSV, книгу Excel.

    Дата — та, на которую будут считать; она стоит в названии набора. Те же данные дают тот же хеш.

    \b
    opora snapshot снимок-2022 --municipality strezhevoy --on 2022-12-31
    opora snapshot снимок-2022.xlsx --municipality strezhevoy --on 2022-12-31
    """
    see_what_is_asked(out, as_csv=as_csv, overwrite=overwrite, hint="КУДА")
    from opora.site.setup import start

    with steps(2) as step:
        step("открываю реестр")
        start()
        from opora.snapshot.take import take

        step("снимаю данные реестра")
        if is_book(out) or as_csv:
            with TemporaryDirectory(prefix="opora-") as scratch:
                dataset = take(municipality, on, Path(scratch) / "snapshot", whoever_runs_this())
                code = dataset.hash
                write_out(dataset, out, as_csv=as_csv, hint="КУДА")
        else:
            code = take(municipality, on, out, whoever_runs_this()).hash
    screen = Screen()
    screen.say(f"Записано: {out}")
    screen.say(f"Хеш: {code}")
