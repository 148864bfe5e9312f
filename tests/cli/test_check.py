"""``opora check``: everything that is wrong in a programme's file, at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from opora.programmes.faults import pointed_at
from tests.cli.calls import PROGRAMME, run

Captured = pytest.CaptureFixture[str]


def changed(folder: Path, *changes: tuple[str, str]) -> Path:
    text = Path(PROGRAMME).read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / "town.yaml"
    path.write_text(text, "utf-8")
    return path


def test_a_sound_programme_is_summed_up(capsys: Captured) -> None:
    assert run(["check", PROGRAMME]) == 0
    assert capsys.readouterr().out.replace("\u00a0", " ").startswith("Ошибок нет: 4 показателя, из них по карточкам 0")


@pytest.mark.parametrize("key", ["balakhta", "lesosibirsk", "olenegorsk", "pervouralsk", "strezhevoy"])
def test_the_programmes_that_come_with_opora_are_sound(key: str, capsys: Captured) -> None:
    assert run(["check", key]) == 0


def test_all_faults_are_told_with_place_line_and_caret(tmp_path: Path, capsys: Captured) -> None:
    path = changed(tmp_path, ("has mentorship as", "has mentorshp as"), ("code: T-4", "code: T-3"))
    assert run(["check", str(path)]) == 1
    shown = capsys.readouterr().out
    assert f"{path}:11:16: " in shown
    assert "mentorship" in shown.split("share:")[0]
    assert "    share: has mentorshp as mentee\n" + " " * 19 + "^\n" in shown
    assert "Код «T-3» уже занят в строке" in shown
    assert "Ошибок: 2" in shown


def test_a_missing_bracket_is_one_message(tmp_path: Path, capsys: Captured) -> None:
    path = changed(tmp_path, ("(present) in", "(present in"))
    assert run(["check", str(path)]) == 1
    assert "Ошибок: 1" in capsys.readouterr().out


def test_a_faulty_programme_is_not_computed(tmp_path: Path, capsys: Captured) -> None:
    path = changed(tmp_path, ("age < 35", "agge < 35"))
    out = tmp_path / "out"
    assert run(["compute", str(path), "--data", str(Path(PROGRAMME).parent / "town"), "--on", "2022-12-31"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "town.yaml:12:" in told.err
    assert not out.exists()


def test_a_caret_stands_under_its_sign_in_a_long_line() -> None:
    line = "а" * 200 + "Х" + "б" * 200
    shown, caret = pointed_at(line, 201)
    assert shown[caret.index("^")] == "Х"
    assert len(shown) < 130
    assert pointed_at("\tХ", 2) == (" Х", " ^")
