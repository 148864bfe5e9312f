"""``opora intake``: how facts come in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from opora.cli import codes
from opora.cli.intake_batches import commit, drop, listed, preview, settle, show, undo
from opora.cli.options import command
from opora.cli.screen import NBSP, Screen, steps
from opora.cli.writing import see_that_one_can_write, whole_folder

if TYPE_CHECKING:
    from opora.intake.scoring.folder import ScoredFolder
    from opora.intake.scoring.tally import Tally

_HEADINGS = ("Поле", "Есть", "Верно", "Лишнее", "Под вопросом", "Точность", "Полнота")


@click.group(
    "intake",
    options_metavar="[ПАРАМЕТРЫ]",
    subcommand_metavar="КОМАНДА …",
    short_help="принять сведения из файлов; взять принятое назад",
    no_args_is_help=True,
)
def intake() -> None:
    """Приём сведений из страниц сайтов, книг Excel и таблиц: посмотреть, внести, отменить."""


@command("score", short_help="сверить прочитанное с ответами")
@click.argument(
    "pages",
    metavar="ПАПКА",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Папка с сохранёнными страницами; рядом со страницей NAME.html — ответы NAME.gold.csv.",
)
@click.option(
    "--out",
    metavar="ПАПКА",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("intake-read"),
    show_default=True,
    help="Куда записать прочитанное (NAME.read.json). В файлах — данные о людях.",
)
@click.option("--misses", is_flag=True, help="Показать, что прочитано не так.")
def score(pages: Path, out: Path, misses: bool) -> None:
    """Прочитать страницы и сверить с ответами: точность и полнота по каждому полю."""
    from opora.intake.scoring.folder import as_json, page_files, score_files

    files = page_files(pages)
    if not files:
        raise click.UsageError(f"В папке «{pages}» нет страниц: нужны файлы .html, .htm или .mht")
    see_that_one_can_write(out)
    screen = Screen()
    with steps(len(files)) as step:
        for result in score_files(files):
            step(f"прочитано страниц: {len(result.pages)}")
    with whole_folder(out) as folder:
        for page in result.pages:
            (folder / f"{Path(page.file).stem}.read.json").write_text(as_json(page), "utf-8")
    _tell(screen, result, misses)
    screen.say(f"Прочитанное записано в папку {out}")
    if result.faults:
        raise click.exceptions.Exit(codes.FAULTS)


intake.add_command(score)
for _command in (preview, show, settle, commit, undo, listed, drop):
    intake.add_command(_command)


def _tell(screen: Screen, result: ScoredFolder, misses: bool) -> None:
    from opora.intake.scoring.score import FIELDS

    rows = [_HEADINGS, *(_row(FIELDS[name], tally) for name, tally in result.score.fields.items())]
    widths = [max(len(row[place]) for row in rows) for place in range(len(_HEADINGS))]
    for row in rows:
        cells = [cell.rjust(width) for cell, width in zip(row, widths, strict=True)]
        screen.code("  ".join((row[0].ljust(widths[0]), *cells[1:])))
    screen.say(f"Страниц: {len(result.pages)}, из них с ответами: {result.scored}")
    told = [miss for tally in result.score.fields.values() for miss in tally.misses]
    for miss in told if misses else ():
        screen.say(miss, indent=2)
    for fault in result.faults:
        screen.say(fault, "bold")


def _row(title: str, tally: Tally) -> tuple[str, ...]:
    counts = (tally.stated, tally.right, tally.wrong, tally.unsure)
    return (title, *(str(count) for count in counts), _percent(tally.precision), _percent(tally.recall))


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{share * 100:.1f}{NBSP}%".replace(".", ",")
