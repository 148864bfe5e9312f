"""The engine and the brute-force evaluator, both written from ``docs/semantics.md``, must give the same numbers.

Every formula of every programme, and our own for the rest of the language, over random small towns; and among the rows
of those towns each formula must have come out true, false and unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.truth.agreement import differences, same, something
from tests.truth.breakdowns import breakdown
from tests.truth.counts import Answer, Indicator, Measured, measured
from tests.truth.decided import always_decided
from tests.truth.engine_adapter import Session
from tests.truth.packs import NAMES, Pack, pack
from tests.truth.reads import add_breakdown, reads_of
from tests.truth.smallest import smallest
from tests.truth.strategies import CONTEXTS, Choices, small_towns, towns
from tests.truth.town import Cell, Context, Town, joined
from tests.truth.world import World

CROWD, GREAT_CROWD = 24, 48
"""Small towns in one dataset: the engine compiles its formulas once for all of them."""

SEEDS = range(len(CONTEXTS) * max(1, settings().max_examples // 100))
"""One for each context; twenty in the long profile."""

MORE_SEEDS = range(1_000, 1_060)
"""For formulas that have not yet come out true, false and unknown."""

NEVER = {
    "B-1.7a": {1},  # an organisation that is known has a kind
    "entity": {0},  # a course belongs to no municipality, so that nobody took it is never known
}
"""By code: what the formula cannot come out."""


@cache
def session(name: str) -> Session:
    return Session(pack(name).definitions)


@dataclass
class Look:
    """What has been seen of the formulas of one group so far."""

    group: Pack
    seen: dict[tuple[str, str], set[int]] = field(default_factory=dict)
    """By code of the indicator and its part: the codes that came out."""
    wrong: dict[str, str] = field(default_factory=dict)

    def at(self, keys: Iterable[str], seed: int, count: int) -> None:
        """Compare these indicators over a crowd made for them. In every second one the lists of things are complete,
        or no bounds would be seen."""
        context = CONTEXTS[seed % len(CONTEXTS)]
        indicators = {key: self.group.indicators[key] for key in keys}
        reads = reads_of(indicators.values(), self.group.definitions)
        whole = frozenset(reads.things) if seed % 2 == 0 else frozenset[str]()
        parts = small_towns(Choices(reads, context), seed, count, whole)
        world = World(joined(parts), context, self.group.definitions)
        asked = [(one, by_row(one)) for one in indicators.values()]
        results = session(self.group.name).results(asked, world.town, context)
        for (key, indicator), (theirs, groups) in zip(indicators.items(), results, strict=True):
            mine = measured(indicator, world)
            if key not in self.wrong and compare(mine, theirs, groups) is not None:
                self.wrong[key] = explained(indicator, parts, context, self.group)
            for part, found in mine.codes.items():
                self.seen.setdefault((key, part), set()).update(found)

    def not_seen(self) -> dict[tuple[str, str], set[int]]:
        missing = {place: self._wanted(*place) - found for place, found in self.seen.items()}
        return {place: codes for place, codes in missing.items() if codes}

    def _wanted(self, key: str, part: str) -> set[int]:
        decided = always_decided(self.group.indicators[key], self.group.definitions)
        return {0, 1, 2} - ({1} if decided[part] else set()) - NEVER.get(key, set())


def disagreement(indicator: Indicator, town: Town, context: Context, group: Pack) -> object:
    """What is not the same: the value, or that of some row; nothing if all is."""
    ((theirs, groups),) = session(group.name).results([(indicator, by_row(indicator))], town, context)
    return compare(measured(indicator, World(town, context, group.definitions)), theirs, groups)


def compare(mine: Measured, theirs: Answer, groups: Mapping[str, dict[Cell, Answer]]) -> object:
    if not same(mine.answer, theirs):
        return mine.answer, theirs
    rows = {key: row for key, row in mine.by_row.items() if something(row)}
    return differences(rows, groups.get("id", {})) or None


def explained(indicator: Indicator, parts: list[Town], context: Context, group: Pack) -> str:
    """The smallest town in which they differ."""

    def differ(town: Town) -> bool:
        return disagreement(indicator, town, context, group) is not None

    first = next((part for part in parts if differ(part)), joined(parts))
    found = smallest(first, differ)
    return f"{indicator}\n{context}\n{found}\nbrute, engine: {disagreement(indicator, found, context, group)}"


@pytest.mark.parametrize("name", NAMES)
def test_every_number_and_every_row_agree_and_each_formula_is_seen_true_false_and_unknown(name: str) -> None:
    look = Look(pack(name))
    for seed in SEEDS:
        look.at(look.group.indicators, seed, CROWD)
    for seed in MORE_SEEDS:
        for key in {key for key, _ in look.not_seen()}:
            look.at([key], seed, GREAT_CROWD)
    assert not look.wrong, "\n\n".join(f"{key}: {text}" for key, text in look.wrong.items())
    assert look.not_seen() == {}


def by_row(indicator: Indicator) -> tuple[str, ...]:
    return ("id",) if "share" in indicator or "count" in indicator else ()


@pytest.mark.parametrize("name", NAMES)
def test_every_group_of_a_breakdown_agrees(name: str) -> None:
    group = pack(name)
    wanted: dict[str, tuple[Indicator, set[str]]] = {}
    for indicator, by in group.breakdowns:
        wanted.setdefault(repr(indicator), (indicator, set()))[1].add(by)
    asked = [(indicator, sorted(paths)) for indicator, paths in wanted.values()]
    reads = reads_of([indicator for indicator, _ in asked], group.definitions)
    for indicator, by in group.breakdowns:
        add_breakdown(by, indicator, reads)
    wrong = []
    for seed, context in enumerate(CONTEXTS[:2]):
        whole = frozenset(reads.things) if seed == 0 else frozenset[str]()
        town = joined(small_towns(Choices(reads, context), seed, 4, whole))
        results = session(name).results(asked, town, context)
        for (indicator, paths), (_, theirs) in zip(asked, results, strict=True):
            for by in paths:
                mine = breakdown(indicator, by, town, context, group.definitions)
                if odd := differences(mine, theirs.get(by, {})):
                    wrong.append(f"{indicator} by {by}: {odd}")
    assert not wrong, "\n".join(wrong)


@settings(max_examples=settings().max_examples // 2)
@given(data=st.data())
def test_any_formula_agrees_on_a_town_that_is_drawn_cell_by_cell(data: st.DataObject) -> None:
    """Slower than the crowds, but Hypothesis looks for what is odd, and makes it small."""
    group = pack(data.draw(st.sampled_from(NAMES)))
    indicator = data.draw(st.sampled_from(list(group.indicators.values())))
    context = data.draw(st.sampled_from(CONTEXTS))
    town = data.draw(towns(Choices(reads_of([indicator], group.definitions), context)))
    assert disagreement(indicator, town, context, group) is None
