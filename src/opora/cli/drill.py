"""``opora drill``: a restoration on trial."""

from __future__ import annotations

from pathlib import Path

import click

from opora.cli.options import command
from opora.cli.screen import Screen, steps


@command("drill", short_help="проверить, что из копии можно восстановиться")
@click.argument(
    "archive",
    metavar="[КОПИЯ]",
    required=False,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Файл копии; без него — последняя.",
)
def drill(archive: Path | None) -> None:
    """Восстановить последнюю копию рядом, посчитать в ней показатели, сравнить с тем, что было, и убрать за собой.

    Рабочая база не затрагивается. Сколько это заняло и совпало ли всё, помнит opora doctor.
    """
    from opora.cli.trouble import Trouble
    from opora.papers.words import counted
    from opora.site.home import Home
    from opora.upkeep.drill import STEPS
    from opora.upkeep.drill import drill as restore_aside

    home = Home.current()
    home.require()
    with steps(STEPS) as step:
        done = restore_aside(home, archive, step=step)
    if done.trouble:
        raise Trouble(f"Из копии «{done.archive}» восстановиться нельзя. {done.trouble}")
    screen = Screen()
    rows = counted(done.rows, "строка", "строки", "строк")
    screen.say(f"Копия {done.archive} годится: {rows} на месте, показателей совпало: {done.compared}")
    screen.say(f"Заняло {done.seconds:.0f} с")
