"""Three truth values as small numbers: 0 false, 1 unknown, 2 true. ``or`` is the greatest, ``and`` the least."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis

FALSE, UNKNOWN, TRUE = 0, 1, 2


def constant(value: int) -> Any:
    return ibis.literal(value, type="int8")


def code(condition: Any) -> Any:
    """From SQL's boolean, in which unknown is NULL."""
    return (condition.cast("int8") * constant(TRUE)).fill_null(constant(UNKNOWN)).cast("int8")


def both(codes: Sequence[Any]) -> Any:
    return codes[0] if len(codes) == 1 else ibis.least(*codes)


def either(codes: Sequence[Any]) -> Any:
    return codes[0] if len(codes) == 1 else ibis.greatest(*codes)


def opposite(one: Any) -> Any:
    return (constant(TRUE) - one).cast("int8")
