"""Faults of a formula: what, where, how to mend it, in Russian."""

from __future__ import annotations

from dataclasses import dataclass

from opora.indicators.formula.tree import NOWHERE, Place


@dataclass(frozen=True, slots=True)
class FormulaFault:
    message: str
    at: Place = NOWHERE


class FormulaFaults(Exception):
    """All the faults of one formula."""

    def __init__(self, faults: list[FormulaFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(fault.message for fault in faults))


DEEPEST = 40
"""Levels of a formula, and of its brackets. The deepest that anybody has written has eight."""

TOO_DEEP = f"Формула вложена слишком глубоко, больше {DEEPEST} уровней; разбейте её на именованные условия"


def place_of(text: str, start: int, length: int) -> Place:
    line = text.count("\n", 0, start) + 1
    return Place(start, start + length, line, start - text.rfind("\n", 0, start))
