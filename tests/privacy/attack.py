"""An attacker who solves the linear system of what is published: exact linear programming, in fractions.

It shares nothing with the code under test: no trees and no intervals, only equations and a simplex.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

Equation = tuple[Mapping[str, int], int]
"""Coefficients by variable, and what they add up to. All variables are at least zero."""


def range_of(wanted: str, equations: Sequence[Equation]) -> tuple[Fraction, Fraction]:
    """The least and the greatest value of a variable. The equations must have a solution and bound it."""
    names = sorted({name for told, _ in equations for name in told} | {wanted})
    rows = [[Fraction(told.get(name, 0)) for name in names] for told, _ in equations]
    right = [Fraction(value) for _, value in equations]
    aim = [Fraction(name == wanted) for name in names]
    return _least(rows, right, aim), -_least(rows, right, [-one for one in aim])


def _least(rows: list[list[Fraction]], right: list[Fraction], aim: list[Fraction]) -> Fraction:
    """Two phases: first the sum of one helper for each row goes to zero, then the aim goes down."""
    count, variables = len(rows), len(aim)
    table = []
    for place, (row, value) in enumerate(zip(rows, right, strict=True)):
        sign = -1 if value < 0 else 1
        helpers = [Fraction(place == other) for other in range(count)]
        table.append([*(sign * one for one in row), *helpers, sign * value])
    basis = list(range(variables, variables + count))
    first = [Fraction(0)] * variables + [Fraction(1)] * count
    assert _descend(table, basis, first, variables + count) == 0, "nothing satisfies what was published"
    # A helper that is still there stands at zero: its row says nothing new, or it gives way to a variable.
    for place in range(count):
        if basis[place] >= variables:
            column = next((each for each in range(variables) if table[place][each]), None)
            if column is not None:
                _pivot(table, basis, place, column)
    return _descend(table, basis, [*aim, *[Fraction(0)] * count], variables)


def _descend(table: list[list[Fraction]], basis: list[int], cost: list[Fraction], usable: int) -> Fraction:
    """Bland's rule: it never goes round in a circle."""

    def worth(column: int) -> Fraction:
        return sum((cost[each] * row[column] for each, row in zip(basis, table, strict=True)), Fraction(0))

    while True:
        entering = next((column for column in range(usable) if cost[column] < worth(column)), None)
        if entering is None:
            return worth(-1)
        leaving = min(
            (row[-1] / row[entering], basis[place], place) for place, row in enumerate(table) if row[entering] > 0
        )[2]
        _pivot(table, basis, leaving, entering)


def _pivot(table: list[list[Fraction]], basis: list[int], place: int, column: int) -> None:
    by = table[place][column]
    table[place] = [one / by for one in table[place]]
    for other, row in enumerate(table):
        if other != place and row[column]:
            by = row[column]
            table[other] = [one - by * pivot for one, pivot in zip(row, table[place], strict=True)]
    basis[place] = column
