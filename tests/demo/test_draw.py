"""Lots are dealt exactly, not by chance."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.demo import draw

RNG = np.random.default_rng(1)


@given(total=st.integers(0, 500), weights=st.lists(st.integers(0, 20), min_size=1, max_size=8).filter(any))
def test_apportioned_parts_add_up_and_stay_within_one_of_their_share(total: int, weights: list[int]) -> None:
    parts = draw.apportion(total, weights)
    exact = total * np.array(weights) / sum(weights)
    assert parts.sum() == total
    assert (np.abs(parts - exact) < 1).all()


@pytest.mark.parametrize(("share", "people", "expected"), [(0.581, 31, 18), (0.767, 296, 227), (0.5, 3, 2), (0, 9, 0)])
def test_a_quota_is_the_rounded_share(share: float, people: int, expected: int) -> None:
    assert draw.quota(RNG, np.zeros(people, np.int64), share).sum() == expected


def test_a_quota_takes_the_lowest_scores() -> None:
    assert draw.quota(RNG, [0, 0, 0, 0], 0.5, np.array([4.0, 1, 3, 2])).tolist() == [False, True, False, True]


def test_categories_are_dealt_exactly_in_every_group() -> None:
    group = np.repeat([0, 1], [10, 20])
    dealt = draw.deal(RNG, group, [0.2, 0.3, 0.5])
    assert np.bincount(dealt[:10]).tolist() == [2, 3, 5]
    assert np.bincount(dealt[10:]).tolist() == [4, 6, 10]


def test_a_pool_draws_from_the_own_group_only() -> None:
    pool = draw.Pool([1, 1, 2], 4)
    assert set(pool.draw(RNG, np.full(50, 1)).tolist()) == {0, 1}
    assert pool.draw(RNG, [2, 3, -1]).tolist() == [2, -1, -1]


def test_29_february_becomes_28() -> None:
    days = np.array(["2024-02-29", "2021-05-31", "NaT"], dtype="datetime64[D]")
    assert draw.add_years(days, -3).astype(str).tolist() == ["2021-02-28", "2018-05-31", "NaT"]


def test_days_of_one_key_are_put_apart() -> None:
    dates = np.full(4, np.datetime64("2024-01-10"))
    assert len(set(draw.apart(RNG, [1, 1, 1, 1], dates).astype(str))) == 4


def test_what_comes_again_is_numbered() -> None:
    assert draw.occurrence([7, 7, 8, 7], [1, 1, 1, 2]).tolist() == [0, 1, 0, 0]
    assert draw.occurrence([], []).tolist() == []
