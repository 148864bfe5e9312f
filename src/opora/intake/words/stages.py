"""Kinds of experience and the words that name them."""

from __future__ import annotations

import re
from enum import Enum, auto

from opora.intake.words.letters import plain


class Stage(Enum):
    """Kinds of experience."""

    TOTAL = auto()
    PEDAGOGICAL = auto()
    IN_POST = auto()
    ELSEWHERE = auto()


_STAGES: tuple[tuple[Stage, str], ...] = (
    (Stage.TOTAL, r"общ(?!еобр)|трудов"),
    (
        Stage.PEDAGOGICAL,
        r"\bпед|\bпреподават|по спец|по профил|профессиональн\w* (?:сфер|деятельн)|проф-ой|соответствующ",
    ),
    (Stage.IN_POST, r"в (?:\w+ )?должност"),
    (Stage.ELSEWHERE, r"в (?:\w+ )*(?:учреждени|организац|школ|доу|оу\b)"),
)


def stages_of(words: str) -> tuple[Stage, ...]:
    """The kinds of experience that are named, in their order; none where it only says «стаж»."""
    text = plain(words)
    found = [(place.start(), stage) for stage, pattern in _STAGES if (place := re.search(pattern, text))]
    return tuple(stage for _, stage in sorted(found, key=lambda pair: pair[0]))
