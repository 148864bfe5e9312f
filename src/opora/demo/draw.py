"""Drawing lots for whole columns at once.

Shares are dealt, not left to chance: of 31 people a share of 58.1 % is 18 of them in every run. Only who they are
depends on the seed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Days = NDArray[np.datetime64]
Rng = np.random.Generator

NEVER = np.datetime64("NaT", "D")
YEAR = np.timedelta64(365, "D")


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of words: the number of each row's word, −1 where it is not known."""

    codes: NDArray[Any]
    words: tuple[str, ...]

    def __getitem__(self, rows: Any) -> Coded:
        return Coded(self.codes[rows], self.words)


def day(text: str) -> np.datetime64:
    return np.datetime64(text, "D")


def days(count: Any) -> Any:
    """A number of days, or a column of them, as a span of time."""
    return np.asarray(count).astype("timedelta64[D]")


def year_of(dates: Any) -> Ints:
    years: Ints = np.asarray(dates).astype("datetime64[Y]").astype(np.int64) + 1970
    return years


def add_years(dates: Any, years: Any) -> Days:
    """The same day of another year; 29 February becomes the 28th."""
    dates = np.asarray(dates, dtype="datetime64[D]")
    months = dates.astype("datetime64[M]")
    target = months + np.asarray(years).astype(np.int64) * np.timedelta64(12, "M")
    length = ((target + 1).astype("datetime64[D]") - target.astype("datetime64[D]")).astype(np.int64)
    day_of_month = np.minimum((dates - months.astype("datetime64[D]")).astype(np.int64), length - 1)
    moved: Days = target.astype("datetime64[D]") + days(day_of_month)
    moved[np.isnat(dates)] = NEVER
    return moved


def first_of(years: Any, month: int = 1) -> Days:
    """The first day of a month of each year."""
    months = (np.asarray(years, dtype=np.int64) - 1970) * 12 + month - 1
    first: Days = months.astype("datetime64[M]").astype("datetime64[D]")
    return first


def september(years: Any) -> Days:
    """The day on which the school year begins."""
    return first_of(years, 9)


def between(rng: Rng, low: Any, high: Any, size: int) -> Days:
    """A day from each interval, both ends included."""
    low = np.broadcast_to(np.asarray(low, dtype="datetime64[D]"), size)
    high = np.broadcast_to(np.asarray(high, dtype="datetime64[D]"), size)
    span = np.maximum((high - low).astype(np.int64), 0) + 1
    drawn: Days = low + days(np.floor(rng.random(size) * span).astype(np.int64))
    return drawn


def coin(rng: Rng, chance: Any, size: int) -> Bools:
    heads: Bools = rng.random(size) < chance
    return heads


def pick(rng: Rng, words: Sequence[str], size: int, weights: Sequence[float] | None = None) -> Coded:
    """A word for each row."""
    if weights is None:
        codes = rng.integers(0, len(words), size)
    else:
        edges = np.cumsum(np.asarray(weights, dtype=float) / np.sum(weights))
        codes = np.minimum(np.searchsorted(edges, rng.random(size), side="right"), len(words) - 1)
    return Coded(codes.astype(np.int16), tuple(words))


