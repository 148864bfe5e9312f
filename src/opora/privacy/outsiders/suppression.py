"""Which numbers of one indicator are hidden, so that those that are shown give away none of the hidden ones.

The attacker is taken to know more than is shown: how many people are counted in every place, the hidden ones too (a
school's staff is on its site), and that the number of a place is the sum of those within it. What she can conclude
about a hidden ``n`` is then an interval; each must leave her ``LEAST`` people of doubt, or all the
people of a smaller place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

LEAST = 5
"""Fewer people than so many are a small group."""

Interval = tuple[int, int]
"""From and to, both included."""


@dataclass(frozen=True, slots=True)
class Count:
    """``n`` of ``total`` known ones; of ``unknown`` more nothing is known."""

    n: int
    total: int
    unknown: int = 0

    @property
    def small(self) -> bool:
        """A group of fewer than ``LEAST`` would be told of: those who do, those who do not (so 0 % and 100 % too), or
        those of whom nothing is known."""
        return self.n < LEAST or self.total - self.n < LEAST or 0 < self.unknown < LEAST

    @property
    def doubt(self) -> int:
        """How wide the interval of a hidden ``n`` must be."""
        return min(LEAST, self.total)


Counts = Mapping[str, Count]
Above = Mapping[str, str]
"""By place the one that it lies in, of those that are in the same table."""


def hidden(counts: Counts, above: Above, besides: Iterable[str] = ()) -> frozenset[str]:
    """Places whose number is not shown. ``besides``: those that are hidden for another reason."""
    tree = _Tree(counts, above)
    found = {place for place, count in counts.items() if count.small} | {*besides}
    while len(found) < len(counts) and (weak := next(tree.weak(found), None)) is not None:
        found.add(tree.next_to_hide(weak, found))
    return frozenset(found)


class _Tree:
    def __init__(self, counts: Counts, above: Above) -> None:
        self._counts, self._above = counts, above
        self._within: defaultdict[str, list[str]] = defaultdict(list)
        for place in sorted(above):
            self._within[above[place]].append(place)
        self._upwards = _from_below(counts, above)

    def weak(self, found: set[str]) -> Iterator[str]:
        """Hidden places of which the attacker learns too much."""
        known = self._known(found)
        return (place for place in self._upwards if place in found and self._lacks(place, known))

    def next_to_hide(self, weak: str, found: set[str]) -> str:
        """The smallest one beside, within, above or anywhere whose hiding helps; else the smallest one at all."""
        others = [place for near in self._near(weak) for place in self._by_size(near) if place not in found]
        width = _width(self._known(found)[weak])
        for place in dict.fromkeys(others):
            if _width(self._known(found | {place})[weak]) > width:
                return place
        return others[0]

    def _near(self, place: str) -> Iterator[Sequence[str]]:
        over = self._above.get(place)
        yield self._within[over] if over else ()
        yield self._within[place]
        yield (over,) if over else ()
        yield self._upwards

    def _by_size(self, places: Iterable[str]) -> list[str]:
        return sorted(places, key=lambda place: (self._counts[place].total, place))

    def _lacks(self, place: str, known: Mapping[str, Interval]) -> bool:
        return _width(known[place]) < self._counts[place].doubt

    def _known(self, found: set[str]) -> dict[str, Interval]:
        """What the attacker can conclude: exactly, because in a tree each number stands in two sums at most."""
        below: dict[str, Interval] = {}
        for place in self._upwards:
            count = self._counts[place]
            own = (0, count.total) if place in found else (count.n, count.n)
            parts = [below[part] for part in self._within[place]]
            below[place] = _both(own, _sum(parts)) if parts else own
        known = dict(below)
        for place in reversed(self._upwards):
            low, high = _sum([below[part] for part in self._within[place]])
            for part in self._within[place]:
                rest = (low - below[part][0], high - below[part][1])
                known[part] = _both(below[part], (known[place][0] - rest[1], known[place][1] - rest[0]))
        return known


def _from_below(counts: Counts, above: Above) -> list[str]:
    """Every place after those within it."""

    def depth(place: str) -> int:
        return 1 + depth(above[place]) if place in above else 0

    return sorted(counts, key=lambda place: (-depth(place), place))


def _sum(intervals: Sequence[Interval]) -> Interval:
    return sum(low for low, _ in intervals), sum(high for _, high in intervals)


def _both(one: Interval, other: Interval) -> Interval:
    return max(one[0], other[0]), min(one[1], other[1])


def _width(interval: Interval) -> int:
    return interval[1] - interval[0]
