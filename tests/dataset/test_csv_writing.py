"""What goes out as CSV comes back as it was, and no spreadsheet takes a text of it for a formula."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opora.indicators.dataset.store import dataset_of_tables, read_dataset, write_csv_folder

DANGEROUS = ["=cmd|' /C calc'!A0", "+7 913", "-1", "@сумма", "'=1", "''+1", "обычный", "'обычный", "a=b"]


def town(titles: list[str]) -> pa.Table:
    keys = pa.array([str(number) for number in range(len(titles))])
    kinds = pa.array(["municipality"] * len(titles))
    return pa.table({"id": keys, "title": titles, "kind": kinds, "parent": pa.nulls(len(titles), pa.string())})


def written(folder: Path, name: str) -> list[list[str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_a_text_that_looks_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    write_csv_folder(dataset_of_tables({"territory": town(DANGEROUS)}), tmp_path / "out")
    assert [row[1] for row in written(tmp_path / "out", "territory")] == [
        "title",
        "'=cmd|' /C calc'!A0",
        "'+7 913",
        "'-1",
        "'@сумма",
        "''=1",
        "'''+1",
        "обычный",
        "'обычный",
        "a=b",
    ]
    assert read_dataset(tmp_path / "out").table("territory")["title"].to_pylist() == DANGEROUS


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.sampled_from("=+-@'\"абв ,;\n\t1"), min_size=1, max_size=9).map(str.strip).filter(bool)))
def test_every_text_comes_back(tmp_path: Path, titles: list[str]) -> None:
    write_csv_folder(dataset_of_tables({"territory": town(titles)}), tmp_path / "out")
    assert read_dataset(tmp_path / "out").table("territory")["title"].to_pylist() == titles


@pytest.mark.parametrize("keys", [pa.int64(), pa.string()])
def test_keys_numbers_days_and_flags_come_back(tmp_path: Path, keys: pa.DataType) -> None:
    one = pa.array([1]).cast(keys)
    tables = {
        "territory": pa.table({"id": one, "title": ["Город"], "kind": ["municipality"]}),
        "person": pa.table({"id": one, "municipality": one, "last_name": ["Лужин"], "born": [dt.date(1985, 12, 31)]}),
        "training_programme": pa.table(
            {"id": one, "title": ["Урок"], "kind": ["pk"], "hours": [72.5], "addressed": [True]}
        ),
    }
    first = dataset_of_tables(tables, title="Городок", synthetic=True)
    write_csv_folder(first, tmp_path / "out")
    second = read_dataset(tmp_path / "out")
    assert {name: first.table(name) for name in first.sources} == {name: second.table(name) for name in second.sources}
    assert (second.title, second.synthetic, second.reading_faults) == ("Городок", True, ())
