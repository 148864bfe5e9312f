"""A restoration on trial tells whether a backup is one, and how long it takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from opora.site.home import Home
from opora.upkeep.journal import Backup, Journal
from opora.upkeep.key import Key
from tests.cli.calls import run
from tests.upkeep.copies import forged, names, restored, rows_of


def test_it_restores_the_last_backup_and_compares_the_values(
    towns: Home, copy: Backup, capsys: pytest.CaptureFixture[str]
) -> None:
    journal = Journal.of(towns)
    journal.backup = copy
    journal.keep(towns)
    before = rows_of(towns), {*names(towns.folder), "drill.lock"}
    assert run(["drill"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith(f"Копия {copy.path} годится: ")
    assert told[0].endswith("на месте, показателей совпало: 68")
    assert (rows_of(towns), set(names(towns.folder))) == before
    last = Journal.of(towns).drills[-1]
    assert (last.archive, last.rows, last.compared, last.trouble) == (copy.path, copy.rows, 68, "")
    assert last.seconds > 0


def test_what_a_killed_drill_has_left_is_removed(
    towns: Home, copy: Backup, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    before = {*names(towns.folder), "drill.lock"}
    restored(copy.path, Key.of(towns), towns.folder / "drill-killed" / "home")
    (tmp_path / "copy").write_text("no copy")
    assert run(["drill", str(tmp_path / "copy")]) == 3
    assert set(names(towns.folder)) == before


def test_values_that_differ_are_told(
    towns: Home, copy: Backup, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def change(manifest: dict[str, Any]) -> None:
        first = next(iter(manifest["values"]["values"].values()))
        first[0] = 0.123

    archive = forged(copy.path, Key.of(towns), change, tmp_path / "copy")
    assert run(["drill", str(archive)]) == 3
    assert "восстановиться нельзя. Не совпали показатели: " in capsys.readouterr().err


def test_a_drill_that_fails_is_remembered(
    towns: Home, copy: Backup, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "copy").write_bytes(copy.path.read_bytes()[:-1])
    before = names(towns.folder)
    assert run(["drill", str(tmp_path / "copy")]) == 3
    assert "повреждена или обрывается" in capsys.readouterr().err
    assert names(towns.folder) == before
    assert "повреждена или обрывается" in Journal.of(towns).drills[-1].trouble


def test_without_a_backup_one_is_told_to_make_it(
    towns: Home, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Home(tmp_path / "other").create()
    monkeypatch.setenv("OPORA_HOME", str(tmp_path / "other"))
    assert run(["drill"]) == 3
    assert "Копий этой установки ещё нет: сделайте первую — opora backup ПАПКА" in capsys.readouterr().err
