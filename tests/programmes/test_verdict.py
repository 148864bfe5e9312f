"""A verdict says what is sure: met or missed whatever the unknown turns out to be, else undecided."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.indicators.results import VERDICT_WORDS, Shape, Value, Verdict
from opora.programmes.targets import Bound, DueTarget, Limit, parse_target, parse_targets
from opora.programmes.verdict import Path, expected_by, part_verdict, verdict_of

NEW_YEARS_EVE = dt.date(2022, 12, 31)


def share(value: float | None, low: float | None = None, high: float | None = None) -> Value:
    """With nothing unknown unless bounds are given."""
    return Value(Shape.SHARE, value, value if low is None else low, value if high is None else high)


def count(value: float, low: float | None = None, high: float | None = None) -> Value:
    return Value(Shape.COUNT, value, value if low is None else low, value if high is None else high)


NO_DATA = Value(Shape.SHARE, None)
YES, NO, PERHAPS = (Value(Shape.YES_NO, value, low, high) for value, low, high in ((1, 1, 1), (0, 0, 0), (None, 0, 1)))


def verdict(target: str, value: Value, base: Value | None = None) -> Verdict:
    return verdict_of(value, DueTarget(parse_target(target), None, True), base, NEW_YEARS_EVE, None)


# ── limits ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("target", "value", "found"),
    [
        ("at least 30%", share(0.3), Verdict.MET),
        ("at least 30%", share(0.1 + 0.2), Verdict.MET),
        ("at least 30%", share(0.2999), Verdict.NOT_MET),
        ("at least 30%", share(0.4, 0.3, 0.5), Verdict.MET),
        ("at least 30%", share(0.4, 0.29, 0.5), Verdict.UNDECIDED),
        ("at least 30%", share(0.2, 0.1, 0.3), Verdict.UNDECIDED),
        ("at least 30%", share(0.2, 0.1, 0.29), Verdict.NOT_MET),
        ("at most 30%", share(0.3), Verdict.MET),
        ("at most 30%", share(0.3001), Verdict.NOT_MET),
        ("at most 30%", share(0.2, 0.1, 0.31), Verdict.UNDECIDED),
        ("at most 30%", share(0.4, 0.31, 0.5), Verdict.NOT_MET),
        # half of the last shown digit either way
        ("exactly 30%", share(0.3), Verdict.MET),
        ("exactly 30%", share(0.30049), Verdict.MET),
        ("exactly 30%", share(0.29951), Verdict.MET),
        ("exactly 30%", share(0.30051), Verdict.NOT_MET),
        ("exactly 30%", share(0.29949), Verdict.NOT_MET),
        ("exactly 30%", share(0.3, 0.29, 0.31), Verdict.UNDECIDED),
        ("exactly 30%", share(0.4, 0.31, 0.5), Verdict.NOT_MET),
        # numbers are exact
        ("at least 3", count(3), Verdict.MET),
        ("at least 3", count(2), Verdict.NOT_MET),
        ("exactly 3", count(3), Verdict.MET),
        ("exactly 3", count(3.0004), Verdict.NOT_MET),
        # a list that may lack something has no upper bound
        ("at least 3", Value(Shape.COUNT, 3, 3, None), Verdict.MET),
        ("at least 3", Value(Shape.COUNT, 2, 2, None), Verdict.UNDECIDED),
        ("at most 3", Value(Shape.COUNT, 2, 2, None), Verdict.UNDECIDED),
        ("at most 3", Value(Shape.COUNT, 4, 4, None), Verdict.NOT_MET),
        # a mean of which some numbers are not known
        ("at least 3", Value(Shape.NUMBER, 5, None, None), Verdict.UNDECIDED),
        # yes and no
        ("yes", YES, Verdict.MET),
        ("yes", NO, Verdict.NOT_MET),
        ("yes", PERHAPS, Verdict.UNDECIDED),
        ("no", NO, Verdict.MET),
        ("no", YES, Verdict.NOT_MET),
        ("no", PERHAPS, Verdict.UNDECIDED),
        # both parts
        ("at least 5% and at most 15%", share(0.1), Verdict.MET),
        ("at least 5% and at most 15%", share(0.2), Verdict.NOT_MET),
        ("at least 5% and at most 15%", share(0.1, 0.04, 0.12), Verdict.UNDECIDED),
        ("at least 5% and at most 15%", share(0.2, 0.04, 0.3), Verdict.UNDECIDED),
        # nothing at all
        ("at least 30%", NO_DATA, Verdict.NO_DATA),
        ("at most 30%", NO_DATA, Verdict.NO_DATA),
        ("no", Value(Shape.YES_NO, None), Verdict.NO_DATA),
        # of nobody is it known, and yet all is decided
        ("at most 100%", share(None, 0, 1), Verdict.MET),
        ("at least 1%", share(None, 0, 1), Verdict.UNDECIDED),
    ],
)
def test_a_limit_is_met_missed_or_undecided(target: str, value: Value, found: Verdict) -> None:
    assert verdict(target, value) == found


def test_without_a_target_there_is_no_verdict() -> None:
    none = DueTarget(None, None, False)
    assert verdict_of(share(0.3), none, share(0.2), NEW_YEARS_EVE, None) == Verdict.NO_TARGET
    assert verdict_of(NO_DATA, none, None, NEW_YEARS_EVE, None) == Verdict.NO_TARGET


def test_every_verdict_has_words() -> None:
    assert set(VERDICT_WORDS) == set(Verdict)
    assert len(set(VERDICT_WORDS.values())) == len(Verdict)


# ── growth ───────────────────────────────────────────────────────────────────────────────────────────────────────

ALL, NOBODY = share(1), share(0)


@pytest.mark.parametrize(
    ("target", "now", "then", "found"),
    [
        ("growth", share(0.31), share(0.3), Verdict.MET),
        ("growth", share(0.3), share(0.3), Verdict.NOT_MET),
        ("growth", share(0.1 + 0.2), share(0.3), Verdict.NOT_MET),
        ("growth", share(0.29), share(0.3), Verdict.NOT_MET),
        ("growth", share(0.5, 0.41, 0.6), share(0.3, 0.2, 0.4), Verdict.MET),
        ("growth", share(0.5, 0.4, 0.6), share(0.3, 0.2, 0.4), Verdict.UNDECIDED),
        ("growth", share(0.2, 0.1, 0.3), share(0.4, 0.3, 0.5), Verdict.NOT_MET),
        ("growth", share(0.2, 0.1, 0.31), share(0.4, 0.3, 0.5), Verdict.UNDECIDED),
        ("growth", ALL, ALL, Verdict.HELD),
        ("growth", share(1, 0.9, 1), ALL, Verdict.UNDECIDED),  # perhaps held
        ("growth", share(0.9, 0.9, 0.99), ALL, Verdict.NOT_MET),
        ("growth", ALL, share(1, 0.9, 1), Verdict.UNDECIDED),
        ("growth", ALL, share(0.9), Verdict.MET),
        ("growth", share(0.9), ALL, Verdict.NOT_MET),
        ("growth", YES, YES, Verdict.HELD),
        ("growth", count(1), count(1), Verdict.NOT_MET),
        ("growth", count(12), count(11), Verdict.MET),
        ("growth", Value(Shape.COUNT, 12, 12, None), count(11), Verdict.MET),
        ("growth", count(12), Value(Shape.COUNT, 11, 11, None), Verdict.UNDECIDED),
        ("growth", share(0.3), None, Verdict.NO_BASE),
        ("growth", share(0.3), NO_DATA, Verdict.NO_BASE),
        ("growth", NO_DATA, share(0.3), Verdict.NO_DATA),
        ("decline", share(0.2), share(0.3), Verdict.MET),
        ("decline", share(0.3), share(0.3), Verdict.NOT_MET),
        ("decline", share(0.4), share(0.3), Verdict.NOT_MET),
        ("decline", share(0.2, 0.1, 0.3), share(0.4, 0.31, 0.5), Verdict.MET),
        ("decline", share(0.2, 0.1, 0.3), share(0.4, 0.3, 0.5), Verdict.UNDECIDED),
        ("decline", NOBODY, NOBODY, Verdict.HELD),
        ("decline", count(0), count(0), Verdict.HELD),
        ("decline", ALL, ALL, Verdict.NOT_MET),
        ("decline", share(0.2), None, Verdict.NO_BASE),
        # with a limit: the worse of the two
        ("growth and at least 18%", share(0.2), share(0.1), Verdict.MET),
        ("growth and at least 18%", share(0.15), share(0.1), Verdict.NOT_MET),
        ("growth and at least 18%", share(0.2), share(0.2), Verdict.NOT_MET),
        ("growth and at least 18%", share(0.2), None, Verdict.NO_BASE),
        ("growth and at least 18%", share(0.1), None, Verdict.NOT_MET),
        ("growth and at least 18%", share(0.2, 0.15, 0.3), share(0.1), Verdict.UNDECIDED),
        ("growth and at least 18%", ALL, ALL, Verdict.HELD),
    ],
)
def test_growth_is_sure_or_it_is_not_growth(target: str, now: Value, then: Value | None, found: Verdict) -> None:
    assert verdict(target, now, then) == found


# ── what is not due yet ──────────────────────────────────────────────────────────────────────────────────────────

STARTED = dt.date(2021, 1, 1)
LATER = parse_targets({"2023": "at least 50%", "2025": "at least 80%"})
MIDDLE = dt.date(2022, 12, 31)


def on_the_way(value: Value, base: Value | None, on: dt.date = MIDDLE, target: str = "at least 50%") -> Verdict:
    due = parse_targets({"2024": target}).target_on(on)
    path = Path(STARTED, base) if base is not None else None
    return verdict_of(value, due, None, on, path)


@pytest.mark.parametrize(
    ("value", "base", "found"),
    [
        # half the way from 10 % to 50 % is 30 %
        (share(0.31), share(0.1), Verdict.AHEAD),
        (share(0.29), share(0.1), Verdict.BEHIND),
        (share(0.6), share(0.1), Verdict.AHEAD),
        (share(0.6), None, Verdict.NOT_DUE),
        (share(0.6), NO_DATA, Verdict.NOT_DUE),
        (NO_DATA, share(0.1), Verdict.NO_DATA),
        (share(None, 0, 1), share(0.1), Verdict.NOT_DUE),
    ],
)
def test_what_is_not_due_is_ahead_of_the_path_or_behind_it(value: Value, base: Value | None, found: Verdict) -> None:
    assert on_the_way(value, base) == found


def test_a_path_may_lead_down() -> None:
    assert on_the_way(share(0.4), share(0.9), target="at most 10%") == Verdict.AHEAD
    assert on_the_way(share(0.6), share(0.9), target="at most 10%") == Verdict.BEHIND


@pytest.mark.parametrize("target", ["growth", "yes", "exactly 100%"])
def test_a_target_that_is_no_direction_has_no_path(target: str) -> None:
    assert on_the_way(share(0.4), share(0.1), target=target) == Verdict.NOT_DUE


def test_in_its_year_and_after_it_a_target_is_due() -> None:
    for on, found in (
        (dt.date(2022, 12, 31), Verdict.AHEAD),
        (dt.date(2023, 1, 1), Verdict.NOT_MET),
        (dt.date(2024, 1, 1), Verdict.BEHIND),
        (dt.date(2025, 6, 1), Verdict.NOT_MET),
        (dt.date(2027, 1, 1), Verdict.NOT_MET),
    ):
        value = share(0.4)
        assert verdict_of(value, LATER.target_on(on), None, on, Path(STARTED, share(0.1))) == found


def test_the_path_is_straight_from_the_start_to_the_last_day_of_the_year() -> None:
    ends = dt.date(2024, 12, 31)
    whole = (ends - STARTED).days
    for gone in (0, whole // 4, whole // 2, whole):
        day = STARTED + dt.timedelta(days=gone)
        assert expected_by(0.1, 0.5, STARTED, ends, day) == pytest.approx(0.1 + 0.4 * gone / whole)
    assert expected_by(0.1, 0.5, STARTED, ends, dt.date(2019, 1, 1)) == pytest.approx(0.1)
    assert expected_by(0.1, 0.5, STARTED, ends, dt.date(2030, 1, 1)) == pytest.approx(0.5)
    assert expected_by(0.1, 0.5, ends, ends, ends) == pytest.approx(0.5)


# ── in general ───────────────────────────────────────────────────────────────────────────────────────────────────


def holds(limit: Limit, number: float) -> bool:
    match limit.bound:
        case Bound.AT_LEAST:
            return number >= limit.value - 1e-9
        case Bound.AT_MOST:
            return number <= limit.value + 1e-9
    return abs(number - limit.value) <= (0.0005 if limit.percent else 0) + 1e-9


def limits() -> st.SearchStrategy[Limit]:
    targets = st.builds(
        lambda bound, number, sign: parse_target(f"{bound} {number}{sign}"),
        st.sampled_from(Bound),
        st.integers(0, 100),
        st.sampled_from(["%", ""]),
    )
    return targets.map(lambda target: target.limits[0])


@st.composite
def values(draw: st.DrawFn, scale: float = 1000) -> Value:
    low, value, high = sorted(draw(st.lists(st.integers(0, 1000), min_size=3, max_size=3)))
    return share(value / scale, low / scale, high / scale)


@given(limits(), st.sampled_from([1, 10, 1000]).flatmap(values), st.floats(0, 1))
def test_what_is_met_holds_and_what_is_missed_fails_wherever_the_truth_lies(
    limit: Limit, value: Value, where: float
) -> None:
    assert value.low is not None
    assert value.high is not None
    truths = [value.low, value.high, value.low + (value.high - value.low) * where]
    found = part_verdict(limit, value, None)
    if found is Verdict.MET:
        assert all(holds(limit, truth) for truth in truths)
    elif found is Verdict.NOT_MET:
        assert not any(holds(limit, truth) for truth in truths)
    else:
        assert not holds(limit, value.low) or not holds(limit, value.high)


ORDER = [Verdict.NOT_MET, Verdict.UNDECIDED, Verdict.MET]


@given(st.integers(0, 100), values(), st.integers(0, 500))
def test_a_greater_value_is_never_judged_worse(number: int, value: Value, more: int) -> None:
    assert value.value is not None
    assert value.low is not None
    assert value.high is not None
    greater = share(value.value + more / 1000, value.low + more / 1000, value.high + more / 1000)
    at_least, at_most = (parse_target(f"{bound} {number}%").limits[0] for bound in ("at least", "at most"))
    assert ORDER.index(part_verdict(at_least, greater, None)) >= ORDER.index(part_verdict(at_least, value, None))
    assert ORDER.index(part_verdict(at_most, greater, None)) <= ORDER.index(part_verdict(at_most, value, None))


@given(limits(), values())
def test_to_know_more_never_turns_what_was_sure(limit: Limit, value: Value) -> None:
    before = part_verdict(limit, value, None)
    for known in (value.low, value.value, value.high):
        if before is not Verdict.UNDECIDED:
            assert part_verdict(limit, share(known), None) == before


@given(values(), values())
def test_what_has_grown_has_not_declined(now: Value, then: Value) -> None:
    grown, declined = verdict("growth", now, then), verdict("decline", now, then)
    assert (grown, declined) != (Verdict.MET, Verdict.MET)
    assert (grown is Verdict.MET) == (verdict("decline", then, now) is Verdict.MET)
