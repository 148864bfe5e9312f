"""Three truth values: SQL's boolean, in which unknown is NULL, and the same as a small number where it is aggregated.

SQL's «and», «or» and «not» are those of docs/semantics.md, section 2; its ``bool_or`` is not, for it forgets the NULL.
So conditions are booleans, and become 0, 1 or 2 where many rows are made one: the greatest is «or», the least «and».
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import ibis

FALSE, UNKNOWN, TRUE = 0, 1, 2


@cache
def constant(value: int) -> Any:
    return ibis.literal(value, type="int8")


@cache
def truth(value: bool | None) -> Any:
    return ibis.null("boolean") if value is None else ibis.literal(value)


def code(condition: Any) -> Any:
    """0 false, 1 unknown, 2 true."""
    return (condition.cast("int8") * constant(TRUE)).fill_null(constant(UNKNOWN))


def settled(certain: Any, impossible: Any) -> Any:
    """True where it is certain, else false where it is impossible, else unknown."""
    return ibis.cases((certain, truth(True)), (impossible, truth(False)))


def both(conditions: Sequence[Any]) -> Any:
    return ibis.and_(*conditions)


def either(conditions: Sequence[Any]) -> Any:
    return ibis.or_(*conditions)
