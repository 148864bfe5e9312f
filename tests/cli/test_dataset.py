"""``opora dataset``: the template, the check, the conversion; bad files get one message and leave nothing."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from opora.indicators.dataset.store import read_dataset
from tests.cli.calls import PROGRAMME, TOWN, run
from tests.dataset.files import TOWN as TERRITORIES
from tests.dataset.files import workbook

Captured = pytest.CaptureFixture[str]


def test_the_template_is_a_dataset_without_faults(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "данные.xlsx"
    assert run(["dataset", "template", str(path)]) == 0
    assert run(["dataset", "check", str(path)]) == 0
    assert [one.name for one in tmp_path.iterdir()] == ["данные.xlsx"]


def test_a_filled_in_workbook_is_not_overwritten(tmp_path: Path, capsys: Captured) -> None:
    path = workbook(tmp_path / "данные.xlsx", {"Территории": TERRITORIES})
    before = path.read_bytes()
    assert run(["dataset", "template", str(path)]) == 2
    assert path.read_bytes() == before
    assert run(["dataset", "template", str(path), "--overwrite"]) == 0
    assert path.read_bytes() != before


def test_a_sound_dataset_is_counted(capsys: Captured) -> None:
    assert run(["dataset", "check", TOWN]) == 0
    shown = capsys.readouterr().out
    assert "Ошибок нет. Строк во всех таблицах: 39" in shown
    assert "К сведению: Нет таблиц: " in shown


def test_a_converted_dataset_is_the_same(tmp_path: Path, capsys: Captured) -> None:
    out = tmp_path / "набор"
    assert run(["dataset", "convert", TOWN, str(out)]) == 0
    first, second = read_dataset(Path(TOWN)), read_dataset(out)
    assert second.synthetic
    for name in first.sources:
        assert second.table(name).to_pylist() == first.table(name).to_pylist()


def test_a_dataset_becomes_a_workbook_and_a_folder_again(tmp_path: Path, capsys: Captured) -> None:
    book, folder = tmp_path / "данные.xlsx", tmp_path / "набор"
    assert run(["dataset", "convert", TOWN, str(book)]) == 0
    assert run(["dataset", "convert", str(book), str(folder)]) == 0
    first, second = read_dataset(Path(TOWN)), read_dataset(folder)
    assert {name: first.table(name) for name in first.sources} == {name: second.table(name) for name in second.sources}
    assert run(["dataset", "convert", TOWN, str(book)]) == 2
    assert "добавьте --overwrite" in capsys.readouterr().err
    assert run(["dataset", "convert", TOWN, str(book), "--overwrite"]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["данные.xlsx", "набор"]


def test_a_dataset_becomes_a_folder_of_csv_and_a_folder_of_parquet_again(tmp_path: Path, capsys: Captured) -> None:
    texts, folder = tmp_path / "набор-csv", tmp_path / "набор"
    assert run(["dataset", "convert", TOWN, str(texts), "--csv"]) == 0
    assert run(["dataset", "convert", str(texts), str(folder)]) == 0
    first, second = read_dataset(Path(TOWN)), read_dataset(folder)
    assert {name: first.table(name) for name in first.sources} == {name: second.table(name) for name in second.sources}
    assert (second.synthetic, second.missing) == (True, ())
    assert run(["dataset", "convert", TOWN, str(tmp_path / "т.xlsx"), "--csv"]) == 2
    assert "книга и --csv — разное" in capsys.readouterr().err


def test_that_nothing_is_promised_to_be_complete_is_said_and_is_no_fault(tmp_path: Path, capsys: Captured) -> None:
    source = str(workbook(tmp_path / "t.xlsx", {"Территории": TERRITORIES}))
    assert run(["dataset", "check", source]) == 0
    assert "К сведению: Таблица «Полнота» пуста, поэтому всё, чего в данных нет" in capsys.readouterr().out
    assert run(["compute", PROGRAMME, "--data", source, "--on", "2022-12-31", "--no-history"]) == 0
    assert "Внимание: Таблица «Полнота» пуста" in capsys.readouterr().err
    assert run(["dataset", "check", TOWN]) == 0
    assert "Полнота" not in capsys.readouterr().out


def test_a_folder_of_other_files_is_not_converted_into(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "письмо.txt").write_text("важное", "utf-8")
    assert run(["dataset", "convert", TOWN, str(tmp_path)]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["письмо.txt"]


def test_a_faulty_dataset_is_not_converted(tmp_path: Path, capsys: Captured) -> None:
    source = workbook(tmp_path / "t.xlsx", {"Территории": [*TERRITORIES, TERRITORIES[1]]})
    out = tmp_path / "набор"
    assert run(["dataset", "convert", str(source), str(out)]) == 1
    assert not out.exists()


def bomb(path: Path) -> Path:
    workbook(path, {"Территории": TERRITORIES})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.bin", bytes(3_000_000))
    return path


def csv_named_xlsx(path: Path) -> Path:
    path.write_text("id;title\nm;Город\n", "utf-8")
    return path


def no_tables(path: Path) -> Path:
    return workbook(path, {"Как заполнять": [["Привет"]]})


@pytest.mark.parametrize(
    ("make", "name", "message"),
    [
        (bomb, "t.xlsx", "Книга распаковывается в слишком большой объём"),
        (csv_named_xlsx, "t.xlsx", "Это не книга Excel, хотя файл так назван"),
        (csv_named_xlsx, "t.docx", "t.docx"),
        (no_tables, "t.xlsx", "В книге нет ни одного листа с таблицей"),
    ],
)
def test_a_bad_file_gets_one_message_and_nothing_is_written(
    make: object, name: str, message: str, tmp_path: Path, capsys: Captured
) -> None:
    assert callable(make)
    source, out = make(tmp_path / name), tmp_path / "out"
    assert run(["compute", PROGRAMME, "--data", str(source), "--on", "2022-12-31", "--out", str(out)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("Ошибка:") == 1
    assert message in told.err
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_missing_sheet_is_said_and_the_rest_is_computed(tmp_path: Path, capsys: Captured) -> None:
    source = workbook(tmp_path / "t.xlsx", {"Территории": TERRITORIES})
    assert run(["compute", PROGRAMME, "--data", str(source), "--on", "2022-12-31"]) == 0
    told = capsys.readouterr()
    assert "К сведению: не дано таблиц: " in told.err
    assert "нет данных" in told.out or "не определён" in told.out
