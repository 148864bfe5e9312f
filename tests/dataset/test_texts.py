"""Spaces that nobody sees never tell texts apart, however they came in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.indicators.dataset.check import check_dataset
from opora.indicators.dataset.store import read_dataset, write_parquet
from opora.indicators.dataset.texts import trimmed_column
from opora.indicators.dataset.trimming import trimmed
from opora.indicators.engine.backends import open_engine
from tests.dataset.files import dataset_of, told

TOWN = {"id": "m", "title": "Город", "kind": "municipality"}
ODD = "".join(sign for sign in map(chr, range(0x3001)) if sign.isspace()) + "\u200b\ufeff"


@given(st.lists(st.none() | st.text(f"аb {ODD}", max_size=6)))
def test_a_column_is_trimmed_as_a_cell_is(texts: list[str | None]) -> None:
    column = pa.chunked_array([pa.array(texts, pa.string())])
    assert trimmed_column(column).to_pylist() == [None if text is None else trimmed(text) for text in texts]


@pytest.mark.parametrize("sign", sorted(ODD), ids=lambda sign: f"U+{ord(sign):04X}")
def test_parquet_is_trimmed_as_other_files_are(sign: str, tmp_path: Path) -> None:
    write_parquet(dataset_of(territory=[TOWN]), tmp_path / "d")
    path = tmp_path / "d" / "territory.parquet"
    odd = {name: [f"{sign}{text}{sign}"] for name, text in TOWN.items()} | {"parent": pa.array([None], pa.string())}
    pq.write_table(pa.table(odd), path)
    dataset = read_dataset(tmp_path / "d")
    assert dataset.table("territory").to_pylist() == [TOWN | {"parent": None}]
    assert told((*dataset.reading_faults, *check_dataset(dataset))) == []


def test_tidy_parquet_stays_on_the_disk(tmp_path: Path) -> None:
    write_parquet(dataset_of(territory=[TOWN]), tmp_path / "d")
    assert read_dataset(tmp_path / "d").sources["territory"] == tmp_path / "d" / "territory.parquet"


@pytest.mark.parametrize("name", ["Данные [2022]", "что?", "все*", "It's"])
def test_a_folder_may_have_any_name(name: str, tmp_path: Path) -> None:
    for folder, born in ((name, 1985), ("Данные 2", 1990), ("чтоб", 1990), ("все и ещё", 1990)):
        person = {"id": "p", "municipality": "m", "born": dt.date(born, 1, 1)}
        write_parquet(dataset_of(territory=[TOWN], person=[person]), tmp_path / folder)
    dataset = read_dataset(tmp_path / name)
    assert told((*dataset.reading_faults, *check_dataset(dataset))) == []
    with open_engine() as engine:
        engine.register("person", dataset.sources["person"])
        assert [row["born"].year for row in engine.query("SELECT born FROM person")] == [1985]
