"""``opora publish``: tables that anybody may read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from opora.cli.options import command, day_option, municipality_option, programme_argument
from opora.cli.programme import programme_for
from opora.cli.registry import whoever_runs_this
from opora.cli.screen import Screen, steps
from opora.cli.trouble import Faulty
from opora.cli.writing import see_that_one_can_write, whole_folder

if TYPE_CHECKING:
    from opora.privacy.outsiders import OutsidersTable


@command("publish", short_help="опубликовать таблицы для всех, без малых групп")
@programme_argument
@municipality_option(required=True)
@day_option
@click.option("--look", is_flag=True, help="Только показать, что увидят посторонние; ничего не публиковать.")
@click.option(
    "--out",
    metavar="ПАПКА",
    type=click.Path(file_okay=False, path_type=Path),
    help="Записать опубликованное сюда же: книга Excel и страница HTML.",
)
def publish(programme: str, municipality: str, on: dt.date, look: bool, out: Path | None) -> None:
    """Опубликовать доли программы по организациям: их увидит любой, без входа. Изменить опубликованное нельзя.

    Числа, по которым узнали бы о тех, кого меньше пяти, скрыты: и в этой таблице, и вместе с прежними. Об одном и том
    же таблицу публикуют раз в год.

    \b
    opora publish strezhevoy --municipality strezhevoy --on 2022-12-31 --out таблицы
    """
    if out and look:
        raise click.UsageError("С --look ничего не записывается: уберите --out")
    if out:
        see_that_one_can_write(out)
    asked, by = programme_for(programme, municipality, on), whoever_runs_this()
    with steps(2) as step:
        step("открываю реестр")
        from opora.site.setup import start

        start()
        from opora.cycle.domain.publishing import BY, table_to_publish
        from opora.cycle.domain.publishing import publish as put_out
        from opora.papers.published import paper_of, write_published_page, write_published_workbook
        from opora.registry.scope import scope
        from opora.registry.verbs import Refused
        from opora.snapshot.territories import territory
        from opora.snapshot.values import Question, fresh_values

        step("считаю показатели")
        place = territory(municipality)
        result = fresh_values(Question(asked, place.key, on, by=BY), by).result
    screen = Screen()
    if look:
        with scope([place.pk], by):
            _tell(screen, table_to_publish(result, asked, place))
        return
    try:
        table = put_out(result, asked, place, by=by)
    except Refused as refused:
        raise Faulty("\n".join(f"{fault.message}. {fault.mend}" for fault in refused.faults)) from refused
    screen.say(f"Опубликовано: {table.title}, на {table.on:%d.%m.%Y}")
    if out:
        paper = paper_of(table)
        with whole_folder(out) as folder:
            write_published_workbook(paper, folder / f"{paper.name}.xlsx")
            write_published_page(paper, folder / f"{paper.name}.html")
        screen.say(f"Записано: {out}")


def _tell(screen: Screen, table: OutsidersTable) -> None:
    for number, (code, title) in enumerate(zip(table.codes, table.titles, strict=True)):
        screen.say(f"{code}. {title}", "bold")
        for row in table.rows:
            cell = row.cells[number]
            screen.say(f"{row.title}: {f'{cell.n} из {cell.total}' if cell else 'скрыто'}", indent=2)
    if table.left_out:
        screen.say(f"Не войдут, потому что вычитаются из других: {', '.join(table.left_out)}")
