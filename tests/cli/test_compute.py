"""``opora compute``: the table, the papers, and all the ways to ask."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.calls import PROGRAMME, TOWN, on_terminal, opora, run

COMPUTE = ("compute", PROGRAMME, "--data", TOWN, "--on", "2022-12-31")
TABLE = """\
Код  Значение  n из N  Неизв.  Границы      Цель           Вывод           Показатель
T-1    33,3 %  1 из 3       1  25,0–33,3 %  не менее 80 %  не достигнут    Доля молодых педагогов с наставником
T-2    40,0 %  2 из 5                       не менее 30 %  достигнут       Доля педагогов, не пропустивших заседаний
T-3        да                               да             достигнут       Проведены четыре заседания
T-4         1                                              цель не задана  Количество объединений учителей
Показателей 4: достигнуто 2, не достигнуто 1, цель не задана 1
"""

Captured = pytest.CaptureFixture[str]


def told(capsys: Captured, *args: str) -> str:
    assert run([*COMPUTE, *args]) == 0
    return capsys.readouterr().out


def test_in_a_pipe_an_indicator_is_a_line_and_has_no_colours(capsys: Captured) -> None:
    shown = told(capsys)
    assert shown.endswith(TABLE)
    assert "\x1b" not in shown
    assert "\u00a0" not in shown


def test_what_the_data_are_is_said_before_the_numbers(capsys: Captured) -> None:
    head = told(capsys).split("Код")[0]
    assert "Еловый район · 2022 год · на 31.12.2022" in head
    assert "Внимание: синтетические данные" in head


@pytest.mark.parametrize("width", [40, 80, 119, 120, 160])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    shown = on_terminal(*COMPUTE, width=width)
    assert max(len(line) for line in shown.splitlines()) <= width
    for words in ("T-1", "33,3 %", "1 из 3", "25,0–33,3 %", "80 %", "не достигнут", "молодых"):
        assert words in shown


@pytest.mark.parametrize(
    ("period", "title", "meetings"),
    [
        ("2022", "2022 год", "40,0 %"),
        ("2021/22", "2021/22 учебный год", "0,0 %"),
        ("2022-H1", "1 полугодие 2022 года", "0,0 %"),
        ("2022-Q3", "3 квартал 2022 года", "0,0 %"),
        ("2022-12", "12.2022", "0,0 %"),
    ],
)
def test_the_period_is_what_was_asked_for(period: str, title: str, meetings: str, capsys: Captured) -> None:
    shown = told(capsys, "--period", period)
    assert f"Еловый район · {title} · на 31.12.2022" in shown
    (line,) = (line for line in shown.splitlines() if line.startswith("T-2"))
    assert line.split("  ")[2].strip() == meetings or meetings in line


def test_a_breakdown_is_shown_where_it_is_asked_for(capsys: Captured) -> None:
    shown = told(capsys, "--by", "organisation")
    assert "По организациям" in shown
    assert "  50,0 %  1 из 2            Школа № 1\n   0,0 %  0 из 1  неизв. 1  Школа № 2\n" in shown
    assert "Школа № 1" not in told(capsys)


def test_any_column_of_the_formulas_may_be_asked_for(capsys: Captured) -> None:
    shown = told(capsys, "--by", "organisation.kind", "--no-history")
    assert "По видам организаций" in shown


def test_another_town_and_other_years_are_told_before_the_numbers(tmp_path: Path, capsys: Captured) -> None:
    assert run(["compute", "lesosibirsk", "--data", TOWN, "--on", "2031-12-31", "--no-history"]) == 0
    head = capsys.readouterr().out.split("Код")[0]
    assert "Внимание: данные не о том городе: в них «Еловый район», а программа — «город Лесосибирск»" in head
    assert "Внимание: за 2031 год записей нет: в данных они с" in head


def test_the_papers_are_named_by_programme_and_date(tmp_path: Path, capsys: Captured) -> None:
    out = tmp_path / "новая" / "папка"
    shown = told(capsys, "--out", str(out))
    assert sorted(path.name for path in out.iterdir()) == ["spruce-2022-12-31.html", "spruce-2022-12-31.xlsx"]
    assert f"Записано: {out / 'spruce-2022-12-31.xlsx'}" in shown
    assert [path.name for path in tmp_path.iterdir()] == ["новая"]


def test_other_files_in_the_folder_stay(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "письмо.txt").write_text("важное", "utf-8")
    told(capsys, "--out", str(tmp_path))
    assert (tmp_path / "письмо.txt").read_text("utf-8") == "важное"


def test_names_are_in_the_papers_only_where_they_are_asked_for(tmp_path: Path, capsys: Captured) -> None:
    report = tmp_path / "spruce-2022-12-31.html"
    told(capsys, "--out", str(tmp_path))
    assert "Белов" in report.read_text("utf-8")
    told(capsys, "--out", str(tmp_path), "--lists", "T-2")
    assert "Ветрова" in report.read_text("utf-8")
    assert "Белов" not in report.read_text("utf-8")
    told(capsys, "--out", str(tmp_path), "--all-lists")
    assert "Белов" in report.read_text("utf-8")


def test_the_same_question_has_the_same_answer(tmp_path: Path) -> None:
    first, second = tmp_path / "1", tmp_path / "2"
    shown = [
        opora(*COMPUTE, "--by", "organisation", "--out", str(out), PYTHONHASHSEED=seed).out.replace(str(out), "")
        for out, seed in ((first, "1"), (second, "2"))
    ]
    assert shown[0] == shown[1]
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes()


def test_another_engine_gives_the_same_table() -> None:
    assert opora(*COMPUTE, "--engine", "sail").out.endswith(TABLE)
