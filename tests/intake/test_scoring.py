"""The score tells what was found, made up, missed and doubted; doubts are misses, not errors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from opora.intake.scoring.folder import page_files, score_files
from opora.intake.scoring.gold import BadGold, read_gold
from opora.intake.scoring.tally import Tally, compare
from tests.cli.calls import opora

PAGES = Path(__file__).parent / "pages"


def test_each_value_is_right_wrong_unsure_or_missed_once() -> None:
    read = [("a", True), ("a", True), ("b", False), ("c", True)]
    tally = compare(read, ["a", "b", "d"], "x")
    assert (tally.right, tally.wrong, tally.unsure, tally.stated) == (1, 2, 1, 3)
    assert (tally.precision, tally.recall, tally.unsure_share) == (1 / 3, 1 / 3, 1 / 4)
    assert tally.misses == ["x: лишнее «a»", "x: «b» под вопросом", "x: лишнее «c»", "x: нет «b»", "x: нет «d»"]


def test_nothing_read_has_no_precision_and_nothing_stated_no_recall() -> None:
    assert (Tally().precision, Tally().recall, Tally().unsure_share) == (None, None, None)


def write(folder: Path, courses: str) -> None:
    row = "<tr><td>Зорина Майя Львовна</td><td>воспитатель</td><td>«Игра», 2021, 72 ч.</td></tr>"
    page = f"<table><tr><th>ФИО</th><th>Должность</th><th>Курсы</th></tr>{row}</table>"
    (folder / "page.html").write_text(page, "utf-8")
    heading = "fio,positions,category,subjects,education_level,trainings,retraining_items"
    quoted = courses.replace('"', '""')
    (folder / "page.gold.csv").write_text(f'{heading}\nЗорина Майя Львовна,воспитатель,none,,,"{quoted}",[]\n', "utf-8")


def test_a_course_that_differs_in_its_year_has_its_title_right(tmp_path: Path) -> None:
    write(tmp_path, json.dumps([{"title": "Игра", "year": 2020, "hours": 72}]))
    *_, result = score_files(page_files(tmp_path))
    told = {name: (tally.right, tally.wrong, tally.stated) for name, tally in result.score.fields.items()}
    assert (told["titles"], told["years"], told["hours"]) == ((1, 0, 1), (0, 1, 1), (1, 0, 1))


def test_answers_that_cannot_be_read_name_their_line(tmp_path: Path) -> None:
    write(tmp_path, "[{")
    with pytest.raises(BadGold, match=r"page\.gold\.csv, строка 2: "):
        read_gold(tmp_path / "page.gold.csv")


def test_the_command_prints_each_field_and_writes_what_was_read(tmp_path: Path) -> None:
    out = tmp_path / "read"
    done = opora("intake", "score", str(PAGES / "known"), "--out", str(out))
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[0].split() == [
        "Поле",
        "Есть",
        "Верно",
        "Лишнее",
        "Под",
        "вопросом",
        "Точность",
        "Полнота",
    ]
    page = json.loads((out / "key_value.read.json").read_text("utf-8"))
    assert page["persons"][0]["name"]["value"] == {"surname": "Стрельцова", "given": "Мира", "patronymic": "Аркадьевна"}
    assert sorted(path.name for path in out.iterdir()) == sorted(
        f"{path.stem}.read.json" for path in page_files(PAGES / "known")
    )


def test_the_command_tells_of_every_file_that_it_could_not_read(tmp_path: Path) -> None:
    write(tmp_path, "[]")
    (tmp_path / "list.htm").write_bytes(b"PK\x03\x04")
    done = opora("intake", "score", str(tmp_path), "--out", str(tmp_path / "read"), "--misses")
    assert done.code == 1
    assert "page.html: Зорина Майя Львовна: курсы: названия: лишнее «игра»" in done.out
    assert "list.htm: Это документ Word, книга Excel или архив" in done.out


def test_a_folder_without_pages_is_a_wrong_call(tmp_path: Path) -> None:
    done = opora("intake", "score", str(tmp_path))
    assert done.code == 2
    assert "нет страниц: нужны файлы .html, .htm или .mht" in done.err
