"""Where words go: a terminal of any width, or a pipe, where a line stays a line and has no colours."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

NBSP = "\u00a0"

Step = Callable[[str], None]


class Screen:
    """Standard output, or with ``stderr`` the other one."""

    def __init__(self, *, stderr: bool = False) -> None:
        self._stderr = stderr

    @cached_property
    def console(self) -> Console:
        from rich.console import Console

        return Console(stderr=self._stderr, highlight=False, markup=False, emoji=False)

    @property
    def interactive(self) -> bool:
        return self.console.is_terminal

    @property
    def width(self) -> int:
        return self.console.width

    def say(self, text: str = "", style: str = "", *, indent: int = 0) -> None:
        """A paragraph; on a terminal it is broken between words."""
        if not self.interactive:
            click.echo(" " * indent + text.replace(NBSP, " "), err=self._stderr)
            return
        if not text:
            self.console.print()
            return
        from rich.padding import Padding
        from rich.text import Text

        self.console.print(Padding(Text(text, style), (0, 0, 0, indent), expand=False))

    def code(self, text: str) -> None:
        """As it is, to be copied: the terminal may fold its lines, Opora does not."""
        click.echo(text, err=self._stderr)

    def head(self, text: str) -> None:
        """A heading, with an empty line above."""
        self.say()
        self.say(text, "bold")

    def show(self, table: RenderableType) -> None:
        """Only for a terminal."""
        self.console.print(table)


@contextmanager
def steps(total: int) -> Iterator[Step]:
    """A bar on stderr that moves with each named step; nothing where nobody watches."""
    if not sys.stderr.isatty():
        yield lambda words: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    look = (SpinnerColumn(), BarColumn(bar_width=24), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*look, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total, completed=-1)
        yield lambda words: bar.update(task, advance=1, description=words)
