"""Formulas in which the places of their faults are marked: ``age < 35 and [[educatr]]``."""

from __future__ import annotations

import re
from collections.abc import Callable

from opora.indicators.formula.faults import FormulaFaults

Told = tuple[str, str, int, int]
"""Message, the piece of text that it is about, line and column of its first character."""

_MARK = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)


def unmarked(text: str) -> str:
    return _MARK.sub(r"\1", text)


def expected(text: str, *messages: str) -> list[Told]:
    """One message for each mark, in order."""
    marks = list(_MARK.finditer(text))
    assert len(marks) == len(messages)
    found = []
    for mark, message in zip(marks, messages, strict=True):
        before = unmarked(text[: mark.start()])
        found.append((message, mark[1], before.count("\n") + 1, len(before) - before.rfind("\n")))
    return found


def told(act: Callable[[str], object], text: str) -> list[Told]:
    """The faults that ``act`` finds in the text; none if it finds nothing wrong."""
    try:
        act(text)
    except FormulaFaults as problem:
        places = [(fault, fault.at) for fault in problem.faults]
        return [(fault.message, text[at.start : at.end], at.line, at.column) for fault, at in places]
    return []
