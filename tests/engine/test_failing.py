"""Of all the sets of conditions that would make the whole true, the smallest is told."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.indicators.engine.failing import Atom, Group, atoms, code_of, opened, smallest_failing
from opora.indicators.formula import bound as b
from tests.engine.asking import formula


def atom(number: int) -> Atom:
    return Atom(b.Plain(float(number), b.Type.NUMBER))


@st.composite
def trees(draw: st.DrawFn) -> tuple[Atom | Group, dict[Atom, int]]:
    """A tree over up to five conditions, each of which may occur again or be denied elsewhere, and their codes."""
    items = [atom(number).item for number in range(draw(st.integers(1, 5)))]
    given = {item: draw(st.sampled_from([0, 1, 2])) for item in items}
    leaves = st.builds(Atom, st.sampled_from(items), st.booleans() if draw(st.booleans()) else st.just(False))
    left: list[Atom | Group] = list(draw(st.lists(leaves, min_size=1, max_size=8)))
    while len(left) > 1:
        size = draw(st.integers(2, len(left)))
        left = [*left[size:], Group(draw(st.booleans()), tuple(left[:size]))]
    tree = left[0]
    return tree, {one: 2 - given[one.item] if one.negated else given[one.item] for one in atoms(tree)}


def mended(codes: dict[Atom, int], some: Iterable[Atom]) -> dict[Atom, int]:
    """The codes when these come true, and so their opposites false."""
    true = set(some)
    opposite = {Atom(one.item, not one.negated) for one in true}
    return {one: 2 if one in true else 0 if one in opposite else code for one, code in codes.items()}


def ways(tree: Atom | Group, codes: dict[Atom, int], size: int) -> list[tuple[Atom, ...]]:
    """By trying them all: the sets of so many atoms that are not true and would make the whole true together."""
    lacking = [one for one in codes if codes[one] < 2]
    sets = [some for some in combinations(lacking, size) if len({one.item for one in some}) == size]
    return [some for some in sets if code_of(tree, mended(codes, some)) == 2]


@given(trees())
def test_the_failing_set_is_the_smallest_and_the_nearest_of_the_smallest(
    found: tuple[Atom | Group, dict[Atom, int]],
) -> None:
    tree, codes = found
    failing = smallest_failing(tree, codes)
    sizes = [size for size in range(len(codes) + 1) if ways(tree, codes, size)]
    if not sizes:  # it denies itself
        assert set(failing) == {one for one in codes if codes[one] < 2}
        return
    best = ways(tree, codes, sizes[0])
    assert set(failing) in [set(some) for some in best]
    assert sum(codes[one] for one in failing) == max(sum(codes[one] for one in some) for some in best)


def test_one_condition_that_mends_two_alternatives_is_enough() -> None:
    one, two, three = atom(1), atom(2), atom(3)
    tree = Group(True, (Group(False, (one, two)), Group(False, (three, two))))
    assert smallest_failing(tree, dict.fromkeys((one, two, three), 0)) == (two,)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        ("not (has training or not has leave)", [("training", True), ("leave", False)]),
        ("not (not has training)", [("training", False)]),
    ],
)
def test_not_is_moved_down_to_the_conditions(share: str, words: list[tuple[str, bool]]) -> None:
    bound = formula({"share": share, "of": "educator"})
    assert isinstance(bound, b.ShareOf)
    found = [
        (one.item.rows.table, one.negated) for one in atoms(opened(bound.condition)) if isinstance(one.item, b.Has)
    ]
    assert found == words
