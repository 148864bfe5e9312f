"""What it means that the engine and the brute-force evaluator agree."""

from __future__ import annotations

import math
from collections.abc import Mapping

from tests.truth.counts import Answer
from tests.truth.town import Cell


def same(one: Answer, other: Answer) -> bool:
    numbers = zip(_numbers(one), _numbers(other), strict=True)
    return one.partial == other.partial and all(_close(mine, theirs) for mine, theirs in numbers)


def _numbers(answer: Answer) -> tuple[float | None, ...]:
    return answer.value, answer.low, answer.high, answer.n, answer.total, answer.unknown


def _close(mine: float | None, theirs: float | None) -> bool:
    if mine is None or theirs is None:
        return mine is theirs
    return math.isclose(mine, theirs, rel_tol=1e-9, abs_tol=1e-9)


def something(answer: Answer) -> bool:
    """Whether a group has, or may have, at least one thing."""
    return bool(answer.n or answer.total or answer.unknown or answer.value)


def differences(mine: Mapping[Cell, Answer], theirs: Mapping[Cell, Answer]) -> dict[Cell, tuple[object, object]]:
    """Of groups: those in which the two do not agree."""
    keys = [key for key in {*mine, *theirs} if key not in mine or key not in theirs or not same(mine[key], theirs[key])]
    return {key: (mine.get(key), theirs.get(key)) for key in keys}
