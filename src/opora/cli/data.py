"""A dataset as the commands take it: read, checked, and refused where it has faults."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from opora.cli import codes
from opora.cli.screen import Screen, Step, steps

if TYPE_CHECKING:
    from opora.indicators.dataset.faults import DatasetFault
    from opora.indicators.dataset.store import Dataset

SHOWN = 50
"""So many faults are shown, lest the first of them leave the screen."""


def read(source: Path, step: Step) -> tuple[Dataset, tuple[DatasetFault, ...]]:
    """The dataset and all that is wrong in it. Raises ``DatasetFaults`` where there is nothing to read."""
    from opora.indicators.dataset.check import check_dataset
    from opora.indicators.dataset.store import read_dataset

    step("читаю набор данных")
    dataset = read_dataset(source)
    step("проверяю набор данных")
    return dataset, (*dataset.reading_faults, *check_dataset(dataset))


def sound_dataset(source: Path, *, accept_faults: bool) -> Dataset:
    """The dataset without faults; with ``accept_faults`` any dataset, marked."""
    with steps(2) as step:
        dataset, faults = read(source, step)
    screen = Screen(stderr=True)
    if dataset.missing:
        screen.say(f"К сведению: не дано таблиц: {len(dataset.missing)}; какие — покажет opora dataset check", "dim")
    if dataset.note_of_coverage:
        screen.say(f"Внимание: {dataset.note_of_coverage}.", "bold yellow")
    if not faults:
        return dataset
    tell_faults(screen, faults)
    if not accept_faults:
        screen.say(
            "Ничего не сделано. Исправьте данные или добавьте --accept-faults: результаты будут помечены.", "bold"
        )
        raise click.exceptions.Exit(codes.FAULTS)
    return dataset.taken_as_it_is()


def tell_notes(screen: Screen, dataset: Dataset) -> None:
    for note in dataset.notes:
        screen.say(f"К сведению: {note}.", "dim")


def tell_faults(screen: Screen, faults: Sequence[DatasetFault]) -> None:
    screen.say("В данных есть ошибки:", "bold red")
    for fault in faults[:SHOWN]:
        screen.say(f"• {fault}", indent=2)
    if len(faults) > SHOWN:
        screen.say(f"…и ещё записей об ошибках: {len(faults) - SHOWN}; исправьте эти и проверьте снова", indent=2)
