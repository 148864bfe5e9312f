"""Two published tables of nearly the same people give nobody away by their difference."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opora.privacy.outsiders.suppression import LEAST, Count, Counts, hidden
from opora.privacy.outsiders.versions import Told, hidden_beside
from tests.privacy.attack import Equation, range_of

TOP = ""
"""As the table calls the whole."""
SCHOOLS = ("школа 0", "школа 1", "школа 2")
ABOVE = dict.fromkeys(SCHOOLS, TOP)


@dataclass(frozen=True)
class Crowd:
    """People who were in the same places all the time: nobody can tell them apart by that. ``where``: of each table
    the school, or nothing. What is asked of them does not change, which is the worst case."""

    where: tuple[str, ...]
    yes: int
    no: int


def counts(crowds: list[Crowd], table: int) -> Counts:
    found = {place: [0, 0] for place in (*SCHOOLS, TOP)}
    for crowd in crowds:
        if crowd.where[table]:
            for place in (crowd.where[table], TOP):
                found[place][0] += crowd.yes
                found[place][1] += crowd.yes + crowd.no
    return {place: Count(n, total) for place, (n, total) in found.items()}


@st.composite
def towns(draw: st.DrawFn, tables: int) -> list[Crowd]:
    """Most people stay; a few come, leave or change their school between the tables."""
    crowds = [Crowd((school,) * tables, draw(st.integers(0, 30)), draw(st.integers(0, 30))) for school in SCHOOLS]
    few = st.integers(0, 3) | st.integers(0, 12)
    for _ in range(draw(st.integers(1, 5))):
        where = tuple(draw(st.sampled_from(["", *SCHOOLS])) for _ in range(tables))
        crowds.append(Crowd(where, draw(few), draw(few)))
    sums: Counter[tuple[tuple[str, ...], str]] = Counter()
    for crowd in crowds:
        sums.update({(crowd.where, "yes"): crowd.yes, (crowd.where, "no"): crowd.no})
    return [Crowd(where, sums[where, "yes"], sums[where, "no"]) for where in sorted({one.where for one in crowds})]


def published(crowds: list[Crowd], tables: int, *, carefully: bool = True) -> list[Told]:
    told: list[Told] = []
    for table in range(tables):
        now = counts(crowds, table)
        kept_back = hidden_beside(now, ABOVE, told) if carefully else hidden(now, ABOVE)
        told.append({place: (one.n, one.total) for place, one in now.items() if place not in kept_back})
    return told


def found_out(crowds: list[Crowd], told: list[Told]) -> list[Crowd]:
    """Crowds of which the attacker knows for sure that all of them do, or that none does: exact linear programming
    over everything that was ever published. She knows who works where on every day."""
    known: list[Equation] = []
    for number, crowd in enumerate(crowds):
        known.append(({f"yes {number}": 1, f"no {number}": 1}, crowd.yes + crowd.no))
    for table, shown in enumerate(told):
        for place, (n, _) in shown.items():
            inside = [
                number
                for number, crowd in enumerate(crowds)
                if crowd.where[table] and place in (TOP, crowd.where[table])
            ]
            known.append(({f"yes {number}": 1 for number in inside}, n))
    pinned = []
    for number, crowd in enumerate(crowds):
        if any(crowd.where) and crowd.yes + crowd.no:
            least, greatest = range_of(f"yes {number}", known)
            assert least <= crowd.yes <= greatest
            if least == crowd.yes + crowd.no or greatest == 0:
                pinned.append(crowd)
    return pinned


def is_in(place: str, school: str) -> bool:
    return bool(school) and place in (TOP, school)


def fewer_than_told_of(pinned: list[Crowd]) -> bool:
    return 0 < sum(crowd.yes + crowd.no for crowd in pinned) < 2 * LEAST


@settings(max_examples=150, deadline=None)
@given(towns(2))
def test_of_two_tables_no_difference_tells_of_a_few(crowds: list[Crowd]) -> None:
    assert not fewer_than_told_of(found_out(crowds, published(crowds, 2)))


@settings(max_examples=60, deadline=None)
@given(towns(3))
def test_of_three_tables_no_difference_tells_of_a_few(crowds: list[Crowd]) -> None:
    assert not fewer_than_told_of(found_out(crowds, published(crowds, 3)))


NEWCOMER = [
    Crowd(("школа 0", "школа 0"), 20, 30),
    Crowd(("школа 1", "школа 1"), 20, 20),
    Crowd(("школа 2", "школа 2"), 40, 60),
    Crowd(("", "школа 0"), 1, 0),
]


def test_without_this_rule_one_newcomer_is_found_out_by_one_subtraction() -> None:
    careless = published(NEWCOMER, 2, carefully=False)
    assert found_out(NEWCOMER, careless) == [NEWCOMER[-1]]


def test_beside_an_earlier_table_the_school_of_a_newcomer_is_hidden_and_so_is_the_sum() -> None:
    first, second = published(NEWCOMER, 2)
    assert first.keys() == {TOP, *SCHOOLS}
    assert second == {"школа 1": (20, 40), "школа 2": (40, 100)}


def test_what_has_not_changed_is_published_again_as_it_was() -> None:
    crowds = NEWCOMER[:-1]
    first, second = published(crowds, 2)
    assert second == first


@pytest.mark.parametrize(
    ("came", "shown"),
    [((4, 20), False), ((5, 4), False), ((5, 5), True), ((5, 0), False), ((0, 0), True)],
)
def test_a_change_is_told_if_at_least_five_came_on_either_side(came: tuple[int, int], shown: bool) -> None:
    before = {TOP: (50, 100)}
    after = {TOP: Count(50 + came[0], 100 + sum(came))}
    assert (hidden_beside(after, {}, [before]) == frozenset()) is shown
