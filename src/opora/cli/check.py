"""``opora check``: everything that is wrong in a programme's file, at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from opora.cli import codes
from opora.cli.options import command
from opora.cli.screen import Screen

if TYPE_CHECKING:
    from opora.programmes.faults import ProgrammeFault
    from opora.programmes.model import Programme


@command("check", short_help="проверить файл программы")
@click.argument("programme", metavar="ПРОГРАММА", help="Файл YAML или ключ встроенной программы.")
def check(programme: str) -> None:
    """Проверить программу: все ошибки сразу, с местом и подсказкой."""
    Screen().say(summary(sound_programme(programme, Screen())))


def sound_programme(path_or_key: str, screen: Screen | None = None) -> Programme:
    """The programme; where it has faults they are told, on stderr if no ``screen`` is given, and the command ends."""
    from opora.programmes.load import programme_path
    from opora.programmes.tree import read_file

    path = programme_path(path_or_key)
    return sound_text(read_file(path), str(path), screen)


def sound_text(text: str, name: str, screen: Screen | None = None) -> Programme:
    """The same of a text; ``name`` is told before each fault."""
    from opora.programmes.check import examine

    examined = examine(text)
    if examined.programme is None:
        tell_faults(screen or Screen(stderr=True), name, text, examined.faults)
        raise click.exceptions.Exit(codes.FAULTS)
    return examined.programme


def summary(programme: Programme) -> str:
    """«Ошибок нет: 37 показателей, из них 4 по карточкам»."""
    from opora.papers.words import counted

    reported = sum(1 for indicator in programme.indicators if indicator.reported)
    known = counted(len(programme.indicators), "показатель", "показателя", "показателей")
    measures = counted(len(programme.measures), "мероприятие", "мероприятия", "мероприятий")
    return f"Ошибок нет: {known}, из них по карточкам {reported}; {measures}"


def tell_faults(screen: Screen, name: str, text: str, faults: tuple[ProgrammeFault, ...]) -> None:
    """Each as ``file:line:column``, which editors open by a click, with the line itself and a caret under the place."""
    from opora.programmes.faults import pointed_out

    for fault, quoted in pointed_out(text, faults):
        screen.say(f"{name}:{fault.line}:{fault.column}: {fault.message}", "bold")
        for line in quoted or ():
            screen.say(line, indent=4)
    screen.say(f"Ошибок: {len(faults)}", "bold red")
