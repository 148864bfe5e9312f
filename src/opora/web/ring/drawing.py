"""The ring as a picture: numbered stations, each in the tone of its state. The table beside it says the same."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from opora.web.ring.stations import State, Station

_CENTRE, _RADIUS = 120, 92


@dataclass(frozen=True, slots=True)
class Dot:
    """Numbers as an SVG writes them, whatever the language."""

    number: int
    x: str
    y: str
    tone: str


@dataclass(frozen=True, slots=True)
class Ring:
    stations: Sequence[Station]

    @property
    def dots(self) -> list[Dot]:
        """Clockwise from the top."""
        step = 2 * math.pi / len(self.stations)
        return [
            Dot(one.number, _at(math.sin(step * place)), _at(-math.cos(step * place)), one.stop.state.tone)
            for place, one in enumerate(self.stations)
        ]

    @property
    def late(self) -> int:
        return sum(one.stop.state is State.LATE for one in self.stations)


def _at(part: float) -> str:
    return f"{_CENTRE + _RADIUS * part:.1f}"
