"""Which numbers of a table are hidden beside those that were published before.

Two published numbers of one place can be subtracted, and the difference may be one person: she who came, or who left.
So what has changed between two tables is taken as a table of its own, under the same rule as any: a change is told
only if it is none at all, or of ``LEAST`` people at least, both among those who do and among those who do not. We
keep no lists of who was counted, so the attacker is taken to know better than we who has come and who has left.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from opora.privacy.outsiders.suppression import LEAST, Above, Counts, hidden

Told = Mapping[str, tuple[int, int]]
"""By place ``n`` and ``total``, as they were published. What was hidden then is not here."""


def hidden_beside(counts: Counts, above: Above, earlier: Sequence[Told]) -> frozenset[str]:
    """Places whose number is not shown, also because of ``earlier`` tables of the same question."""
    changed = {place for told in earlier for place in counts if place in told and _small(_change(counts, told, place))}
    found = hidden(counts, above, changed)
    while (more := next(_given_away(counts, above, found, earlier), None)) is not None:
        found = hidden(counts, above, found | {more})
    return found


def _given_away(counts: Counts, above: Above, found: frozenset[str], earlier: Sequence[Told]) -> Iterator[str]:
    """What must be hidden next, because a small change is left where others are taken away."""
    for told in earlier:
        both = {place for place in counts if place not in found and place in told}
        for place in sorted(both):
            parts = _shown_within(place, both, counts, above)
            rest = _sum([_change(counts, told, place), *(_minus(_change(counts, told, part)) for part in parts)])
            if _small(rest):
                yield min(parts, key=lambda part: (counts[part].total, part))


def _change(counts: Counts, told: Told, place: str) -> tuple[int, int]:
    """Of those who do, and of those who do not."""
    n, total = told[place]
    return counts[place].n - n, (counts[place].total - counts[place].n) - (total - n)


def _small(change: tuple[int, int]) -> bool:
    return change != (0, 0) and min(map(abs, change)) < LEAST


def _shown_within(place: str, both: set[str], counts: Counts, above: Above) -> list[str]:
    """The highest places within it that are shown in both tables: what is left of it without them can be counted."""
    parts = []
    for part in (each for each in counts if above.get(each) == place):
        parts += [part] if part in both else _shown_within(part, both, counts, above)
    return parts


def _sum(changes: Sequence[tuple[int, int]]) -> tuple[int, int]:
    return sum(yes for yes, _ in changes), sum(no for _, no in changes)


def _minus(change: tuple[int, int]) -> tuple[int, int]:
    return -change[0], -change[1]
