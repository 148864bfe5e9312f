"""The demonstration towns hold the figures that their programmes publish."""

from __future__ import annotations

import datetime as dt

import pytest

from opora.demo.spec import TownSpec, town
from opora.demo.write import town_dataset
from opora.indicators.dataset.coverage import coverage_of
from opora.indicators.engine.backends import DuckDB
from opora.indicators.engine.compute import Calculator
from opora.indicators.engine.plan import Asked
from opora.indicators.formula.indicator import bind_indicator
from opora.indicators.periods import Context, parse_period
from opora.programmes.load import load_programme
from tests.demo.figures_page import PAGE, page

OUT_OF_REACH = {
    "O-F25": "no split of 463 people gives all the published shares; 87 of 199 is the nearest",
    "O-F33": "the same; 95 of 199 is the nearest",
    "O-F31": "35.9 % of 31 people is no whole number",
    "O-F29": "a yearly change cannot be counted on one date",
}


def context(spec: TownSpec, year: str) -> Context:
    """The date and period that a figure speaks of; one without a year is that of the anchor day."""
    if "/" in year:
        return Context.on_date(dt.date(2020, 8, 31), None, parse_period(year))
    return Context.on_date(dt.date.fromisoformat(str(spec.anchor)))


@pytest.mark.parametrize(("key", "figures"), [("olenegorsk", 37), ("strezhevoy", 7)])
@pytest.mark.parametrize("seed", [2021, 8])
def test_published_figures_hold(key: str, figures: int, seed: int) -> None:
    spec, programme = town(key), load_programme(key)
    dataset = town_dataset(spec, seed=seed)
    definitions = programme.all_definitions
    municipality = dataset.table("territory")["id"].to_pylist()[-1]
    calculator = Calculator(DuckDB(), dataset.sources, coverage_of(dataset), [municipality], definitions)
    missed = {}
    assert len(programme.published) == figures
    for figure in programme.published:
        asked = Asked(bind_indicator(figure.formula(programme.exclude), definitions))
        (outcome,) = calculator.outcomes([asked], context(spec, str(figure.year or "")))
        value = outcome.value.value
        if value is None or abs(float(value) - float(figure.expected)) > float(figure.tolerance) + 1e-9:
            missed[figure.code] = value
    assert missed.keys() == {code for code in OUT_OF_REACH if code.startswith(figure.code[0])}, missed


def test_the_page_tells_what_the_demo_towns_give() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()
