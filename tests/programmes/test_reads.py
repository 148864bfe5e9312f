"""While the tables that it reads are as they were, a programme's values are too."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from opora.demo.spec import TOWNS, town
from opora.demo.write import town_dataset
from opora.indicators.dataset.arrow import empty_table
from opora.indicators.dataset.store import Dataset
from opora.indicators.dataset.tables import STORED
from opora.indicators.engine.backends import DuckDB
from opora.indicators.engine.plan import Asked
from opora.indicators.results import ProgrammeResult
from opora.programmes.compute import (
    Wish,
    bound_indicators,
    calculator_for,
    compute_programme,
    context_of,
    wanted_breakdowns,
)
from opora.programmes.load import load_programme
from opora.programmes.model import Programme
from opora.programmes.reads import tables_read

ON = dt.date(2022, 12, 31)


def counted(programme: Programme, dataset: Dataset, wish: Wish) -> ProgrammeResult:
    return compute_programme(programme, dataset, DuckDB(), ON, wish=wish)


@pytest.mark.parametrize("key", TOWNS)
def test_what_is_not_read_may_be_emptied_and_nothing_changes(key: str) -> None:
    programme, dataset = load_programme(key), town_dataset(town(key), people=60)
    result, read = (
        counted(programme, dataset, Wish(lists=())),
        frozenset().union(*tables_read(programme, Wish()).values()),
    )
    emptied = {name: empty_table(table, dataset.key_type) for name, table in STORED.items() if name not in read}
    assert emptied
    poorer = replace(dataset, sources=dataset.sources | emptied)
    found = counted(programme, poorer, Wish(lists=()))
    assert replace(found, dataset_hash=result.dataset_hash) == result


@pytest.mark.parametrize("key", TOWNS)
def test_no_indicator_reads_a_table_of_which_nothing_is_told(key: str) -> None:
    """Held against what the queries really read."""
    programme, dataset = load_programme(key), town_dataset(town(key), people=20)
    calculator = calculator_for(programme, dataset, DuckDB())
    for one in bound_indicators(programme)[::4]:
        asked = Asked(one.formula, wanted_breakdowns(one, Wish()))
        read = calculator.planner(context_of(programme, ON)).plan([asked]).tables
        assert read - tables_read(programme, Wish(codes=[one.indicator.code]))[one.indicator.code] == frozenset()


def test_a_table_whose_rows_give_groups_their_names_is_read() -> None:
    programme = load_programme("olenegorsk")
    asked = next(one for one in programme.indicators if "association" in one.by)
    dataset = town_dataset(town("olenegorsk"), people=60)
    renamed = dataset.table("association")
    place = renamed.column_names.index("title")
    titles = ["Другое имя"] * renamed.num_rows
    changed = replace(dataset, sources=dataset.sources | {"association": renamed.set_column(place, "title", [titles])})
    wish = Wish(by=(), lists=(), history=False, codes=(asked.code,))
    before, after = (counted(programme, one, wish) for one in (dataset, changed))
    assert before.indicators[0].breakdowns != after.indicators[0].breakdowns
    assert "association" in tables_read(programme, wish)[asked.code]
