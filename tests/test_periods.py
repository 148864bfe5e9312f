"""Periods are read in every form, follow each other without gap or overlap, and days are moved as people move them."""

from __future__ import annotations

import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.indicators.formula.tree import Unit
from opora.indicators.periods import BadPeriod, Context, Period, parse_period, shifted


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "start", "end", "title"),
    [
        ("2022", "2022-01-01", "2023-01-01", "2022 год"),
        (" 2022 ", "2022-01-01", "2023-01-01", "2022 год"),
        ("2021/22", "2021-09-01", "2022-09-01", "2021/22 учебный год"),
        ("2021/2022", "2021-09-01", "2022-09-01", "2021/22 учебный год"),
        ("1999/00", "1999-09-01", "2000-09-01", "1999/00 учебный год"),
        ("2022-H1", "2022-01-01", "2022-07-01", "1 полугодие 2022 года"),
        ("2022-H2", "2022-07-01", "2023-01-01", "2 полугодие 2022 года"),
        ("2022-Q1", "2022-01-01", "2022-04-01", "1 квартал 2022 года"),
        ("2022-Q2", "2022-04-01", "2022-07-01", "2 квартал 2022 года"),
        ("2022-Q4", "2022-10-01", "2023-01-01", "4 квартал 2022 года"),
        ("2022-09", "2022-09-01", "2022-10-01", "09.2022"),
        ("2022-12", "2022-12-01", "2023-01-01", "12.2022"),
    ],
)
def test_a_period_is_read_and_told(text: str, start: str, end: str, title: str) -> None:
    period = parse_period(text)
    assert (period.start, period.end, period.title) == (day(start), day(end), title)


HOW = "пишите 2022, 2021/22, 2022-H1, 2022-Q3 или 2022-09"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", f"Период «» не понят: {HOW}"),
        ("22", f"Период «22» не понят: {HOW}"),
        ("2022 год", f"Период «2022 год» не понят: {HOW}"),
        ("2022-H3", f"Период «2022-H3» не понят: {HOW}"),
        ("2022-H0", f"Период «2022-H0» не понят: {HOW}"),
        ("2022-Q5", f"Период «2022-Q5» не понят: {HOW}"),
        ("2022-Н1", f"Период «2022-Н1» не понят: {HOW}"),
        ("2022-9", f"Период «2022-9» не понят: {HOW}"),
        ("2022-13", f"Месяца 13 не бывает: {HOW}"),
        ("2022-00", f"Месяца 00 не бывает: {HOW}"),
        ("2021/23", "Учебный год «2021/23»: после 2021 идёт 22"),
        ("2021/2122", "Учебный год «2021/2122»: после 2021 идёт 2022"),
        ("2021/2032", "Учебный год «2021/2032»: после 2021 идёт 2022"),
        ("0000", f"Период «0000» не понят: {HOW}"),
        ("٢٠٢٢", f"Период «٢٠٢٢» не понят: {HOW}"),
        ("9999", f"Период «9999» не понят: {HOW}"),
    ],
)
def test_what_is_no_period_is_told_in_russian(text: str, message: str) -> None:
    with pytest.raises(BadPeriod) as caught:
        parse_period(text)
    assert str(caught.value) == message


@given(st.text(max_size=9) | st.text("0123456789-/HQ", max_size=9))
def test_whatever_is_written_is_a_period_or_a_fault(text: str) -> None:
    try:
        period = parse_period(text)
    except BadPeriod:
        return
    assert period.start < period.end


# ── the days of a period ─────────────────────────────────────────────────────────────────────────────────────────


def periods() -> st.SearchStrategy[Period]:
    starts = st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1)).map(lambda day: day.replace(day=1))
    return st.builds(Period, starts, st.sampled_from([12, 6, 3, 1]))


@pytest.mark.parametrize(
    ("text", "previous", "year_before"),
    [
        ("2022", "2021", "2021"),
        ("2021/22", "2020/21", "2020/21"),
        ("2022-H1", "2021-H2", "2021-H1"),
        ("2022-Q1", "2021-Q4", "2021-Q1"),
        ("2022-Q3", "2022-Q2", "2021-Q3"),
        ("2022-01", "2021-12", "2021-01"),
    ],
)
def test_the_previous_period_and_that_of_a_year_before(text: str, previous: str, year_before: str) -> None:
    period = parse_period(text)
    assert (period.previous, period.year_before) == (parse_period(previous), parse_period(year_before))


@given(periods())
def test_consecutive_periods_tile_time(period: Period) -> None:
    assert period.previous.end == period.start
    assert period.previous.months == period.months
    assert period.previous.previous.end == period.previous.start


@given(periods())
def test_a_year_is_made_of_its_periods(period: Period) -> None:
    back = period
    for _ in range(12 // period.months):
        back = back.previous
    assert back == period.year_before


# ── days moved ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("start", "amount", "unit", "moved"),
    [
        ("2024-02-29", 1, "year", "2025-02-28"),
        ("2024-02-29", 4, "year", "2028-02-29"),
        ("2024-02-29", -1, "year", "2023-02-28"),
        ("2023-02-28", 1, "year", "2024-02-28"),
        ("2024-01-31", 1, "month", "2024-02-29"),
        ("2023-01-31", 1, "month", "2023-02-28"),
        ("2023-03-31", -1, "month", "2023-02-28"),
        ("2023-05-31", 1, "month", "2023-06-30"),
        ("2022-12-15", 1, "month", "2023-01-15"),
        ("2023-01-15", -1, "month", "2022-12-15"),
        ("2023-01-15", -13, "month", "2021-12-15"),
        ("2024-02-28", 1, "day", "2024-02-29"),
        ("2023-01-01", -1, "day", "2022-12-31"),
        ("2023-01-31", 0, "month", "2023-01-31"),
    ],
)
def test_a_day_is_moved_and_clamped_to_its_month(start: str, amount: int, unit: Unit, moved: str) -> None:
    assert shifted(day(start), amount, unit) == day(moved)


@given(st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1)), st.integers(-600, 600))
def test_a_day_moved_by_months_keeps_its_number_or_is_the_last_of_the_month(start: dt.date, months: int) -> None:
    moved = shifted(start, months, "month")
    last = calendar.monthrange(moved.year, moved.month)[1]
    assert moved.day == min(start.day, last)
    assert (moved.year - start.year) * 12 + moved.month - start.month == months


@given(st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1)), st.integers(-50, 50))
def test_a_year_is_twelve_months(start: dt.date, years: int) -> None:
    assert shifted(start, years, "year") == shifted(start, years * 12, "month")


# ── contexts ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_without_a_period_the_calendar_year_of_the_date_is_meant() -> None:
    context = Context.on_date(day("2022-03-15"))
    assert (context.period, context.after, context.programme_start) == (parse_period("2022"), day("2022-03-16"), None)


def test_a_year_before_keeps_the_programme_and_moves_the_rest() -> None:
    context = Context.on_date(day("2024-02-29"), day("2021-01-01"), parse_period("2023/24"))
    assert context.year_before == Context(day("2023-02-28"), parse_period("2022/23"), day("2021-01-01"))
