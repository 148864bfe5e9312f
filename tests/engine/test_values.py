"""Bounds hold: whatever the truth is within what is known, the number lies between them, and they are no wider than
they must be."""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Callable
from itertools import product
from statistics import fmean
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.indicators.engine.values import (
    Interval,
    arithmetic,
    compare,
    constant_interval,
    share_interval,
    statistic_interval,
    yes_no,
)
from opora.indicators.formula import bound as b
from opora.indicators.formula.tree import Operator
from opora.indicators.results import Shape, Value

SLACK = 1e-6
"""Of a thousandth of a percent: what is lost by counting in halves and thirds."""

FUNCTIONS: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
COMPARISONS: dict[Operator, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}
OPERATORS: list[Operator] = list(COMPARISONS)


@st.composite
def known(draw: st.DrawFn, least: int = -50) -> tuple[Interval, float]:
    """An interval, closed or without an upper bound, and a truth within it."""
    low, value, truth, high = sorted(draw(st.lists(st.integers(least, 50), min_size=4, max_size=4)))
    open_above = draw(st.booleans())
    if draw(st.booleans()):
        value, truth = truth, value
    beyond = draw(st.integers(0, 10**6)) if open_above else 0
    return Interval(float(value), float(low), None if open_above else float(high)), float(truth + beyond)


def within(truth: float, found: Interval) -> bool:
    assert found.low is not None
    return found.low - SLACK <= truth and (found.high is None or truth <= found.high + SLACK)


# ── arithmetic ───────────────────────────────────────────────────────────────────────────────────────────────────


@given(st.sampled_from("+-*/"), known(), known())
def test_whatever_the_truth_the_result_lies_within_the_bounds(
    op: str, ours: tuple[Interval, float], theirs: tuple[Interval, float]
) -> None:
    (left, one), (right, other) = ours, theirs
    found = arithmetic(op, left, right)
    if found.low is not None:
        assert within(FUNCTIONS[op](one, other), found)


@given(st.sampled_from("+-*/"), known(), known())
def test_closed_bounds_are_reached_at_the_ends(
    op: str, ours: tuple[Interval, float], theirs: tuple[Interval, float]
) -> None:
    (left, _), (right, _) = ours, theirs
    if left.high is None or right.high is None:
        return
    assert left.low is not None
    assert right.low is not None
    found = arithmetic(op, left, right)
    if op == "/" and right.low <= 0 <= right.high:
        assert (found.low, found.high) == (None, None)
        return
    ends = [FUNCTIONS[op](one, other) for one, other in product((left.low, left.high), (right.low, right.high))]
    assert found.low == pytest.approx(min(ends))
    assert found.high == pytest.approx(max(ends))


@given(st.sampled_from("+-*/"), known(), known())
def test_the_value_comes_from_the_values(op: str, ours: tuple[Interval, float], theirs: tuple[Interval, float]) -> None:
    (left, _), (right, _) = ours, theirs
    assert left.value is not None
    assert right.value is not None
    found = arithmetic(op, left, right).value
    assert found == (None if op == "/" and right.value == 0 else FUNCTIONS[op](left.value, right.value))


OPEN = Interval(3, 1, None)
NO_BOUNDS = Interval(3, None, None)
NOTHING = Interval(None, None, None)


@pytest.mark.parametrize(
    ("op", "left", "right", "found"),
    [
        ("+", Interval(3, 1, 4), Interval(2, 2, 5), (5, 3, 9)),
        ("-", Interval(3, 1, 4), Interval(2, 2, 5), (1, -4, 2)),
        ("*", Interval(3, -1, 4), Interval(2, -2, 5), (6, -8, 20)),
        ("/", Interval(3, 1, 4), Interval(2, 2, 4), (1.5, 0.25, 2)),
        # without an upper bound
        ("+", OPEN, Interval(2, 2, 5), (5, 3, None)),
        ("-", OPEN, Interval(2, 2, 5), (1, -4, None)),
        ("-", Interval(3, 1, 4), OPEN, (0, None, None)),
        ("*", OPEN, constant_interval(0), (0, 0, 0)),
        ("*", OPEN, constant_interval(-1), (-3, None, None)),
        ("/", constant_interval(6), OPEN, (2, 0, 6)),
        ("/", OPEN, OPEN, (1, 0, None)),
        # nothing to divide by
        ("/", Interval(3, 1, 4), Interval(0, 0, 4), (None, None, None)),
        ("/", Interval(3, 1, 4), Interval(2, 0, 4), (1.5, None, None)),
        ("/", Interval(3, 1, 4), Interval(2, -1, 4), (1.5, None, None)),
        # of what has no bounds
        ("+", NO_BOUNDS, constant_interval(1), (4, None, None)),
        ("*", constant_interval(0), NO_BOUNDS, (0, None, None)),
        ("+", NOTHING, constant_interval(1), (None, None, None)),
    ],
)
def test_the_bounds_of_a_result(
    op: str, left: Interval, right: Interval, found: tuple[float | None, float | None, float | None]
) -> None:
    result = arithmetic(op, left, right)
    assert (result.value, result.low, result.high) == found