def rank_within(rng: Rng, group: Any, score: Any | None = None) -> Ints:
    """Place of each row within its group: by chance, or from the lowest score."""
    group = np.asarray(group)
    order = np.lexsort((rng.random(len(group)) if score is None else score, group))
    ordered = group[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(group) else np.zeros(0, np.int64)
    begin = np.repeat(starts, np.diff(np.r_[starts, len(group)]))
    ranks = np.empty(len(group), dtype=np.int64)
    ranks[order] = np.arange(len(group)) - begin
    return ranks


def apportion(total: Any, weights: Any) -> Ints:
    """Whole numbers along the last axis which add up to the total and stand as the weights do."""
    weights = np.asarray(weights, dtype=float)
    total = np.asarray(total, dtype=np.int64)[..., None]
    sums = weights.sum(axis=-1, keepdims=True)
    exact = total * weights / np.where(sums == 0, 1, sums)
    whole = np.floor(exact + 1e-9).astype(np.int64)
    missing = total - whole.sum(axis=-1, keepdims=True)
    place = np.argsort(np.argsort(-(exact - whole), axis=-1, kind="stable"), axis=-1, kind="stable")
    shares: Ints = whole + (place < missing)
    return shares


def apportion_within(total: Any, group: Any, weights: Any) -> Ints:
    """The same for long groups: ``group[i]`` is the group of item i, ``total[g]`` what the group has to give out."""
    group = np.asarray(group)
    total = np.asarray(total)
    sums = np.bincount(group, weights=weights, minlength=len(total))
    exact = total[group] * weights / np.where(sums == 0, 1, sums)[group]
    whole = np.floor(exact + 1e-9).astype(np.int64)
    missing = total - np.bincount(group, weights=whole, minlength=len(total)).astype(np.int64)
    order = np.lexsort((-(exact - whole), group))
    starts = np.searchsorted(group[order], np.arange(len(total)))
    place = np.empty(len(group), dtype=np.int64)
    place[order] = np.arange(len(group)) - starts[group[order]]
    shares: Ints = whole + (place < missing[group])
    return shares


def deal(rng: Rng, group: Any, weights: Any, score: Any | None = None) -> Ints:
    """A category for each row so that in every group the categories stand exactly as the weights do.

    ``weights``: one row for all groups, or one row per group. With ``score`` the lowest get the first category.
    """
    group = np.asarray(group, dtype=np.int64)
    weights = np.asarray(weights, dtype=float)
    sizes = np.bincount(group, minlength=1 if weights.ndim == 1 else len(weights))
    table = np.broadcast_to(weights, (len(sizes), weights.shape[-1]))
    edges = np.cumsum(apportion(sizes, table), axis=1)
    place = rank_within(rng, group, score)
    categories: Ints = (place[:, None] >= edges[group][:, :-1]).sum(axis=1)
    return categories


def quota(rng: Rng, group: Any, share: Any, score: Any | None = None) -> Bools:
    """Exactly the share of every group, rounded to whole rows; ``share`` may differ by group."""
    group = np.asarray(group, dtype=np.int64)
    if len(group) == 0:
        return np.zeros(0, dtype=np.bool_)
    sizes = np.bincount(group)
    wanted = np.floor(np.broadcast_to(share, sizes.shape) * sizes + 0.5)
    chosen: Bools = rank_within(rng, group, score) < wanted[group]
    return chosen


def apart(rng: Rng, key: Any, dates: Days, step: int = 1) -> Days:
    """Days of which no two of one key are the same: later ones are put off by a day, or brought forward."""
    key = np.asarray(key, dtype=np.int64)
    for _ in range(4):
        nth = rank_within(rng, key * 100_000 + dates.astype(np.int64), np.arange(len(key)))
        dates = dates + days(nth * step)
    return dates


def occurrence(*columns: Any) -> Ints:
    """Which time each row's values come, from 0."""
    _, same = np.unique(
        np.stack([np.asarray(column).astype(np.int64) for column in columns]), axis=1, return_inverse=True
    )
    numbered: Ints = np.asarray(same).reshape(-1)
    return rank_within(np.random.default_rng(0), numbered, np.arange(len(numbered)))


class Pool:
    """Items by group, from which requests draw one at random."""

    def __init__(self, group: Any, groups: int, weight: Any | None = None) -> None:
        group = np.asarray(group, dtype=np.int64)
        self.order = np.argsort(group, kind="stable")
        self.sizes = np.bincount(group, minlength=groups)
        self.starts = np.r_[0, np.cumsum(self.sizes)[:-1]]

    def draw(self, rng: Rng, group: Any) -> Ints:
        """Number of an item of each group; −1 where the group is empty or not known (−1)."""
        group = np.asarray(group, dtype=np.int64)
        known = np.where(group < 0, 0, group)
        sizes = np.where(group < 0, 0, self.sizes[known])
        place = self.starts[known] + np.floor(rng.random(len(group)) * sizes).astype(np.int64)
        if len(self.order) == 0:
            return np.full(len(group), -1, dtype=np.int64)
        drawn: Ints = np.where(sizes > 0, self.order[np.minimum(place, len(self.order) - 1)], -1)
        return drawn


def spread(counts: Any) -> tuple[Ints, Ints]:
    """Repeats each row as often as told: number of the row, and which repetition it is."""
    counts = np.asarray(counts, dtype=np.int64)
    rows = np.repeat(np.arange(len(counts)), counts)
    nth = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    return rows, nth
