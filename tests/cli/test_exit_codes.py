"""What has become of the work is told by the exit code, and in one message without a traceback."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from opora.papers import report, workbook
from tests.cli.calls import HERE, PROGRAMME, TOWN, opora, run, script

COMPUTE = ("compute", PROGRAMME, "--data", TOWN, "--on", "2022-12-31")

Captured = pytest.CaptureFixture[str]


def raising(error: BaseException) -> object:
    def raised(*args: object, **more: object) -> None:
        raise error

    return raised


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_work_that_is_done_gives_0(capsys: Captured) -> None:
    assert run([*COMPUTE]) == 0
    assert "Программа Елового района" in capsys.readouterr().out


def test_the_installed_command_gives_its_exit_code_to_the_shell() -> None:
    assert opora(*COMPUTE).code == 0
    assert opora("check", str(HERE / "нет.yaml")).code == 2


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["chekc"], "Нет такой команды: «chekc». Возможно, вы имели в виду 'check'?"),
        (["compute"], "Не указан аргумент 'ПРОГРАММА'"),
        (["compute", "x", "--data", "/нет/такой", "--on", "2022-12-31"], "«/нет/такой»: такого нет"),
        (["compute", "strezevoy", "--data", TOWN, "--on", "2022-12-31"], "возможно, вы имели в виду «strezhevoy»"),
        (["compute", PROGRAMME, "--data", TOWN, "--on", "31.02.2022"], "«31.02.2022» — не дата"),
        ([*COMPUTE, "--period", "2022-H3"], "Период «2022-H3» не понят"),
        (
            [*COMPUTE, "--by", "school"],
            "По «school» ничего в программе «spruce» не разложить; можно:\n  organisation — по организациям",
        ),
        ([*COMPUTE, "--lists", "T-1,T-11"], "нет показателя «T-11»; возможно, вы имели в виду «T-1»"),
        ([*COMPUTE, "--engine", "spark"], "бывает duckdb, sail или sc://адрес:порт"),
        (["explain", PROGRAMME, "T-9", "--data", TOWN, "--on", "2022-12-31"], "нет показателя «T-9»"),
        (["explain", PROGRAMME, "T-1", "--data", TOWN, "--on", "2022-12-31", "--person", "p9"], "фамилией: «p9»"),
        (["demo", "--only", "tomsk"], "«tomsk» не подходит"),
        (["demo", "--people", "5"], "5 вне допустимого"),
        (["dataset", "template", "данные.xls"], "должно кончаться на .xlsx"),
    ],
)
def test_a_wrong_call_gives_2_and_says_what_is_wrong(args: list[str], message: str, capsys: Captured) -> None:
    assert run(args) == 2
    told = capsys.readouterr()
    assert message in told.err
    assert told.out == ""


def test_a_place_that_cannot_be_written_is_told_before_the_count(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "занято").write_text("", "utf-8")
    assert run([*COMPUTE, "--out", str(tmp_path / "занято" / "отчёт")]) == 3
    told = capsys.readouterr()
    assert told.err == f"Ошибка: Это файл, а нужна папка: «{tmp_path / 'занято'}»\n"
    assert told.out == ""


def test_a_faulty_dataset_gives_1_and_computes_nothing(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "person.csv").write_text("id;municipality;born\np1;m;вчера\n", "utf-8")
    out = tmp_path / "out"
    assert run(["compute", PROGRAMME, "--data", str(tmp_path), "--on", "2022-12-31", "--out", str(out)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "файл person.csv, строка 2, столбец «Дата рождения»" in told.err
    assert not out.exists()


def test_accepted_faults_mark_the_result(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "territory.csv").write_text("id;title;kind\nm;Город;municipality\nm;Город;municipality\n", "utf-8")
    assert run(["compute", PROGRAMME, "--data", str(tmp_path), "--on", "2022-12-31", "--accept-faults"]) == 0
    told = capsys.readouterr()
    assert "Внимание: в данных есть ошибки" in told.out
    assert "Код «m»" in told.err


def test_at_most_fifty_faults_are_shown(tmp_path: Path, capsys: Captured) -> None:
    columns = "id;municipality;born;sex;career_start;last_name"
    rows = "\n".join(f"p{number};;вчера;третий;завтра;Я" for number in range(100))
    (tmp_path / "person.csv").write_text(f"{columns}\n{rows}\n", "utf-8")
    assert run(["dataset", "check", str(tmp_path)]) == 1
    shown = capsys.readouterr().out
    assert shown.count("•") == 50
    assert "…и ещё записей об ошибках:" in shown


def test_an_engine_that_does_not_answer_gives_3(capsys: Captured) -> None:
    assert run([*COMPUTE, "--engine", "sc://127.0.0.1:1"]) == 3
    assert "Движок sc://127.0.0.1:1 не отвечает" in capsys.readouterr().err


def test_a_full_disk_gives_3_and_leaves_nothing(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "write_report", raising(OSError(errno.ENOSPC, "No space left on device")))
    assert run([*COMPUTE, "--out", str(tmp_path / "a" / "b")]) == 3
    assert "На диске кончилось место" in capsys.readouterr().err
    assert leftovers(tmp_path) == []


def test_an_error_of_opora_gives_3_and_no_traceback(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPORA_DEBUG", raising=False)
    monkeypatch.setattr("opora.programmes.compute.compute_programme", raising(ZeroDivisionError("деление на ноль")))
    assert run([*COMPUTE]) == 3
    told = capsys.readouterr().err
    assert "Это ошибка Опоры, а не ваша" in told
    assert "Traceback" not in told


def test_developers_get_the_traceback(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPORA_DEBUG", "1")
    monkeypatch.setattr("opora.programmes.compute.compute_programme", raising(ZeroDivisionError("деление на ноль")))
    assert run([*COMPUTE]) == 3
    assert "Traceback" in capsys.readouterr().err


def test_an_interrupted_count_gives_130_and_leaves_nothing(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "write_workbook", raising(KeyboardInterrupt()))
    assert run([*COMPUTE, "--out", str(tmp_path / "out")]) == 130
    assert "Прервано" in capsys.readouterr().err
    assert leftovers(tmp_path) == []


def test_a_killed_count_leaves_nothing(tmp_path: Path) -> None:
    outcome = script(
        "import os, signal\n"
        "from opora.papers import report\n"
        "report.write_report = lambda *args, **more: os.kill(os.getpid(), signal.SIGTERM)\n"
        f"from opora.cli import main; main({[*COMPUTE, '--out', str(tmp_path / 'out')]!r})"
    )
    assert outcome.code == 130
    assert leftovers(tmp_path) == []


def test_an_interrupted_count_keeps_the_papers_that_were_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    assert run([*COMPUTE, "--out", str(tmp_path)]) == 0
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    monkeypatch.setattr(report, "write_report", raising(KeyboardInterrupt()))
    assert run([*COMPUTE, "--out", str(tmp_path)]) == 130
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
