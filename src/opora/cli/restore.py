"""``opora restore``: an installation out of a backup."""

from __future__ import annotations

from pathlib import Path
from shlex import quote

import click

from opora.cli.options import command
from opora.cli.screen import Screen, steps


@command("restore", short_help="восстановить установку из копии")
@click.argument(
    "archive", metavar="КОПИЯ", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Файл копии."
)
@click.option(
    "--into",
    metavar="ПАПКА",
    required=True,
    type=click.Path(path_type=Path),
    help="Где быть установке: новая или пустая папка.",
)
@click.option(
    "--key",
    "key_file",
    metavar="ФАЙЛ",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Ключ копий, который записала opora backup-key. Без него — ключ установки из OPORA_HOME.",
)
def restore(archive: Path, into: Path, key_file: Path | None) -> None:
    """Восстановить установку из копии в пустое место. На новом компьютере нужны только Опора, копия и ключ.

    Повреждённая, неполная или чужая копия не тронет ничего: она проверяется вся до первой записи. Если заданы
    DATABASE_URL и DATABASE_OWNER_URL, заполняется эта база; она должна быть пустой.

    \b
    opora restore opora-1a2b3c4d-20261231-033000.tar.age --into /srv/opora/home --key ключ.txt
    """
    from opora.papers.words import counted
    from opora.site.home import Home
    from opora.upkeep.key import Key
    from opora.upkeep.restore import STEPS
    from opora.upkeep.restore import restore as restore_from

    home = Home.current()
    if key_file is None and not home.exists:
        raise click.UsageError("Назовите ключ, которым открывается копия: --key ФАЙЛ")
    key = Key.read(key_file) if key_file else Key.of(home)
    with steps(STEPS) as step:
        manifest = restore_from(archive, key, into.absolute(), step=step)
    screen = Screen()
    rows = counted(manifest.rows, "строка", "строки", "строк")
    screen.say(f"Восстановлено: {into.absolute()}")
    screen.say(f"Копия от {manifest.made_at.astimezone():%d.%m.%Y %H:%M}, {rows}: все на месте")
    screen.say(f"Дальше: OPORA_HOME={quote(str(into.absolute()))} opora doctor")
