"""``opora demo``: the founding programmes over synthetic towns, from the facts to the papers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from opora.cli import options
from opora.cli.compute import counted, steps_of, write_papers
from opora.cli.figures import Figure, figures_of, tell_figures
from opora.cli.screen import Screen, Step, steps
from opora.cli.table import tell_result
from opora.cli.trouble import Trouble

if TYPE_CHECKING:
    from opora.demo.spec import TownSpec
    from opora.indicators.dataset.store import Dataset
    from opora.indicators.results import ProgrammeResult

TOWNS = ("strezhevoy", "lesosibirsk", "balakhta", "olenegorsk", "pervouralsk")
_SEED = 2021


@options.command("demo", short_help="пять программ на условных городах: с этого начните")
@click.option(
    "--out",
    metavar="ПАПКА",
    default=Path("var/demo"),
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Куда записать наборы данных, книги и отчёты.",
)
@click.option(
    "--only",
    metavar="КЛЮЧ",
    multiple=True,
    type=click.Choice(TOWNS),
    help=f"Только эта программа; можно повторять: {', '.join(TOWNS)}.",
)
@click.option(
    "--people",
    metavar="ЧИСЛО",
    type=click.IntRange(min=50),
    help="Сколько педагогов в городе; без него — сколько есть.",
)
@click.option(
    "--seed", metavar="ЧИСЛО", type=click.IntRange(min=0), default=_SEED, show_default=True, help="Зерно случайности."
)
@click.option("--papers-only", is_flag=True, help="Только книги и отчёты: без реестра и сервера.")
@click.option("--stop", is_flag=True, help="Остановить сервер прошлого показа и убрать его реестр.")
def demo(
    out: Path, only: tuple[str, ...], people: int | None, seed: int, papers_only: bool, stop: bool
) -> None:  # fmt: skip
    """Создать условные города, посчитать их программы, записать книги и отчёты, открыть сервер с их реестром.

    Людей в городах нет: всё выдумано.
    """
    from opora.cli.demo_site import close_site, open_site, tell_site

    screen = Screen()
    if stop:
        screen.say("Сервер остановлен" if close_site(out) else "Останавливать нечего")
        return
    keys = list(dict.fromkeys(only)) or list(TOWNS)
    for key in keys:
        result, figures = _town(key, out / key, people=people, seed=seed)
        tell_result(screen, result)
        if people is None:
            tell_figures(screen, figures)
    _tell_what_next(screen, out, keys)
    if not papers_only:
        tell_site(screen, open_site(out, keys))


def _town(key: str, folder: Path, *, people: int | None, seed: int) -> tuple[ProgrammeResult, list[Figure]]:
    from opora.demo.spec import town
    from opora.programmes.compute import Wish
    from opora.programmes.load import load_programme

    programme, spec = load_programme(key), town(key)
    on = max(day for day in programme.reporting_dates if day <= spec.last.astype(object))
    with steps(4 + steps_of(programme, Wish(), on, papers=True)) as step:
        dataset = _dataset(spec, folder / "dataset", people, seed, step)
        result = counted(programme, dataset, on, step=step)
        step("сверяю с опубликованными числами")
        figures = figures_of(programme, dataset, spec.anchor.astype(object)) if people is None else []
        write_papers(programme, result, folder, step)
    return result, figures


def _dataset(spec: TownSpec, folder: Path, people: int | None, seed: int, step: Step) -> Dataset:
    """Generated, written, read back as a user's would be, and checked as a user's would be."""
    from opora.cli.data import read
    from opora.demo.write import write_town

    step(f"{spec.title}: создаю город")
    write_town(spec, folder, people=people, seed=seed)
    dataset, faults = read(folder, step)
    if faults:
        raise Trouble(f"Условный город «{spec.title}» вышел с ошибками ({len(faults)}), это ошибка Опоры: {faults[0]}")
    return dataset


def _tell_what_next(screen: Screen, out: Path, keys: list[str]) -> None:
    from opora.programmes.load import load_programme

    screen.head("Что открыть")
    for key in keys:
        for path in sorted((out / key).glob(f"{key}-*.*")):
            screen.say(str(path), indent=2)
    programme = load_programme(keys[0])
    indicator = next((one for one in programme.indicators if one.lists), programme.indicators[0])
    on = max(programme.reporting_dates)
    screen.say("Кто стоит за числом:", indent=2)
    screen.say(f"opora explain {keys[0]} {indicator.code} --data {out / keys[0] / 'dataset'} --on {on}", indent=4)
    screen.say("Свои данные — заполните книгу и посчитайте:", indent=2)
    screen.say("opora dataset template данные.xlsx", indent=4)
    screen.say(f"opora compute {keys[0]} --data данные.xlsx --on {on} --out отчёт", indent=4)
