"""Dates in Russian text: each way of writing gives the days that were meant, and no text breaks the reader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from opora.intake.words.dates import NO_SUCH_DAY, SCHOOL_YEAR, TWO_YEARS, find_dates
from opora.intake.words.values import Period

MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()  # noqa: SIM905

_days = st.dates(dt.date(1960, 1, 1), dt.date(2040, 12, 31))


def numbers(day: dt.date) -> str:
    return day.strftime("%d.%m.%Y")


def words(day: dt.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


SINGLE: dict[str, Callable[[dt.date], str]] = {
    "12.03.2021": numbers,
    "12.03.2021 г.": lambda day: f"{numbers(day)} г.",
    "12/03/2021": lambda day: day.strftime("%d/%m/%Y"),
    "12 марта 2021 года": lambda day: f"{words(day)} года",
    "2021-03-12": lambda day: day.isoformat(),
}
PERIODS: dict[str, Callable[[dt.date, dt.date], str]] = {
    "12.03.2021-24.03.2021": lambda since, until: f"{numbers(since)}-{numbers(until)}",
    "с 12.03.2021 г. по 24.03.2021 г.": lambda since, until: f"с {numbers(since)} г. по {numbers(until)} г.",
    "с 12 марта 2021 по 24 марта 2021": lambda since, until: f"с {words(since)} по {words(until)}",
}
IN_ONE_YEAR: dict[str, Callable[[dt.date, dt.date], str]] = {
    "с 12.03 по 24.03.2021": lambda since, until: f"с {since:%d.%m} по {numbers(until)}",
    "12.03-24.03.2021": lambda since, until: f"{since:%d.%m}-{numbers(until)}",
    "с 12 марта по 24 марта 2021 г.": lambda a, b: f"с {a.day} {MONTHS[a.month - 1]} по {words(b)} г.",
}


@pytest.mark.parametrize("form", SINGLE)
@given(_days)
def test_a_day_is_read_as_the_day_of_the_document(form: str, day: dt.date) -> None:
    assert [mark.period for mark in find_dates(f"от {SINGLE[form](day)}, «Урок»")] == [Period(day.year, issued=day)]


@pytest.mark.parametrize("form", PERIODS)
@given(_days, _days)
def test_a_period_is_read_with_both_days_and_the_year_in_which_it_ended(
    form: str, one: dt.date, other: dt.date
) -> None:
    since, until = sorted((one, other))
    assert [mark.period for mark in find_dates(PERIODS[form](since, until))] == [Period(until.year, since, until)]


@pytest.mark.parametrize("form", IN_ONE_YEAR)
@given(_days, st.integers(1, 300))
def test_a_year_that_is_stated_once_holds_for_both_days(form: str, since: dt.date, length: int) -> None:
    until = since + dt.timedelta(length)
    assume(until.year == since.year)
    assert [mark.period for mark in find_dates(IN_ONE_YEAR[form](since, until))] == [Period(since.year, since, until)]


@given(st.text(alphabet="0123456789.-–/ сподогучмартяй№,«", max_size=80) | st.text(max_size=80))
def test_no_text_breaks_the_reader(text: str) -> None:
    marks = find_dates(text)
    places = [place for mark in marks for place in (mark.start, mark.end)]
    assert places == sorted(places)
    assert all(0 <= mark.start < mark.end <= len(text) for mark in marks)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021 г., 72 ч.", Period(2021)),
        ("2021 r.", Period(2021)),
        ("2021г", Period(2021)),
        ("12.03.21", Period(2021, issued=dt.date(2021, 3, 12))),
        ("21 г.", Period(2021)),
        ("март 2022 года", Period(2022, dt.date(2022, 3, 1), dt.date(2022, 3, 31))),
        ("02.2024", Period(2024, dt.date(2024, 2, 1), dt.date(2024, 2, 29))),
        ("с 14 по 18 ноября 2022 года", Period(2022, dt.date(2022, 11, 14), dt.date(2022, 11, 18))),
        ("с 28.12 по 20.01.2021", Period(2021, dt.date(2020, 12, 28), dt.date(2021, 1, 20))),
    ],
)
def test_ways_of_writing_met_on_sites(text: str, expected: Period) -> None:
    assert [mark.period for mark in find_dates(text)] == [expected]


@pytest.mark.parametrize(
    "text", ["№ 2021", "273-2012", "1.2.3", "72 ч.", "5-9 классы", "ФЗ-273", "12345", "99.99.9999"]
)
def test_numbers_that_are_no_dates(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize(
    ("text", "period", "doubt"),
    [
        ("2019-2020 уч.г.", Period(None, dt.date(2019, 9, 1), dt.date(2020, 8, 31)), SCHOOL_YEAR),
        ("2019/20 учебный год", Period(None, dt.date(2019, 9, 1), dt.date(2020, 8, 31)), SCHOOL_YEAR),
        ("2021-2022", Period(2022), TWO_YEARS),
        ("31.02.2021", Period(2021), NO_SUCH_DAY),
    ],
)
def test_what_is_unsure_says_why(text: str, period: Period, doubt: str) -> None:
    assert [(mark.period, mark.doubt) for mark in find_dates(text)] == [(period, doubt)]
