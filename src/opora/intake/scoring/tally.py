"""Counting what was read rightly, wrongly, with doubt, and not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """Of one field. What was read with doubt is a miss for recall, no error for precision, and counted by itself."""

    right: int = 0
    wrong: int = 0
    unsure: int = 0
    stated: int = 0
    """As many as there are to be found."""
    misses: list[str] = field(default_factory=list)
    """What differs, for whoever mends it."""

    @property
    def precision(self) -> float | None:
        read = self.right + self.wrong
        return self.right / read if read else None

    @property
    def recall(self) -> float | None:
        return self.right / self.stated if self.stated else None

    @property
    def unsure_share(self) -> float | None:
        read = self.right + self.wrong + self.unsure
        return self.unsure / read if read else None

    def add(self, other: Tally) -> None:
        self.right += other.right
        self.wrong += other.wrong
        self.unsure += other.unsure
        self.stated += other.stated
        self.misses += other.misses


def compare(read: Iterable[tuple[str, bool]], gold: Iterable[str], where: str) -> Tally:
    """``read``: values and whether they are sure; as sets with repeats."""
    wanted = Counter(gold)
    tally = Tally(stated=wanted.total())
    for value, sure in read:
        if not sure:
            tally.unsure += 1
            tally.misses.append(f"{where}: «{value}» под вопросом")
        elif wanted[value] > 0:
            wanted[value] -= 1
            tally.right += 1
        else:
            tally.wrong += 1
            tally.misses.append(f"{where}: лишнее «{value}»")
    tally.misses += [f"{where}: нет «{value}»" for value in wanted.elements()]
    return tally
