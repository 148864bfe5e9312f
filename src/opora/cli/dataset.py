"""``opora dataset``: the template to fill in, the check of what was filled in, and its conversion."""

from __future__ import annotations

from pathlib import Path

import click

from opora.cli import codes
from opora.cli.data import read, sound_dataset, tell_faults, tell_notes
from opora.cli.options import accept_option, command
from opora.cli.screen import Screen, steps
from opora.cli.writing import whole_file


@click.group(
    "dataset",
    options_metavar="[ПАРАМЕТРЫ]",
    subcommand_metavar="КОМАНДА …",
    short_help="шаблон, проверка и преобразование набора данных",
)
def dataset() -> None:
    """Набор данных: шаблон для заполнения, проверка, преобразование."""


@command("template", short_help="пустая книга Excel")
@click.argument("out", metavar="КНИГА.xlsx", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--overwrite", is_flag=True, help="Заменить файл, если он уже есть.")
def template(out: Path, overwrite: bool) -> None:
    """Записать пустую книгу Excel: все таблицы, подсказки и списки выбора."""
    from opora.indicators.dataset.template import write_template

    if out.suffix.lower() != ".xlsx":
        raise click.BadParameter(f"«{out.name}»: имя книги должно кончаться на .xlsx", param_hint="КНИГА.xlsx")
    if out.exists() and not overwrite:
        message = f"«{out}» уже есть, и в нём могут быть данные: назовите иначе или добавьте --overwrite"
        raise click.BadParameter(message, param_hint="КНИГА.xlsx")
    with whole_file(out) as fresh:
        write_template(fresh)
    Screen().say(f"Записано: {out}")


@command("check", short_help="проверить набор данных")
@click.argument("source", metavar="ПУТЬ", type=click.Path(exists=True, path_type=Path))
def check(source: Path) -> None:
    """Проверить папку или книгу: все ошибки с местом и с тем, как исправить."""
    with steps(2) as step:
        found, faults = read(source, step)
    screen = Screen()
    tell_notes(screen, found)
    if faults:
        tell_faults(screen, faults)
        raise click.exceptions.Exit(codes.FAULTS)
    rows = sum(found.rows(name) for name in found.sources)
    screen.say(f"Ошибок нет. Строк во всех таблицах: {rows}", "green")


@command("convert", short_help="записать папкой Parquet")
@click.argument("source", metavar="ПУТЬ", type=click.Path(exists=True, path_type=Path))
@click.argument("out", metavar="ПАПКА", type=click.Path(file_okay=False, path_type=Path))
@accept_option
def convert(source: Path, out: Path, accept_faults: bool) -> None:
    """Переписать набор данных в папку Parquet: так он читается быстрее и не меняется."""
    from opora.indicators.dataset.faults import DatasetFaults
    from opora.indicators.dataset.store import write_parquet

    found = sound_dataset(source, accept_faults=accept_faults)
    try:
        write_parquet(found, out)
    except DatasetFaults as occupied:
        raise click.BadParameter(str(occupied), param_hint="ПАПКА") from occupied
    Screen().say(f"Записано: {out}")


for _command in (template, check, convert):
    dataset.add_command(_command)