@pytest.mark.parametrize(("ours", "theirs"), [(True, False), (False, True), (True, True), (False, False)])
def test_a_result_of_something_partial_is_partial(ours: bool, theirs: bool) -> None:
    left, right = Interval(1, 1, 1, partial=ours), Interval(1, 1, 1, partial=theirs)
    assert arithmetic("+", left, right).partial == (ours or theirs)


# ── comparison ───────────────────────────────────────────────────────────────────────────────────────────────────


@given(st.sampled_from(OPERATORS), known(), known())
def test_a_comparison_is_sure_of_what_is_so_whatever_the_truth(
    op: Operator, ours: tuple[Interval, float], theirs: tuple[Interval, float]
) -> None:
    (left, one), (right, other) = ours, theirs
    code = compare(op, left, right)
    if code != 1:
        assert COMPARISONS[op](one, other) == (code == 2)


@given(st.sampled_from(["<", "<=", ">=", ">"]), known(), known())
def test_a_comparison_is_unsure_where_the_truth_could_turn_it_and_nowhere_else(
    op: Operator, ours: tuple[Interval, float], theirs: tuple[Interval, float]
) -> None:
    (left, _), (right, _) = ours, theirs
    outcomes = {COMPARISONS[op](one, other) for one in ends(left) for other in ends(right)}
    assert (compare(op, left, right) == 1) == (len(outcomes) == 2)


def ends(interval: Interval) -> tuple[float, float]:
    assert interval.low is not None
    return interval.low, 10**9 if interval.high is None else interval.high


@given(st.sampled_from(OPERATORS), known())
def test_without_a_value_nothing_is_compared(op: Operator, ours: tuple[Interval, float]) -> None:
    for nothing in (NOTHING, NO_BOUNDS, Interval(None, 0, 1)):
        assert compare(op, ours[0], nothing) == compare(op, nothing, ours[0]) == 1


@pytest.mark.parametrize(
    ("op", "left", "code"),
    [
        (">=", Interval(3, 3, 5), 2),
        (">=", Interval(3, 2, 5), 1),
        (">=", Interval(2, 1, 2), 0),
        (">", Interval(3, 3, 5), 1),
        (">", Interval(3, 3, 3), 0),
        ("<=", Interval(3, 1, 3), 2),
        ("<=", OPEN, 1),
        ("<", Interval(3, 3, None), 0),
        ("=", constant_interval(3), 2),
        ("=", constant_interval(0.1 + 0.2 + 2.7), 2),
        ("=", Interval(3, 2, 4), 1),
        ("=", Interval(5, 4, None), 0),
        ("!=", constant_interval(3), 0),
        ("!=", Interval(5, 4, None), 2),
    ],
)
def test_a_comparison_with_three(op: Operator, left: Interval, code: int) -> None:
    assert compare(op, left, constant_interval(3)) == code


@pytest.mark.parametrize(
    ("code", "no_data", "value"),
    [
        (2, False, Value(Shape.YES_NO, 1, 1, 1, unknown=4)),
        (0, False, Value(Shape.YES_NO, 0, 0, 0, unknown=4)),
        (1, False, Value(Shape.YES_NO, None, 0, 1, unknown=4)),
        (1, True, Value(Shape.YES_NO, None, None, None, unknown=4)),
    ],
)
def test_yes_no_and_not_known(code: int, no_data: bool, value: Value) -> None:
    assert yes_no(code, 4, no_data) == value


# ── shares ───────────────────────────────────────────────────────────────────────────────────────────────────────

OUTSIDE, NO, YES = "outside", "no", "yes"
POSSIBLE = {"t": [YES], "f": [NO], "u": [YES, NO], "x0": [OUTSIDE, NO], "x1": [OUTSIDE, YES, NO], "x2": [OUTSIDE, YES]}
"""What a thing of each class may turn out to be."""


def things() -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(sorted(POSSIBLE)), max_size=6)


