"""``opora explain``: who is in, who is out and why; everybody in town/ is counted by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.cli.calls import PROGRAMME, TOWN, on_terminal, run

Captured = pytest.CaptureFixture[str]


def explained(capsys: Captured, code: str, *args: str) -> str:
    assert run(["explain", PROGRAMME, code, "--data", TOWN, "--on", "2022-12-31", *args]) == 0
    return capsys.readouterr().out


def grown(folder: Path, more: Mapping[str, Sequence[str]]) -> None:
    """The town with more lines in some of its tables."""
    for path in Path(TOWN).iterdir():
        lines = "".join(f"{line}\n" for line in more.get(path.stem, ()))
        (folder / path.name).write_text(path.read_text("utf-8").rstrip("\n") + "\n" + lines, "utf-8")


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
        "Вне числа: 2\n  – не выполнено: имеет наставника\n    Белов Борис, Школа № 1\n    Дымова Дина, Школа № 2\n"
    ) in explained(capsys, "T-1")


def test_who_may_not_belong_stands_apart_with_what_is_not_known(capsys: Captured) -> None:
    assert (
        "Неизвестно, входит ли в расчёт: 1\n"
        "  – неизвестно: возраст меньше 35 лет — не указано «Дата рождения» (лист «Люди»)\n"
        "  – не выполнено: имеет наставника\n"
        "    Ветрова Вера, Школа № 2\n"
    ) in explained(capsys, "T-1")


def test_the_nearest_miss_comes_first(capsys: Captured) -> None:
    shown = explained(capsys, "T-2")
    assert (
        "    Авдеева Анна, Школа № 1 — 3 из 4 посещений заседаний\n"
        "    Дымова Дина, Школа № 2 — 1 из 4 посещений заседаний\n"
        "    Ветрова Вера, Школа № 2 — 0 из 4 посещений заседаний\n"
    ) in shown
    assert "В числе: 2\n  Белов Борис, Школа № 1\n  Громов Глеб, Школа № 2\n" in shown


def test_one_person_is_explained_alone_with_what_is_written_of_her(capsys: Captured) -> None:
    shown = explained(capsys, "T-2", "--person", "p1")
    assert (
        "Авдеева Анна, Школа № 1: вне числа\n"
        "  – не выполнено: посетил заседание [отмечено «присутствовал»] за период — не менее 4 раз"
        " — 3 из 4 посещений заседаний\n"
        "\n"
        "является педагогическим работником — да\n"
        "  подходит: место работы: учитель, основная работа с 01.09.2020\n"
        "\n"
        "посетил заседание [отмечено «присутствовал»] за период — не менее 4 раз — нет\n"
        "  подходит: посещение заседания: 01.09.2022\n"
        "  подходит: посещение заседания: 01.04.2022\n"
        "  подходит: посещение заседания: 01.02.2022\n"
    ) in shown
    assert "Белов" not in shown


def test_a_record_that_does_not_count_tells_why(tmp_path: Path, capsys: Captured) -> None:
    grown(tmp_path, {"attendance": ["t13;z4;p1;нет;2022-12-01", "t14;z4;p1;да;2021-12-30"]})
    asked = ["explain", PROGRAMME, "T-2", "--data", str(tmp_path), "--on", "2022-12-31", "--person", "p1"]
    assert run(asked) == 0
    shown = capsys.readouterr().out
    assert (
        "  не подходит: посещение заседания: 01.12.2022 — не выполнено: отмечено «присутствовал»\n"
        "  не подходит: посещение заседания: 30.12.2021 — на 2 дня раньше начала периода\n"
    ) in shown


@pytest.mark.parametrize("asked", ["p4", "Громов", "громов глеб", "гром"])
def test_a_person_is_found_by_a_code_a_surname_or_a_part_of_it(capsys: Captured, asked: str) -> None:
    shown = explained(capsys, "T-1", "--person", asked)
    assert (
        "Громов Глеб, Школа № 2: не входит в расчёт\n  – не выполнено: возраст меньше 35 лет — 52 при норме меньше 35\n"
    ) in shown


def test_of_namesakes_all_are_listed_with_where_they_work(tmp_path: Path, capsys: Captured) -> None:
    people = ["p6;m;Белова;Алёна;1990-01-01", "p7;m;Белова;Вера;1991-01-01"]
    grown(tmp_path, {"person": people, "employment": ["e6;p6;s2;educator;teacher;main;1;2020-09-01"]})
    asked = ["explain", PROGRAMME, "T-1", "--data", str(tmp_path), "--on", "2022-12-31", "--person"]
    assert run([*asked, "белова"]) == 2
    assert (
        "По «белова» нашлось: 2. Назовите точнее или укажите код:\n"
        "  Белова Алёна, Школа № 2 — --person p6\n"
        "  Белова Вера — --person p7\n"
    ) in capsys.readouterr().err
    assert run([*asked, "белова алена"]) == 0
    assert "Белова Алёна, Школа № 2: вне числа" in capsys.readouterr().out
    assert run([*asked, "Белов"]) == 0, "a whole surname is not the beginning of another"
    assert "Белов Борис, Школа № 1: вне числа" in capsys.readouterr().out


def test_where_people_are_not_counted_the_thing_is_found_by_its_title(capsys: Captured) -> None:
    assert "Объединение учителей математики (предметное): в числе" in explained(capsys, "T-4", "--person", "математики")


def test_nobody_of_that_name_is_told_so(capsys: Captured) -> None:
    asked = ["explain", PROGRAMME, "T-1", "--data", TOWN, "--on", "2022-12-31", "--person", "Щукина"]
    assert run(asked) == 2
    assert "нет человека с таким кодом или такой фамилией: «Щукина»" in capsys.readouterr().err


def test_a_count_is_opened_too(capsys: Captured) -> None:
    assert "В числе: 1\n  Объединение учителей математики (предметное)\n" in explained(capsys, "T-4")


def test_a_number_of_several_counts_is_opened_count_by_count(tmp_path: Path, capsys: Captured) -> None:
    several = """
  - code: T-5
    title: Число заседаний на одно объединение
    ratio: {of: count(meeting in period), to: count(association)}
"""
    programme = tmp_path / "spruce.yaml"
    programme.write_text(Path(PROGRAMME).read_text("utf-8") + several, "utf-8")
    assert run(["explain", str(programme), "T-5", "--data", TOWN, "--on", "2022-12-31"]) == 0
    shown = capsys.readouterr().out
    assert "Число 1 из 2. Число заседаний за период\n\nВ числе: 4\n" in shown
    assert "Число 2 из 2. Число объединений\n\nВ числе: 1\n" in shown


def test_the_queries_are_shown_where_they_are_asked_for(capsys: Captured) -> None:
    assert "SELECT" not in explained(capsys, "T-1")
    assert "SELECT" in explained(capsys, "T-1", "--sql")


def test_a_long_list_is_cut_but_every_reason_is_told(tmp_path: Path, capsys: Captured) -> None:
    people = [f"q{number};m;Фамилия {number:02};Имя;1995-01-01" for number in range(40)]
    jobs = [f"f{number};q{number};s1;educator;teacher;main;1;2020-09-01" for number in range(40)]
    grown(tmp_path, {"person": people, "employment": jobs})
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
