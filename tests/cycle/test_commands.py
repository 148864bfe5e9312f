"""``opora programme`` and the count by what is in force, as a user calls them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.calls import PROGRAMME, TOWN, run

pytestmark = pytest.mark.usefixtures("empty_registry")
HERE = ("--municipality", "town")


@pytest.fixture
def key(capsys: pytest.CaptureFixture[str]) -> str:
    """The key of the small programme, whose town is in the registry."""
    assert said(capsys, "load", TOWN, *HERE)[0] == 0
    return "spruce"


def said(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str]:
    code = run(args)
    told = capsys.readouterr()
    return code, told.out + told.err


def test_a_version_is_taken_in_once_and_told_with_its_terms(key: str, capsys: pytest.CaptureFixture[str]) -> None:
    first = said(capsys, "programme", "add", PROGRAMME, *HERE)
    assert first[1].splitlines()[1:] == [f"«{key}», редакция 1"]
    again = said(capsys, "programme", "add", PROGRAMME, *HERE, "--since", "2021-01-01")
    assert again[1].splitlines()[1:] == [f"«{key}», редакция 1", "Действует с 01.01.2021"]
    code, words = said(capsys, "programme", "list", *HERE)
    assert (code, words.splitlines()[1:]) == (0, ["  действует с 01.01.2021"])


def test_a_faulty_programme_is_not_taken_in(key: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    spoiled = tmp_path / "spoiled.yaml"
    spoiled.write_text(Path(PROGRAMME).read_text("utf-8").replace("share:", "shara:", 1), "utf-8")
    code, words = said(capsys, "programme", "add", str(spoiled), *HERE)
    assert code == 1
    assert words.splitlines()[-1] == "Ошибок: 3"
    assert said(capsys, "programme", "list", *HERE)[1] == "Программ ещё нет: opora programme add\n"


def test_a_count_from_the_registry_takes_the_version_in_force_on_its_date(
    key: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    later = tmp_path / "later.yaml"
    text = Path(PROGRAMME).read_text("utf-8")
    title = next(line for line in text.splitlines() if line.strip().startswith("title:"))
    later.write_text(text.replace(title, "  title: Программа второй редакции", 1), "utf-8")
    said(capsys, "programme", "add", PROGRAMME, *HERE, "--since", "2021-01-01")
    said(capsys, "programme", "add", str(later), *HERE, "--since", "2022-06-01")
    before = said(capsys, "compute", key, *HERE, "--on", "2022-05-31")
    after = said(capsys, "compute", key, *HERE, "--on", "2022-12-31")
    assert ["Программа второй редакции" in words for _, words in (before, after)] == [False, True]
