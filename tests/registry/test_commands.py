"""The commands of the registry, as a user calls them."""

from __future__ import annotations

from pathlib import Path

import pytest

from opora.indicators.dataset.store import read_dataset
from tests.cli.calls import PROGRAMME, TOWN, run

pytestmark = pytest.mark.usefixtures("empty_registry")

WHEN = ("--on", "2022-12-31")


def said(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str]:
    code = run(args)
    told = capsys.readouterr()
    return code, told.out + told.err


def test_a_dataset_is_loaded_and_the_second_time_there_is_nothing_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    code, words = said(capsys, "load", TOWN, "--municipality", "town")
    assert (code, words) == (0, f"Добавлено: {read_rows()} строк; изменено: 0 строк\n")
    code, words = said(capsys, "load", TOWN, "--municipality", "town")
    assert (code, words) == (0, "Всё это в реестре уже есть: ничего не изменилось\n")


def read_rows() -> int:
    dataset = read_dataset(Path(TOWN))
    return sum(dataset.rows(name) for name in dataset.sources if name != "territory")


def test_a_programme_counts_the_same_from_the_registry_as_from_the_folder(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    said(capsys, "load", TOWN, "--municipality", "town")
    from_folder = said(capsys, "compute", PROGRAMME, "--data", TOWN, *WHEN)
    from_registry = said(capsys, "compute", PROGRAMME, "--municipality", "town", *WHEN)
    assert said(capsys, "snapshot", str(tmp_path / "out"), "--municipality", "town", *WHEN)[0] == 0
    from_snapshot = said(capsys, "compute", PROGRAMME, "--data", str(tmp_path / "out"), *WHEN)
    assert from_folder[0] == 0
    assert from_registry == from_snapshot
    assert values(from_registry[1]) == values(from_folder[1])


def test_a_number_opens_the_same_from_the_registry_as_from_the_folder(capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "load", TOWN, "--municipality", "town")
    from_folder = said(capsys, "explain", PROGRAMME, "T-1", "--data", TOWN, *WHEN)
    assert from_folder[0] == 0
    code, words = said(capsys, "explain", PROGRAMME, "T-1", "--municipality", "town", *WHEN)
    assert (code, words) == (0, from_folder[1].partition("К сведению: не дано таблиц")[0])


def values(words: str) -> list[str]:
    """Without the line that tells where the data are from."""
    return [line for line in words.splitlines() if "%" in line]


def test_two_snapshots_of_the_same_facts_have_one_hash(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    said(capsys, "load", TOWN, "--municipality", "town")
    hashes = [
        said(capsys, "snapshot", str(tmp_path / name), "--municipality", "town", *WHEN)[1].splitlines()[-1]
        for name in ("a", "b")
    ]
    assert hashes[0] == hashes[1]
    assert hashes[0].startswith("Хеш: ")


def test_a_snapshot_goes_out_as_a_workbook_and_as_csv_too(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    said(capsys, "load", TOWN, "--municipality", "town")
    folder, texts, book = tmp_path / "a", tmp_path / "b", tmp_path / "c.xlsx"
    hashes = [
        said(capsys, "snapshot", *out, "--municipality", "town", *WHEN)[1].splitlines()[-1]
        for out in ((str(folder),), (str(texts), "--csv"), (str(book),))
    ]
    assert len(set(hashes)) == 1
    first, *others = (read_dataset(path) for path in (folder, texts, book))
    for other in others:
        assert {name: other.table(name) for name in other.sources} == {
            name: first.table(name) for name in first.sources
        }
    code, words = said(capsys, "snapshot", str(book), "--municipality", "town", *WHEN)
    assert (code, "добавьте --overwrite" in words) == (2, True)


def test_faults_of_a_dataset_are_told_and_nothing_is_loaded(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:  # fmt: skip
    (tmp_path / "person.csv").write_text("id;municipality\n1;\n", "utf-8")
    code, words = said(capsys, "load", str(tmp_path), "--municipality", "town")
    assert code == 1
    assert words.endswith("Ничего не загружено.\n")


def test_one_computes_from_a_folder_or_from_the_registry_not_from_both(capsys: pytest.CaptureFixture[str]) -> None:
    for both in ((), ("--data", TOWN, "--municipality", "town")):
        code, words = said(capsys, "compute", PROGRAMME, *both, *WHEN)
        assert code == 2
        assert "Назовите одно из двух" in words


def test_an_unknown_municipality_is_a_wrong_call(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, words = said(capsys, "snapshot", str(tmp_path / "out"), "--municipality", "town", *WHEN)
    assert code == 2
    assert "Нет территории с кодом «town». В реестре ещё ничего нет: начните с opora load" in words


def test_init_again_keeps_what_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "load", TOWN, "--municipality", "town")
    assert said(capsys, "init")[0] == 0
    assert "ничего не изменилось" in said(capsys, "load", TOWN, "--municipality", "town")[1]


def test_without_an_installation_one_is_told_to_make_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("OPORA_HOME", str(tmp_path))
    code, words = said(capsys, "load", TOWN, "--municipality", "town")
    assert code == 3
    assert "нет установки Опоры: выполните opora init" in words


def test_the_database_says_whether_it_runs(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "database", "start") == (0, "База данных запущена\n")
    assert said(capsys, "database", "status") == (0, "База данных запущена\n")
