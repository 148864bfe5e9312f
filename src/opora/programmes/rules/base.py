"""What the rules have in common."""

from __future__ import annotations

from collections.abc import Iterator

from opora.programmes.faults import ProgrammeFault
from opora.programmes.tree import Fields, Node, Text

Faults = Iterator[ProgrammeFault]


def at(node: Node, message: str) -> ProgrammeFault:
    return ProgrammeFault(node.line, node.column, message)


def inside(text: Text, offset: int, message: str) -> ProgrammeFault:
    return ProgrammeFault(*text.place(offset), message)


def value_of(item: Fields, name: str) -> str | None:
    text = item.text(name)
    return text.value if text else None
