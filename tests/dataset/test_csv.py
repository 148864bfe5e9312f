"""A folder of CSV files is read however Excel, LibreOffice or a program wrote it."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

import pytest

from opora.indicators.dataset.faults import DatasetFaults
from opora.indicators.dataset.store import read_dataset
from tests.dataset.files import TOWN, csv_folder, csv_text, told

PEOPLE = ["Код", "Муниципалитет", "Фамилия", "Дата рождения"]
IVANOVA = [PEOPLE, ["p1", "m", "Иванова", "01.05.1990"]]


def refusal(path: Path) -> str:
    with pytest.raises(DatasetFaults) as caught:
        read_dataset(path)
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_any_encoding_and_delimiter_is_recognised(tmp_path: Path, encoding: str, delimiter: str) -> None:
    (tmp_path / "person.csv").write_text(csv_text(IVANOVA, delimiter), encoding, newline="")
    dataset = read_dataset(tmp_path)
    assert told(dataset.reading_faults) == []
    assert dataset.table("person").select(["id", "municipality", "last_name", "born"]).to_pylist() == [
        {"id": "p1", "municipality": "m", "last_name": "Иванова", "born": dt.date(1990, 5, 1)}
    ]


def test_a_file_is_found_by_the_title_of_its_table(tmp_path: Path) -> None:
    dataset = read_dataset(csv_folder(tmp_path, {"Люди.CSV": IVANOVA}))
    assert dataset.table("person")["id"].to_pylist() == ["p1"]


def test_a_fault_names_the_file_and_the_line(tmp_path: Path) -> None:
    rows = [PEOPLE, ["p1", "m", "Иванова\nПетрова", ""], [], ["p2", "m", "", "весной"]]
    assert told(read_dataset(csv_folder(tmp_path, {"person.csv": rows})).reading_faults) == [
        "файл person.csv, строка 5, столбец «Дата рождения»: «весной» — не дата. Впишите дату, например 31.12.2022"
    ]


def test_an_unknown_file_asks_what_was_meant(tmp_path: Path) -> None:
    dataset = read_dataset(csv_folder(tmp_path, {"territory.csv": TOWN, "persons.csv": IVANOVA}))
    assert told(dataset.reading_faults) == ["Непонятный файл «persons.csv». Возможно, «person»?"]


def test_two_files_of_one_table_are_reported(tmp_path: Path) -> None:
    dataset = read_dataset(csv_folder(tmp_path, {"person.csv": IVANOVA, "Люди.csv": IVANOVA}))
    assert told(dataset.reading_faults) == [
        "Одна таблица дана дважды: «person.csv» и «Люди.csv». Оставьте один файл; сейчас прочитан первый"
    ]


def test_a_value_too_many_is_reported(tmp_path: Path) -> None:
    (tmp_path / "territory.csv").write_text("Код;Название;Вид\nm;Город; Заречный;муниципалитет\n")
    assert told(read_dataset(tmp_path).reading_faults) == [
        "файл territory.csv, строка 2, столбец «Вид»: Значения «Заречный» нет в списке. "
        "Допустимо: «страна», «регион», «муниципалитет»",
        "файл territory.csv, строка 2: Значение «муниципалитет» стоит в столбце без названия (4-м по счёту). "
        "Назовите столбец или удалите значение",
    ]


@pytest.mark.parametrize("broken", ['"Город', '"Город"а'])
def test_a_broken_quote_is_reported_and_what_precedes_it_is_read(tmp_path: Path, broken: str) -> None:
    text = f"Код;Название;Вид\nm;Город;муниципалитет\nn;{broken};муниципалитет\n"
    (tmp_path / "territory.csv").write_text(text)
    dataset = read_dataset(tmp_path)
    assert told(dataset.reading_faults) == [
        "файл territory.csv, строка 3: Дальше файл не читается: незакрытая кавычка или испорченные знаки. "
        "Исправьте эту строку и прочитайте файл снова"
    ]
    assert dataset.table("territory")["id"].to_pylist() == ["m"]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_an_empty_file_is_told_and_is_an_empty_table(tmp_path: Path, mark: bytes) -> None:
    csv_folder(tmp_path, {"territory.csv": TOWN})
    (tmp_path / "person.csv").write_bytes(mark)
    dataset = read_dataset(tmp_path)
    assert told(dataset.reading_faults) == [
        "файл person.csv: Файл пуст: нет даже названий столбцов. Заполните его или удалите"
    ]
    assert (dataset.rows("person"), dataset.rows("territory")) == (0, 1)


def test_a_heading_that_never_ends_is_told(tmp_path: Path) -> None:
    (tmp_path / "person.csv").write_text("Код;" + "x" * 200_000, "utf-8")
    faults = told(read_dataset(tmp_path).reading_faults)
    assert faults[0].startswith("файл person.csv, строка 1: Дальше файл не читается")


def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "person.csv")
    (tmp_path / "job.csv").symlink_to("nowhere")
    assert refusal(tmp_path).startswith("Это не файлы: «job.csv», «person.csv». ")
    assert refusal(tmp_path / "person.csv").startswith("Это не файлы: «person.csv». ")


def test_a_folder_may_say_that_its_data_are_made_up(tmp_path: Path) -> None:
    csv_folder(tmp_path, {"territory.csv": TOWN})
    assert (read_dataset(tmp_path).title, read_dataset(tmp_path).synthetic) == (tmp_path.name, False)
    (tmp_path / "datapackage.json").write_text(json.dumps({"title": "Демо", "opora:synthetic": True}))
    assert (read_dataset(tmp_path).title, read_dataset(tmp_path).synthetic) == ("Демо", True)


@pytest.mark.parametrize("text", ["{", "[]"])
def test_a_broken_descriptor_is_refused(tmp_path: Path, text: str) -> None:
    csv_folder(tmp_path, {"territory.csv": TOWN})
    (tmp_path / "datapackage.json").write_text(text)
    assert refusal(tmp_path) == "файл datapackage.json: Описание набора данных испорчено. Запишите папку заново"


def test_a_folder_without_tables_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path) == (
        f"В папке «{tmp_path}» нет таблиц. Нужны файлы .parquet с datapackage.json или файлы .csv"
    )


def test_a_folder_of_two_kinds_is_refused(tmp_path: Path) -> None:
    csv_folder(tmp_path, {"territory.csv": TOWN})
    (tmp_path / "person.parquet").touch()
    assert refusal(tmp_path) == f"В папке «{tmp_path}» и Parquet, и CSV. Оставьте файлы одного вида"
