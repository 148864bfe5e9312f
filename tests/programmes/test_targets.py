"""A target means what it says, in both directions, or it is said where it goes wrong."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.programmes.targets import (
    Bound,
    Demand,
    DueTarget,
    Limit,
    Target,
    TargetFault,
    Targets,
    parse_target,
    parse_targets,
)


def numbers() -> st.SearchStrategy[Decimal]:
    return st.decimals(min_value=0, max_value=10**6, places=3).map(abs) | st.integers(0, 10**6).map(Decimal)


def limits() -> st.SearchStrategy[Limit]:
    return st.builds(Limit, st.sampled_from(Bound), numbers(), st.booleans())


def written_targets() -> st.SearchStrategy[str]:
    """Every sentence of the grammar, with the freedom in spaces that a writer takes."""
    demand = st.sampled_from(Demand).map(str)
    trend = st.sampled_from(["growth", "decline"])
    space = st.sampled_from([" ", "  ", "\n  "])
    limit = st.builds(
        lambda limit, gap: f"{str(limit.bound).replace(' ', gap)}{gap}{limit.number}{' %' if limit.percent else ''}",
        limits(),
        space,
    )
    joined = st.builds(lambda one, gap, other: f"{one}{gap}and{gap}{other}", trend, space, limit)
    return demand | limit | joined


@given(written_targets())
def test_a_target_written_out_again_is_the_same_target(text: str) -> None:
    target = parse_target(text)
    assert parse_target(str(target)) == target


@given(limits())
def test_every_limit_is_read_as_it_was_built(limit: Limit) -> None:
    assert parse_target(str(limit)) == Target((limit,))


@given(st.text(max_size=40) | st.lists(st.sampled_from([*Bound, *Demand, "and", "5", "5%", "-"])).map(" ".join))
def test_whatever_is_written_is_a_target_or_a_fault_within_the_text(text: str) -> None:
    outcome = target_or_fault(text)
    if isinstance(outcome, TargetFault):
        assert 0 <= outcome.at <= len(text)
    else:
        assert parse_target(str(outcome)) == outcome


def target_or_fault(text: str) -> Target | TargetFault:
    try:
        return parse_target(text)
    except TargetFault as fault:
        return fault


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("at least 30%", "не менее 30 %"),
        ("growth and at least 18%", "рост и не менее 18 %"),
        ("at most 10%", "не более 10 %"),
        ("exactly 100%", "ровно 100 %"),
        ("at least 64.5%", "не менее 64,5 %"),
        ("at least 3", "не менее 3"),
        ("at least 5% and at most 15%", "не менее 5 % и не более 15 %"),
        ("yes", "да"),
        ("no", "нет"),
        ("decline", "снижение"),
    ],
)
def test_a_target_is_told_in_russian(text: str, words: str) -> None:
    assert parse_target(text).words == words


@pytest.mark.parametrize(("text", "value"), [("at least 64.5%", 0.645), ("at least 30 %", 0.3), ("at most 2", 2.0)])
def test_a_percent_stands_for_a_fraction(text: str, value: float) -> None:
    assert [limit.value for limit in parse_target(text).limits] == [value]


HOW = "пишите at least, at most или exactly с числом, yes, no, growth, decline"


@pytest.mark.parametrize(
    ("text", "at", "message"),
    [
        ("", 0, f"Цель не дописана: {HOW}"),
        ("growth and ", 11, f"Цель не дописана: {HOW}"),
        ("growth and", 10, f"Цель не дописана: {HOW}"),
        ("at lest 30%", 0, f"Цель «at lest 30%» непонятна: {HOW}; возможно, вы имели в виду «at least»"),
        ("growth and at leest 18%", 11, f"Цель «at leest 18%» непонятна: {HOW}; возможно, вы имели в виду «at least»"),
        ("grouth", 0, f"Цель «grouth» непонятна: {HOW}; возможно, вы имели в виду «growth»"),
        ("at least 64,5%", 0, "Цель «at least 64,5%»: дробная часть пишется через точку"),
        ("at most", 0, "Цель «at most»: не хватает числа"),
        ("growth 5%", 0, "Цель «growth 5%»: после growth число не пишется; рост до числа — growth and at least 18%"),
        ("не менее 30%", 0, "Цель «не менее 30%» пишется так: at least 30%"),
        ("Не ниже 30,5 %", 0, "Цель «Не ниже 30,5 %» пишется так: at least 30.5 %"),
        ("рост", 0, "Цель «рост» пишется так: growth"),
        ("рост и не менее 18%", 0, "Цель «рост и не менее 18%» пишется так: growth and at least 18%"),
        ("growth and >= 18%", 11, "Цель «>= 18%» пишется так: at least 18%"),
        ("рост 18%", 0, f"Цель «рост 18%» непонятна: {HOW}"),
        ("70%", 0, "Цель «70%»: не сказано, больше или меньше; пишите at least 70% или at most 70%"),
        ("yes and no", 0, "Цель «yes and no»: «да» и «нет» вместе не бывают"),
        ("growth and decline", 0, "Цель «growth and decline»: «рост» и «снижение» вместе не бывают"),
        ("yes and at least 3", 0, "Цель «yes and at least 3»: «да» и «не менее 3» вместе не бывают"),
        (
            "at least 50% and at most 30%",
            0,
            "Цель «at least 50% and at most 30%»: «не менее 50 %» и «не более 30 %» вместе не бывают",
        ),
        (
            "at least 1 and at most 30%",
            0,
            "Цель «at least 1 and at most 30%»: «не менее 1» и «не более 30 %» вместе не бывают",
        ),
        ("yes" * 100, 0, f"Цель длиннее 200 знаков: {HOW}"),
    ],
)
def test_a_fault_says_where_and_what(text: str, at: int, message: str) -> None:
    with pytest.raises(TargetFault) as caught:
        parse_target(text)
    assert (caught.value.at, caught.value.message) == (at, message)


def test_years_are_put_in_order() -> None:
    targets = parse_targets({"2025": "at least 30%", "2023": "at least 10%"})
    assert targets.words == "2023 год — не менее 10 %; 2025 год — не менее 30 %"


def test_a_fault_names_its_year() -> None:
    with pytest.raises(TargetFault) as caught:
        parse_targets({"2023": "at least 10%", "2025": "growth or so"})
    assert caught.value.year == "2025"


BY_YEAR = parse_targets({"2023": "at least 10%", "2025": "at least 30%"})


@pytest.mark.parametrize(
    ("year", "held", "due"),
    [(2022, 2023, False), (2023, 2023, True), (2024, 2025, False), (2025, 2025, True), (2026, 2025, True)],
)
def test_the_target_of_a_day_is_that_of_its_year_or_the_next_one_not_yet_due(year: int, held: int, due: bool) -> None:
    assert BY_YEAR.target_on(dt.date(year, 12, 31)) == DueTarget(dict(BY_YEAR.by_year)[held], held, due)


def test_a_target_without_a_year_is_always_due() -> None:
    always = parse_targets("growth")
    assert always.target_on(dt.date(2022, 5, 1)) == DueTarget(Target((Demand.GROWTH,)), None, True)


def test_no_target_is_no_target_on_any_day() -> None:
    assert Targets().target_on(dt.date(2022, 5, 1)) == DueTarget(None, None, False)
    assert not Targets()
    assert Targets().words == ""
