"""``opora dataset``: the template to fill in, the check of what was filled in, and its conversion."""

from __future__ import annotations

from pathlib import Path

import click

from opora.cli import codes
from opora.cli.data import read, sound_dataset, tell_faults, tell_notes
from opora.cli.going_out import csv_option, refuse_existing, see_what_is_asked, write_out
from opora.cli.options import accept_option, command
from opora.cli.screen import Screen, steps
from opora.cli.writing import see_that_one_can_write, whole_file


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
    refuse_existing(out, overwrite=overwrite, hint="КНИГА.xlsx")
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


@command("convert", short_help="записать папкой Parquet, папкой CSV или книгой Excel")
@click.argument("source", metavar="ПУТЬ", type=click.Path(exists=True, path_type=Path))
@click.argument("out", metavar="КУДА", type=click.Path(path_type=Path))
@csv_option
@click.option("--overwrite", is_flag=True, help="Заменить книгу, если она уже есть.")
@accept_option
def convert(source: Path, out: Path, as_csv: bool, overwrite: bool, accept_faults: bool) -> None:
    """Переписать набор данных в папку Parquet — так он читается быстрее и не меняется — или в книгу: КУДА.xlsx.

    В книге и в CSV то, что Excel принял бы за формулу («=…», «+…», «-…», «@…»), остаётся текстом.
    """
    see_what_is_asked(out, as_csv=as_csv, overwrite=overwrite, hint="КУДА")
    see_that_one_can_write(out.parent)
    write_out(sound_dataset(source, accept_faults=accept_faults), out, as_csv=as_csv, hint="КУДА")
    Screen().say(f"Записано: {out}")


for _command in (template, check, convert):
    dataset.add_command(_command)
