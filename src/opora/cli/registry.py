"""What the commands of the registry share."""

from __future__ import annotations

import datetime as dt
import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from opora.cli.data import sound_dataset
from opora.cli.screen import steps

if TYPE_CHECKING:
    from opora.indicators.dataset.store import Dataset
    from opora.registry.scope import Actor


def whoever_runs_this() -> Actor:
    """As the trail will tell it."""
    from opora.registry.scope import Actor

    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = "?"
    return Actor(f"командная строка: {name}")


@contextmanager
def facts(
    source: Path | None, municipality: str | None, on: dt.date, *, accept_faults: bool
) -> Iterator[Dataset]:  # fmt: skip
    """The dataset at the path, or what the registry knows of the municipality."""
    if (source is None) == (municipality is None):
        raise click.UsageError(
            "Назовите одно из двух: --data — свой набор данных, --municipality — муниципалитет реестра"
        )
    if source is not None:
        yield sound_dataset(source, accept_faults=accept_faults)
        return
    assert municipality is not None
    yield _kept(municipality, on)


def _kept(municipality: str, on: dt.date) -> Dataset:
    """A snapshot of the registry: the last one, if nothing has changed since."""
    from opora.site.setup import start

    with steps(2) as step:
        step("открываю реестр")
        start()
        from opora.snapshot.kept import kept_snapshot

        step("снимаю данные реестра")
        return kept_snapshot(municipality, on, whoever_runs_this())[0]
