"""``opora load``: a dataset into the registry."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from opora.cli import codes
from opora.cli.data import tell_faults
from opora.cli.options import command, municipality_option
from opora.cli.registry import whoever_runs_this
from opora.cli.screen import Screen, steps

if TYPE_CHECKING:
    from opora.snapshot.load import Loaded


@command("load", short_help="загрузить набор данных в реестр")
@click.argument(
    "source",
    metavar="НАБОР",
    type=click.Path(exists=True, path_type=Path),
    help="Набор данных: папка с Parquet или CSV либо книга Excel.",
)
@municipality_option(required=True)
def load(source: Path, municipality: str) -> None:
    """Загрузить набор данных в реестр: новые строки добавить, известные (по коду) обновить, прочие не трогать.

    Загружается всё или ничего. Если кода муниципалитета в наборе нет, а муниципалитет в нём один, этот код он и
    получит.

    \b
    opora load данные.xlsx --municipality strezhevoy
    """
    from opora.indicators.dataset.faults import DatasetFaults
    from opora.indicators.dataset.store import read_dataset
    from opora.site.setup import start

    try:
        with steps(3) as step:
            step("читаю набор данных")
            dataset = read_dataset(source)
            step("открываю реестр")
            start()
            from opora.snapshot.load import load as load_dataset

            step("проверяю и загружаю")
            loaded = load_dataset(dataset, municipality, whoever_runs_this())
    except DatasetFaults as found:
        screen = Screen(stderr=True)
        tell_faults(screen, found.faults)
        screen.say("Ничего не загружено.", "bold")
        raise click.exceptions.Exit(codes.FAULTS) from None
    _tell(loaded)


def _tell(loaded: Loaded) -> None:
    from opora.papers.words import counted

    added, changed = sum(loaded.added.values()), sum(loaded.changed.values())
    if not added and not changed:
        words = "Всё это в реестре уже есть: ничего не изменилось"
    else:
        rows = counted(added, "строка", "строки", "строк")
        words = f"Добавлено: {rows}; изменено: {counted(changed, 'строка', 'строки', 'строк')}"
    Screen().say(words)