def shares(classes: list[str]) -> list[float]:
    """The share in every way in which it may turn out."""
    found = []
    for ways in product(*(POSSIBLE[one] for one in classes)):
        yes, no = ways.count(YES), ways.count(NO)
        found += [yes / (yes + no)] if yes + no else []
    return found


@given(things())
def test_the_bounds_of_a_share_are_the_least_and_the_most_that_may_turn_out(classes: list[str]) -> None:
    found = share_interval(Counter(classes), partial=False)
    possible = shares(classes)
    if found.low is not None:
        assert found.low == pytest.approx(min(possible))
    if found.high is not None:
        assert found.high == pytest.approx(max(possible))
    assert not found.partial


@given(things())
def test_a_share_is_of_what_is_known_and_counts_what_is_not(classes: list[str]) -> None:
    found = share_interval(Counter(classes), partial=False)
    t, f = classes.count("t"), classes.count("f")
    assert (found.n, found.total, found.unknown) == (t, t + f, len(classes) - t - f)
    assert found.value == (t / (t + f) if t + f else None)


@given(things())
def test_of_a_list_that_may_lack_something_any_share_is_possible(classes: list[str]) -> None:
    found = share_interval(Counter(classes), partial=True)
    assert found.partial
    assert (found.low, found.high) == ((0, 1) if classes else (None, None))


def test_a_share_of_nothing_is_no_data_and_not_a_zero() -> None:
    assert share_interval({}, partial=False).as_value(Shape.SHARE).no_data
    assert share_interval({"t": 0, "f": 0}, partial=True).as_value(Shape.SHARE).no_data
    assert not share_interval({"f": 1}, partial=False).as_value(Shape.SHARE).no_data


# ── counts and sums ──────────────────────────────────────────────────────────────────────────────────────────────

EVENTS = b.Thing("event", b.Fixed("period"), "during", None)
NUMBER = b.Plain(0.0, b.Type.NUMBER)

AGGREGATES: dict[str, Callable[[list[int]], float]] = {"mean": fmean, "min": min, "max": max}

Rows = list[tuple[Literal[1, 2], int | None]]
"""Code of the row in the denominator, and its number (None: not known)."""


def rows() -> st.SearchStrategy[Rows]:
    return st.lists(st.tuples(st.sampled_from([1, 2]), st.none() | st.integers(0, 9)), max_size=6)


def counts(found: Rows) -> dict[str, float | None]:
    """As the engine counts them."""
    sure = [number for code, number in found if code == 2]
    numbers = [number for number in sure if number is not None]
    return {
        "low": len(sure),
        "high": len(found),
        "sum": sum(numbers) if numbers else None,
        "most": sum(number or 0 for _, number in found),
        "known": len(numbers),
        "empty": sum(number is None for _, number in found),
        "min": min(numbers, default=None),
        "max": max(numbers, default=None),
    }


@given(rows(), st.booleans(), st.data())
def test_a_count_and_a_sum_lie_within_their_bounds_whatever_the_truth(
    found: Rows, partial: bool, data: st.DataObject
) -> None:
    truly = [number for code, number in found if code == 2 or data.draw(st.booleans())]
    filled = [data.draw(st.integers(0, 99)) if number is None else number for number in truly]
    filled += data.draw(st.lists(st.integers(0, 99))) if partial else []
    count = statistic_interval(b.Statistic("count", EVENTS, None), counts(found), partial)
    total = statistic_interval(b.Statistic("sum", EVENTS, NUMBER), counts(found), partial)
    assert within(len(filled), count)
    assert within(sum(filled), total)


@given(rows())
def test_a_count_knows_how_many_it_does_not_know(found: Rows) -> None:
    sure = [code for code, _ in found if code == 2]
    count = statistic_interval(b.Statistic("count", EVENTS, None), counts(found), partial=False)
    assert count == Interval(len(sure), len(sure), len(found), len(found) - len(sure), len(sure))


@given(rows(), st.sampled_from(["mean", "min", "max"]), st.booleans())
def test_a_mean_has_bounds_only_where_everything_is_known(
    found: Rows, function: Literal["mean", "min", "max"], partial: bool
) -> None:
    numbers = [number for code, number in found if code == 2 and number is not None]
    result = statistic_interval(b.Statistic(function, EVENTS, NUMBER), counts(found), partial)
    assert result.value == (AGGREGATES[function](numbers) if numbers else None)
    assert result.unknown == len(found) - len(numbers)
    sure = len(numbers) == len(found) and not partial
    assert (result.low, result.high) == ((result.value, result.value) if sure else (None, None))
