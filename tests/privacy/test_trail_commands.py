"""``opora trail``, as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from opora.site.home import Home
from tests.cli.calls import run
from tests.people.town import Town
from tests.registry.database import as_superuser


@pytest.fixture
def said(city: Town, capsys: pytest.CaptureFixture[str]) -> Said:
    return Said(capsys)


class Said:
    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *args: str) -> tuple[int, str]:
        code = run(["trail", *args])
        told = self._capsys.readouterr()
        return code, told.out + told.err


def test_new_records_are_sealed_and_the_logs_are_whole(said: Said) -> None:
    assert said("seal") == (0, "Готово: звено 1\n")
    assert said("seal") == (0, "Новых записей нет\n")
    assert said("verify") == (0, "Журналы целы. Звеньев: 1\n")


def test_what_was_cut_is_told(said: Said, installation: Home) -> None:
    said("seal")
    with as_superuser(installation) as superuser:
        superuser.execute("DELETE FROM trail WHERE table_name = 'person'")
    code, words = said("verify")
    assert (code, words) == (1, "Звено 1: в журнале изменений было записей: 6, осталось: 3\n")


def test_a_head_that_was_sent_off_proves_the_end_of_the_chain(said: Said, installation: Home, tmp_path: Path) -> None:
    assert said("head") == (3, "Ошибка: В цепочке ещё нет ни одного звена: opora trail seal\n")
    said("seal")
    file = tmp_path / "звено.json"
    code, words = said("head", str(file))
    assert (code, json.loads(file.read_text("utf-8"))["chain"]) == (0, words.split()[-1])
    assert said("verify", "--head", str(file)) == (0, "Журналы целы. Звеньев: 1\n")
    with as_superuser(installation) as superuser:
        superuser.execute("DELETE FROM seal")
    assert said("verify")[0] == 0
    assert said("verify", "--head", str(file)) == (
        1, "Звено 1: было сохранено в другом месте, а в цепочке его нет\n",
    )  # fmt: skip


def test_a_head_that_is_not_there_is_a_wrong_call(said: Said, tmp_path: Path) -> None:
    code, words = said("verify", "--head", str(tmp_path / "звено.json"))
    assert code == 2
    assert f"файл «{tmp_path / 'звено.json'}» не читается" in words


def test_a_file_that_is_no_head_is_a_wrong_call(said: Said, tmp_path: Path) -> None:
    (tmp_path / "другой.json").write_text("{}", "utf-8")
    code, words = said("verify", "--head", str(tmp_path / "другой.json"))
    assert code == 2
    assert "записала не команда opora trail head" in words
