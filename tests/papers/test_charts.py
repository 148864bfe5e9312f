"""A time chart tells the values, their bounds and the target, in the colours of the page."""

import datetime as dt
import re
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from opora.indicators.results import Shape, Value
from opora.papers.charts import nice_top, time_chart
from opora.papers.words import Look

from .fakes import share

HISTORY = tuple((dt.date(year, 12, 31), share(n, 100, 10)) for year, n in ((2020, 30), (2021, 45), (2022, 60)))


def texts(svg: str) -> list[str]:
    return [
        (element.text or "").replace("\u00a0", " ") for element in ElementTree.fromstring(svg).iter() if element.text
    ]


def test_a_chart_shows_every_value_its_date_and_the_target() -> None:
    shown = texts(time_chart(HISTORY, Look.PERCENT, 0.65))
    assert {"30,0 %", "45,0 %", "60,0 %", "2020", "2021", "2022", "цель 65 %"} <= set(shown)


PATH = tuple((dt.date(year, 12, 31), goal) for year, goal in ((2021, 0.4), (2022, 0.5), (2024, 0.8)))


def test_targets_by_year_are_drawn_as_a_path_that_goes_on_ahead() -> None:
    svg = time_chart(HISTORY, Look.PERCENT, 0.5, PATH)
    assert {"2020", "2022", "цель 80 %"} <= set(texts(svg))
    assert "цель 50 %" not in texts(svg)
    # A line and its three marks; without a path one line for all dates.
    assert svg.count('stroke="var(--chart-target)"') == 4
    assert time_chart(HISTORY, Look.PERCENT, 0.5).count('stroke="var(--chart-target)"') == 1


def test_a_path_of_which_one_target_is_left_is_that_target() -> None:
    past = ((dt.date(2018, 12, 31), 0.2), (dt.date(2022, 12, 31), 0.5))
    assert time_chart(HISTORY, Look.PERCENT, 0.5, past) == time_chart(HISTORY, Look.PERCENT, 0.5)


def test_bounds_are_drawn_only_where_something_is_unknown() -> None:
    exact = tuple((day, share(50, 100)) for day, _ in HISTORY)
    assert time_chart(HISTORY, Look.PERCENT, None).count("--chart-spread") == 3
    assert time_chart(exact, Look.PERCENT, None).count("--chart-spread") == 0


def test_one_date_makes_no_chart() -> None:
    assert time_chart(HISTORY[:1], Look.PERCENT, 0.65) == ""
    assert time_chart((), Look.PERCENT, 0.65) == ""


def test_dates_without_data_are_left_out() -> None:
    history = ((dt.date(2019, 12, 31), share(0, 0)), *HISTORY)
    assert "31.12.2019" not in texts(time_chart(history, Look.PERCENT, None))


def test_charts_do_not_leak_into_one_another() -> None:
    first = time_chart(HISTORY, Look.PERCENT, 0.65)
    other = tuple((day, Value(Shape.COUNT, 12, 12, 12)) for day, _ in HISTORY)
    assert "цель" not in time_chart(other, Look.NUMBER, None)
    assert time_chart(HISTORY, Look.PERCENT, 0.65) == first


def test_colours_are_left_to_the_page() -> None:
    svg = time_chart(HISTORY, Look.PERCENT, 0.65)
    painted = set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg))
    assert all(colour.startswith("var(--") or colour == "none" for colour in painted)


def test_a_value_without_an_upper_bound_still_has_a_chart() -> None:
    history = tuple((day, replace(value, high=None)) for day, value in HISTORY)
    assert time_chart(history, Look.PERCENT, None).count("--chart-spread") == 3


@pytest.mark.parametrize("dates", [4, 5, 9])
def test_labels_of_many_years_do_not_lie_on_each_other(dates: int) -> None:
    yearly = tuple((dt.date(2010 + year, 12, 31), share(99, 99)) for year in range(dates))
    drawn = ElementTree.fromstring(time_chart(yearly, Look.PERCENT, None)).iter()
    labels = [element for element in drawn if re.fullmatch(r"20\d\d|100,0\s%", element.text or "")]
    for pattern, letters in ((r"20\d\d", 4), (r"100,0\s%", 7)):
        places = [_across(label) for label in labels if re.fullmatch(pattern, label.text or "")]
        assert len(places) > 2
        assert min(right - left for left, right in pairwise(places)) >= letters * 7


def _across(element: ElementTree.Element) -> float:
    found = re.match(r"translate\(([\d.]+)", element.get("transform", ""))
    assert found
    return float(found.group(1))


def test_labels_of_near_dates_do_not_lie_on_each_other() -> None:
    monthly = tuple((dt.date(2022, month, 1), share(50, 100)) for month in range(1, 13))
    dates = [text for text in texts(time_chart(monthly, Look.PERCENT, None)) if re.fullmatch(r"[\d.]{10}", text)]
    assert dates[-1] == "01.12.2022"
    assert 2 <= len(dates) <= 4


@pytest.mark.parametrize(
    ("largest", "look", "top"),
    [
        (0, Look.NUMBER, 1),
        (12, Look.NUMBER, 20),
        (20, Look.NUMBER, 25),
        (0.05, Look.PERCENT, 0.1),
        (0.95, Look.PERCENT, 1),
    ],
)
def test_the_scale_ends_on_a_round_number_and_a_share_at_the_whole(largest: float, look: Look, top: float) -> None:
    assert nice_top(largest, look) == pytest.approx(top)
