"""``opora backup``, ``opora backup-key``: a copy of everything, and the key without which nobody reads it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from opora.cli.options import command
from opora.cli.screen import Screen, steps
from opora.cli.writing import see_that_one_can_write

KEEP = 14


@command("backup", short_help="сделать резервную копию")
@click.argument("folder", metavar="ПАПКА", type=click.Path(path_type=Path), help="Куда положить копию.")
@click.option(
    "--keep",
    metavar="ЧИСЛО",
    type=click.IntRange(1),
    default=KEEP,
    show_default=True,
    help="Сколько последних копий этой установки оставить в папке; более старые удаляются, когда новая записана.",
)
def backup(folder: Path, keep: int) -> None:
    """Сделать резервную копию: база, файлы и секреты в одном зашифрованном файле. Работе копирование не мешает.

    Держите копии на другом компьютере, а ключ к ним (opora backup-key) — не там, где копии.

    \b
    opora backup /mnt/копии --keep 30
    """
    from opora.papers.words import counted
    from opora.site.setup import start
    from opora.upkeep.backup import STEPS
    from opora.upkeep.backup import backup as make_backup
    from opora.upkeep.journal import Journal

    see_that_one_can_write(folder)
    with steps(STEPS + 1) as step:
        step("открываю реестр")
        home = start()
        made = make_backup(home, folder, keep=keep, step=step)
    screen = Screen()
    rows = counted(made.rows, "строка", "строки", "строк")
    screen.say(f"Записано: {made.path}")
    screen.say(f"{rows}, {made.size / 1e6:.1f} МБ, за {made.seconds:.0f} с")
    if Journal.of(home).key_saved is None:
        screen.say("Ключ к копиям пока только на этом компьютере. Сохраните его в другом месте: opora backup-key ФАЙЛ")


@command("backup-key", short_help="записать ключ резервных копий в файл")
@click.argument("file", metavar="ФАЙЛ", type=click.Path(dir_okay=False, path_type=Path), help="Куда записать ключ.")
def backup_key(file: Path) -> None:
    """Записать ключ, которым открываются копии этой установки, чтобы унести его на другой носитель.

    Копии зашифрованы: если компьютер пропадёт вместе с ключом, их не откроет никто. Файл — несколько строк текста; его
    можно и напечатать. Кто им владеет, тот прочтёт любую копию.
    """
    from opora.cli.trouble import Trouble
    from opora.site.home import Home
    from opora.upkeep.journal import Journal
    from opora.upkeep.key import Key, write_key

    home = Home.current()
    home.require()
    today = dt.date.today()
    try:
        write_key(Key.of(home), file, today)
    except FileExistsError:
        raise Trouble(f"«{file}» уже есть, а в нём может быть другой ключ: назовите новый файл") from None
    journal = Journal.of(home)
    journal.key_saved = today
    journal.keep(home)
    screen = Screen()
    screen.say(f"Записано: {file}")
    screen.say("Перенесите файл туда, где нет ни копий, ни Опоры, и удалите его с этого компьютера")
