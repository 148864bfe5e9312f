"""The stored folder: read without being loaded, described, replaced in one step."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from opora.indicators.dataset import parquet_folder
from opora.indicators.dataset.arrow import NUMBER_KEYS, TEXT_KEYS, arrow_schema, table_of_rows
from opora.indicators.dataset.check import check_dataset
from opora.indicators.dataset.faults import DatasetFaults
from opora.indicators.dataset.store import Dataset, dataset_of_tables, read_dataset, write_parquet
from opora.indicators.dataset.tables import STORED
from tests.dataset.files import dataset_of, told

TOWN = {"id": "m", "title": "Город", "kind": "municipality"}


@pytest.fixture
def town() -> Dataset:
    return dataset_of(territory=[TOWN], person=[{"id": "p1", "municipality": "m", "born": dt.date(1990, 5, 1)}])


def put(folder: Path, **columns: Any) -> None:
    """Replaces columns of person.parquet."""
    table = pq.read_table(folder / "person.parquet")
    for name, column in columns.items():
        kept = table.drop_columns([name]) if name in table.column_names else table
        table = kept if column is None else kept.append_column(name, column)
    pq.write_table(table, folder / "person.parquet")


def refusal(path: Path) -> str:
    with pytest.raises(DatasetFaults) as caught:
        read_dataset(path)
    return str(caught.value)


def test_a_file_that_fits_is_not_loaded(town: Dataset, tmp_path: Path) -> None:
    write_parquet(town, tmp_path / "d")
    read = read_dataset(tmp_path / "d")
    assert read.sources == {name: tmp_path / "d" / f"{name}.parquet" for name in STORED}
    assert read.table("person").equals(town.table("person"))


def test_what_the_descriptor_says_comes_back(tmp_path: Path) -> None:
    made_up = dataset_of_tables({}, title="Показательный город", synthetic=True)
    write_parquet(made_up, tmp_path / "d")
    read = read_dataset(tmp_path / "d")
    assert (read.title, read.synthetic, read.missing) == ("Показательный город", True, ())


def test_the_descriptor_is_a_data_package(town: Dataset, tmp_path: Path) -> None:
    write_parquet(town, tmp_path / "d")
    package = json.loads((tmp_path / "d" / "datapackage.json").read_text("utf-8"))
    assert [resource["path"] for resource in package["resources"]] == [f"{name}.parquet" for name in STORED]
    assert package["profile"] == "data-package"
    team_member = next(resource for resource in package["resources"] if resource["name"] == "team_member")
    assert (team_member["title"], team_member["opora:time"]) == ("Состав команд", "state")
    assert team_member["schema"]["primaryKey"] == "id"
    assert team_member["schema"]["foreignKeys"] == [
        {"fields": "team", "reference": {"resource": "team", "fields": "id"}},
        {"fields": "person", "reference": {"resource": "person", "fields": "id"}},
    ]
    territory = package["resources"][0]
    assert territory["schema"]["fields"][2] == {
        "name": "kind",
        "title": "Вид",
        "type": "string",
        "constraints": {"required": True, "enum": ["country", "region", "municipality"]},
        "opora:labels": {"country": "страна", "region": "регион", "municipality": "муниципалитет"},
    }


def test_keys_may_be_numbers_in_all_tables(tmp_path: Path) -> None:
    territory = table_of_rows(STORED["territory"], [TOWN | {"id": 7}], NUMBER_KEYS)
    write_parquet(dataset_of_tables({"territory": territory}), tmp_path / "d")
    read = read_dataset(tmp_path / "d")
    assert read.key_type == NUMBER_KEYS
    assert read.table("territory")["id"].to_pylist() == [7]
    assert read.table("leave").schema.equals(arrow_schema(STORED["leave"], NUMBER_KEYS))


def test_keys_of_two_types_cannot_be_read(town: Dataset, tmp_path: Path) -> None:
    write_parquet(town, tmp_path / "d")
    put(tmp_path / "d", municipality=pa.array([7]))
    assert refusal(tmp_path / "d") == (
        "Коды должны быть одного типа во всех таблицах, "
        "а они текст (acknowledgement.parquet) и числа (person.parquet). "
        "Запишите все коды и ссылки либо текстом, либо целыми числами"
    )


@pytest.mark.parametrize(
    "column",
    [
        pa.array([dt.datetime(1990, 5, 1, 12)], pa.timestamp("ns")),
        pa.array([dt.date(1990, 5, 1)], pa.date64()),
    ],
    ids=str,
)
def test_a_date_may_be_stored_with_a_time(town: Dataset, tmp_path: Path, column: pa.Array) -> None:
    write_parquet(town, tmp_path / "d")
    put(tmp_path / "d", born=column)
    read = read_dataset(tmp_path / "d")
    assert told(read.reading_faults) == []
    assert read.table("person")["born"].to_pylist() == [dt.date(1990, 5, 1)]


def test_texts_encoded_as_a_dictionary_are_texts(town: Dataset, tmp_path: Path) -> None:
    write_parquet(town, tmp_path / "d")
    put(tmp_path / "d", last_name=pa.array(["Иванова"]).dictionary_encode())
    read = read_dataset(tmp_path / "d")
    assert read.reading_faults == ()
    assert read.sources["person"] == tmp_path / "d" / "person.parquet"


def test_a_column_of_a_wrong_type_is_reported_and_unknown(town: Dataset, tmp_path: Path) -> None:
    write_parquet(town, tmp_path / "d")
    put(tmp_path / "d", born=pa.array(["01.05.1990"]))
    read = read_dataset(tmp_path / "d")
    assert told(read.reading_faults) == [
        "файл person.parquet, столбец «Дата рождения»: Тип столбца — string, а нужны даты (date32). "
        "Запишите столбец в нужном типе; пока его значения считаются неизвестными"
    ]
    assert read.table("person")["born"].to_pylist() == [None]


def test_a_column_that_came_later_is_unknown_in_an_older_folder(town: Dataset, tmp_path: Path) -> None:
    write_parquet(town, tmp_path / "d")
    put(tmp_path / "d", sex=None)
    read = read_dataset(tmp_path / "d")
    assert read.reading_faults == ()
    assert read.table("person").equals(town.table("person"))


def test_a_required_column_must_be_there(town: Dataset, tmp_path: Path) -> None:
    write_parquet(town, tmp_path / "d")
    put(tmp_path / "d", municipality=None, height=pa.array([1.7]))
    (tmp_path / "d" / "persn.parquet").touch()
    assert told(read_dataset(tmp_path / "d").reading_faults) == [
        "Непонятный файл «persn.parquet». Возможно, «person»?",
        "файл person.parquet, столбец «height»: Непонятный столбец «height». Удалите его",
        "файл person.parquet, столбец «Муниципалитет»: Нет обязательного столбца «Муниципалитет». Добавьте его",
    ]


def test_a_file_that_is_no_parquet_is_refused(town: Dataset, tmp_path: Path) -> None:
    write_parquet(town, tmp_path / "d")
    (tmp_path / "d" / "person.parquet").write_text("Код;Фамилия")
    assert refusal(tmp_path / "d") == "файл person.parquet: Файл испорчен или это не Parquet. Запишите его заново"


@pytest.mark.parametrize("column", ["id", "born"])
def test_a_file_that_is_broken_further_in_is_refused(column: str, town: Dataset, tmp_path: Path) -> None:
    write_parquet(town, tmp_path / "d")
    path = tmp_path / "d" / "person.parquet"
    place = pq.read_metadata(path).row_group(0)
    chunk = next(
        place.column(number) for number in range(place.num_columns) if place.column(number).path_in_schema == column
    )
    broken = bytearray(path.read_bytes())
    start = chunk.dictionary_page_offset or chunk.data_page_offset
    broken[start : start + chunk.total_compressed_size] = b"\xff" * chunk.total_compressed_size
    path.write_bytes(broken)
    with pytest.raises(DatasetFaults) as caught:
        check_dataset(read_dataset(tmp_path / "d"))
    assert str(caught.value) == "файл person.parquet: Файл испорчен или это не Parquet. Запишите его заново"


def test_a_folder_of_a_newer_opora_is_refused(town: Dataset, tmp_path: Path) -> None:
    write_parquet(town, tmp_path / "d")
    (tmp_path / "d" / "datapackage.json").write_text('{"opora:format": 2}')
    assert refusal(tmp_path / "d") == ("файл datapackage.json: Набор данных записан более новой Опорой. Обновите Опору")


def test_a_dataset_replaces_an_earlier_one_and_leaves_nothing_behind(town: Dataset, tmp_path: Path) -> None:
    write_parquet(dataset_of(), tmp_path / "d")
    write_parquet(town, tmp_path / "d")
    assert read_dataset(tmp_path / "d").rows("person") == 1
    assert list(tmp_path.iterdir()) == [tmp_path / "d"]


def test_a_dataset_may_be_written_over_itself(town: Dataset, tmp_path: Path) -> None:
    write_parquet(town, tmp_path / "d")
    before = read_dataset(tmp_path / "d")
    write_parquet(before, tmp_path / "d")
    assert read_dataset(tmp_path / "d").hash == before.hash


def test_a_folder_of_other_files_is_not_replaced(town: Dataset, tmp_path: Path) -> None:
    (tmp_path / "Приказ.docx").touch()
    with pytest.raises(DatasetFaults) as caught:
        write_parquet(town, tmp_path)
    assert str(caught.value) == f"Папка «{tmp_path}» занята другими файлами. Укажите пустую или новую папку"
    assert list(tmp_path.iterdir()) == [tmp_path / "Приказ.docx"]


def test_a_write_that_fails_leaves_the_earlier_dataset(
    town: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_parquet(town, tmp_path / "d")

    def fail(path: Path, source: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(parquet_folder, "_write_table", fail)
    with pytest.raises(OSError, match="no space left"):
        write_parquet(dataset_of(), tmp_path / "d")
    assert list(tmp_path.iterdir()) == [tmp_path / "d"]
    assert read_dataset(tmp_path / "d").rows("person") == 1


def test_the_hash_tells_one_value_from_another_and_forgets_empty_tables(town: Dataset, tmp_path: Path) -> None:
    same = dataset_of(
        territory=[TOWN], person=[{"id": "p1", "municipality": "m", "born": dt.date(1990, 5, 1)}], leave=[]
    )
    other = dataset_of(territory=[TOWN], person=[{"id": "p1", "municipality": "m", "born": dt.date(1990, 5, 2)}])
    assert same.hash == town.hash
    assert other.hash != town.hash
    hashes = []
    for name, dataset in {"one": town, "same": same, "other": other}.items():
        write_parquet(dataset, tmp_path / name)
        hashes.append(read_dataset(tmp_path / name).hash)
    assert hashes[0] == hashes[1] != hashes[2]


def test_the_hash_of_values_stays_the_same_over_versions(town: Dataset) -> None:
    assert town.hash == "328f77d8f355142b386b0255b4bf6903326353fb6a36c18ada5d3a6f3d0d58f0"


def test_tables_in_memory_are_brought_to_the_declared_columns() -> None:
    dataset = dataset_of_tables({"person": pa.table({"id": ["p1"], "born": ["вчера"]})})
    assert told(dataset.reading_faults) == [
        "таблица «Люди», столбец «Муниципалитет»: Нет обязательного столбца «Муниципалитет». Добавьте его",
        "таблица «Люди», столбец «Дата рождения»: Тип столбца — string, а нужны даты (date32). "
        "Запишите столбец в нужном типе; пока его значения считаются неизвестными",
    ]
    assert dataset.table("person").schema.equals(arrow_schema(STORED["person"], TEXT_KEYS))
