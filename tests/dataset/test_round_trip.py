"""A dataset comes back from every kind of storage as it went in."""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opora.indicators.dataset.arrow import table_of_rows
from opora.indicators.dataset.faults import DatasetFaults
from opora.indicators.dataset.schema import Column, Kind, Table
from opora.indicators.dataset.store import Dataset, dataset_of_tables, read_dataset, write_parquet
from opora.indicators.dataset.tables import STORED
from opora.indicators.dataset.template import write_workbook

LETTERS = "абвёЯabZ019 .,;:=+-@'\"№«»%"
words = st.text(LETTERS, min_size=1, max_size=8).map(str.strip).filter(bool)
VALUES: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.KEY: words,
    Kind.REF: words,
    Kind.TEXT: words,
    Kind.INTEGER: st.integers(0, 10**9),
    Kind.NUMBER: st.integers(0, 10**9).map(lambda hundredths: hundredths / 100),
    Kind.FLAG: st.booleans(),
    # Excel has no day before 1900 and a wrong 29 February in it.
    Kind.DATE: st.dates(dt.date(1900, 3, 1), dt.date(2100, 12, 31)),
}


def values(table: Table, column: Column) -> st.SearchStrategy[Any]:
    if column.kind is Kind.CHOICE:
        return st.sampled_from([code for code, _ in column.choices])
    if (table.name, column.name) == ("coverage", "table"):
        return st.sampled_from(sorted(STORED))
    return VALUES[column.kind]


def rows(table: Table) -> st.SearchStrategy[list[dict[str, Any]]]:
    columns = {
        column.name: values(table, column) if column.required else st.none() | values(table, column)
        for column in table.columns
    }
    return st.lists(st.fixed_dictionaries(columns), min_size=1, max_size=3)


@st.composite
def datasets(draw: st.DrawFn) -> Dataset:
    names = draw(st.lists(st.sampled_from(sorted(STORED)), min_size=1, max_size=3, unique=True))
    tables = {name: table_of_rows(STORED[name], draw(rows(STORED[name]))) for name in names}
    return dataset_of_tables(tables, title="Город", synthetic=draw(st.booleans()))


@contextmanager
def scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def contents(dataset: Dataset) -> dict[str, list[dict[str, Any]]]:
    return {name: dataset.table(name).to_pylist() for name in STORED if dataset.rows(name)}


def write_csv(dataset: Dataset, folder: Path) -> None:
    for name in contents(dataset):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(dataset.sources[name].column_names)  # type: ignore[union-attr]  # it is in memory
            writer.writerows(row.values() for row in dataset.table(name).to_pylist())


@given(datasets())
@settings(max_examples=8)
def test_a_dataset_comes_back_from_parquet(dataset: Dataset) -> None:
    with scratch() as folder:
        write_parquet(dataset, folder / "d")
        read = read_dataset(folder / "d")
        assert contents(read) == contents(dataset)
        assert (read.reading_faults, read.title, read.synthetic) == ((), "Город", dataset.synthetic)


@given(datasets())
@settings(max_examples=30)
def test_a_dataset_comes_back_from_csv(dataset: Dataset) -> None:
    with scratch() as folder:
        write_csv(dataset, folder)
        read = read_dataset(folder)
        assert (contents(read), read.reading_faults) == (contents(dataset), ())
        assert read.hash == dataset.hash


@given(datasets())
@settings(max_examples=4)
def test_parquet_comes_back_by_way_of_excel(dataset: Dataset) -> None:
    with scratch() as folder:
        write_parquet(dataset, folder / "one")
        write_workbook(read_dataset(folder / "one"), folder / "d.xlsx")
        write_parquet(read_dataset(folder / "d.xlsx"), folder / "two")
        one, two = read_dataset(folder / "one"), read_dataset(folder / "two")
        assert (contents(one), one.hash, one.synthetic) == (contents(two), two.hash, two.synthetic)


def test_numbers_for_codes_come_back_as_numbers(tmp_path: Path) -> None:
    town = {"id": pa.array([2**62]), "title": ["Город"], "kind": ["municipality"]}
    dataset = dataset_of_tables({"territory": pa.table(town)})
    write_workbook(dataset, tmp_path / "d.xlsx")
    read = read_dataset(tmp_path / "d.xlsx")
    assert (read.key_type, contents(read)) == (pa.int64(), contents(dataset))


def test_what_excel_has_no_day_for_is_not_lost(tmp_path: Path) -> None:
    born = dt.date(1899, 12, 31)
    dataset = dataset_of_tables({"person": pa.table({"id": ["p"], "municipality": ["m"], "born": [born]})})
    write_workbook(dataset, tmp_path / "d.xlsx")
    assert contents(read_dataset(tmp_path / "d.xlsx")) == contents(dataset)


def test_a_table_that_has_no_room_in_a_sheet_is_refused(tmp_path: Path) -> None:
    many = 1_000_001
    dataset = dataset_of_tables({"territory": pa.table({"id": pa.array(range(many))})})
    with pytest.raises(DatasetFaults) as caught:
        write_workbook(dataset, tmp_path / "d.xlsx")
    assert str(caught.value) == (
        "таблица «Территории»: Строк 1000001, а в книге Excel помещается 1000000. Запишите папкой Parquet"
    )
    assert list(tmp_path.iterdir()) == []


@given(datasets())
@settings(max_examples=6)
def test_a_dataset_comes_back_from_excel(dataset: Dataset) -> None:
    with scratch() as folder:
        write_workbook(dataset, folder / "d.xlsx")
        read = read_dataset(folder / "d.xlsx")
        assert (contents(read), read.reading_faults) == (contents(dataset), ())
        assert (read.hash, read.synthetic) == (dataset.hash, dataset.synthetic)
