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
from opora.indicators.results import ProgrammeResult
from opora.programmes.compute import Wish, calculator_for, compute_programme, context_of
from opora.programmes.load import load_programme
from opora.programmes.model import Programme
from opora.programmes.reads import tables_read

ON = dt.date(2022, 12, 31)


def counted(programme: Programme, dataset: Dataset, wish: Wish) -> tuple[ProgrammeResult, frozenset[str]]:
    engine = DuckDB()
    result = compute_programme(programme, dataset, engine, ON, wish=wish)
    calculator = calculator_for(programme, dataset, engine)
    return result, tables_read(programme, calculator, context_of(programme, ON), wish, result)


@pytest.mark.parametrize("key", TOWNS)
def test_what_is_not_read_may_be_emptied_and_nothing_changes(key: str) -> None:
    programme, dataset = load_programme(key), town_dataset(town(key), people=60)
    result, read = counted(programme, dataset, Wish(lists=()))
    emptied = {name: empty_table(table, dataset.key_type) for name, table in STORED.items() if name not in read}
    assert emptied
    poorer = replace(dataset, sources=dataset.sources | emptied)
    found, _ = counted(programme, poorer, Wish(lists=()))
    assert replace(found, dataset_hash=result.dataset_hash) == result


def test_a_table_whose_rows_give_groups_their_names_is_read() -> None:
    programme = load_programme("olenegorsk")
    asked = next(one for one in programme.indicators if "association" in one.by)
    dataset = town_dataset(town("olenegorsk"), people=60)
    renamed = dataset.table("association")
    place = renamed.column_names.index("title")
    titles = ["Другое имя"] * renamed.num_rows
    changed = replace(dataset, sources=dataset.sources | {"association": renamed.set_column(place, "title", [titles])})
    wish = Wish(by=(), lists=(), history=False, codes=(asked.code,))
    (before, read), (after, _) = (counted(programme, one, wish) for one in (dataset, changed))
    assert before.indicators[0].breakdowns != after.indicators[0].breakdowns
    assert "association" in read


def test_of_facts_of_other_years_every_table_is_read() -> None:
    programme, dataset = load_programme("olenegorsk"), town_dataset(town("balakhta"), people=60)
    result, read = counted(programme, dataset, Wish(by=(), lists=(), history=False))
    assert (bool(result.warnings), read) == (True, frozenset(STORED))
