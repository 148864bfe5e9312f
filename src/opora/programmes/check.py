"""Every fault of a programme's file at once, each with its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path

from opora.programmes.faults import ProgrammeFault, ProgrammeFaults
from opora.programmes.model import Programme
from opora.programmes.rules import codes, definitions, formulas, targets, words
from opora.programmes.rules.base import Faults
from opora.programmes.rules.shape import shape
from opora.programmes.tree import Fields, read_file, read_tree

MOST_FAULTS = 500
"""Told of one file."""


@dataclass(frozen=True, slots=True)
class Examined:
    """``programme`` is None where the file has faults."""

    programme: Programme | None
    faults: tuple[ProgrammeFault, ...]


def check_programme(path: Path | str) -> tuple[ProgrammeFault, ...]:
    """The faults of a file in the order of their places; empty if it can be counted."""
    try:
        return examine(read_file(Path(path))).faults
    except ProgrammeFaults as stopped:
        return stopped.faults


def examine(text: str) -> Examined:
    """The programme written in ``text``, or what is wrong with it."""
    try:
        root, repeated = read_tree(text)
    except ProgrammeFaults as stopped:
        return Examined(None, stopped.faults)
    programme, misshapen = shape(root)
    told = chain(repeated, misshapen, (fault for rule in _RULES for fault in rule(root)))
    faults = sorted({*islice(told, MOST_FAULTS)})
    if next(told, None) is not None:
        faults.append(replace(faults[-1], message=f"Ошибок больше {MOST_FAULTS}: исправьте эти и проверьте снова"))
    return Examined(None if faults else programme, tuple(faults))


_RULES: tuple[Callable[[Fields], Faults], ...] = (
    codes.codes_differ,
    codes.references_hold,
    formulas.one_kind_each,
    formulas.formulas_hold,
    definitions.definitions_named,
    targets.targets_fit,
    targets.dates_in_order,
    targets.bases_fit,
    words.letters_of_one_script,
    words.roles_not_people,
)
