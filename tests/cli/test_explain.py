"""``opora explain``: who is in, who is out and why; everybody in town/ is counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.calls import PROGRAMME, TOWN, on_terminal, run

Captured = pytest.CaptureFixture[str]


def explained(capsys: Captured, code: str, *args: str) -> str:
    assert run(["explain", PROGRAMME, code, "--data", TOWN, "--on", "2022-12-31", *args]) == 0
    return capsys.readouterr().out


def test_the_number_is_told_with_all_that_belongs_to_it(capsys: Captured) -> None:
    shown = explained(capsys, "T-1")
    for words in (
        "Значение   33,3 % (1 из 3)",
        "Неизвестно 1",
        "Границы    25,0–33,3 %",
        "Цель       не менее 80 %",
        "Вывод      не достигнут",
        "Доля тех, про кого верно: имеет наставника",
        "  share: has mentorship as mentee\n  of: educator and age < 35\n",
        "Молодой — моложе 35 лет.",
        "Как записано (версия ",
        "Внимание: синтетические данные",
    ):
        assert words in shown


def test_who_is_out_stands_under_what_put_them_out(capsys: Captured) -> None:
    assert (
        "Вне числа: 2\n"
        "  – не выполнено: имеет наставника\n"
        "    Белов Борис, Школа № 1 [p2]\n"
        "    Дымова Дина, Школа № 2 [p5]\n"
    ) in explained(capsys, "T-1")


def test_who_may_not_belong_stands_apart_with_what_is_not_known(capsys: Captured) -> None:
    assert (
        "Неизвестно, входит ли в расчёт: 1\n"
        "  – неизвестно: возраст меньше 35\n"
        "  – не выполнено: имеет наставника\n"
        "    Ветрова Вера, Школа № 2 [p3]\n"
    ) in explained(capsys, "T-1")


def test_the_nearest_miss_comes_first(capsys: Captured) -> None:
    shown = explained(capsys, "T-2")
    assert (
        "    Авдеева Анна, Школа № 1 [p1] — 3 из 4\n"
        "    Дымова Дина, Школа № 2 [p5] — 1 из 4\n"
        "    Ветрова Вера, Школа № 2 [p3] — 0 из 4\n"
    ) in shown
    assert "В числе: 2\n  Белов Борис, Школа № 1 [p2]\n  Громов Глеб, Школа № 2 [p4]\n" in shown


def test_one_person_is_explained_alone(capsys: Captured) -> None:
    shown = explained(capsys, "T-2", "--person", "p1")
    assert "Авдеева Анна: вне числа" in shown
    assert "Белов" not in shown


def test_a_person_out_of_the_count_is_told_why(capsys: Captured) -> None:
    shown = explained(capsys, "T-1", "--person", "p4")
    assert "Громов Глеб: не входит в расчёт\n  – не выполнено: возраст меньше 35\n" in shown


def test_a_count_is_opened_too(capsys: Captured) -> None:
    assert "В числе: 1\n  Объединение учителей математики [a1]\n" in explained(capsys, "T-4")


def test_the_queries_are_shown_where_they_are_asked_for(capsys: Captured) -> None:
    assert "SELECT" not in explained(capsys, "T-1")
    assert "SELECT" in explained(capsys, "T-1", "--sql")


def test_a_long_list_is_cut_but_every_reason_is_told(tmp_path: Path, capsys: Captured) -> None:
    for path in Path(TOWN).iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    with (tmp_path / "person.csv").open("a") as people, (tmp_path / "employment.csv").open("a") as jobs:
        for number in range(40):
            people.write(f"q{number};m;Фамилия {number:02};Имя;1995-01-01\n")
            jobs.write(f"f{number};q{number};s1;educator;teacher;main;1;2020-09-01\n")
    asked = ["explain", PROGRAMME, "T-1", "--data", str(tmp_path), "--on", "2022-12-31"]
    assert run(asked) == 0
    shown = capsys.readouterr().out
    assert "Вне числа: 42\n" in shown
    assert shown.count("Фамилия") == 18
    assert "…и ещё 22; все — с --all" in shown
    assert run([*asked, "--all"]) == 0
    assert capsys.readouterr().out.count("Фамилия") == 40


@pytest.mark.parametrize("width", [40, 80, 160])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    shown = on_terminal("explain", PROGRAMME, "T-1", "--data", TOWN, "--on", "2022-12-31", width=width)
    assert max(len(line) for line in shown.splitlines()) <= width
    assert "Белов Борис" in shown
