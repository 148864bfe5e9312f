"""One's own server serves as the embedded one does, by DATABASE_URL and DATABASE_OWNER_URL."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from opora.site.home import Home
from opora.site.setup import make
from opora.site.trouble import SiteTrouble
from tests.cli.calls import TOWN, Outcome, opora
from tests.upkeep.copies import names
from tests.upkeep.own_server import OwnServer, running

WHEN = ("--on", "2022-12-31")


@pytest.fixture(scope="module")
def server(room: Path) -> Iterator[OwnServer]:
    with running(room / "own-server") as found:
        found.make_database("first")
        yield found


@pytest.fixture(scope="module")
def home(room: Path, server: OwnServer) -> dict[str, str]:
    """An installation with a town in it, as environment."""
    there = server.addresses("first") | {"OPORA_HOME": str(room / "own-home")}
    assert opora("init", **there).err == ""
    loaded = opora("load", TOWN, "--municipality", "town", **there)
    assert loaded.out == "Добавлено: 38 строк; изменено: 0 строк\n"
    return there


@pytest.fixture(scope="module")
def archive(room: Path, home: dict[str, str]) -> Path:
    done = opora("backup", str(room / "own-copies"), **home)
    assert (done.code, done.err) == (0, "")
    return next((room / "own-copies").iterdir())


def hash_of(folder: Path, home: dict[str, str]) -> str:
    return opora("snapshot", str(folder), "--municipality", "town", *WHEN, **home).out.splitlines()[-1]


def doctor(home: dict[str, str]) -> dict[str, tuple[str, str]]:
    told = json.loads(opora("doctor", "--json", **home).out)
    return {one["name"]: (one["level"], one["words"]) for one in told["findings"]}


def test_no_database_of_our_own_is_made(room: Path, home: dict[str, str], server: OwnServer) -> None:
    assert "postgres" not in names(room / "own-home")
    found = doctor(home)
    assert re.fullmatch(rf"PostgreSQL {server.major}\.\d+, свой сервер", found["postgres"][1])
    assert found["role"] == ("fine", "Роль приложения own_app: ни владелец, ни суперпользователь")
    assert found["row_security"][0] == "fine"


def of_one_role(addresses: dict[str, str]) -> dict[str, str]:
    return dict.fromkeys(addresses, addresses["DATABASE_OWNER_URL"])


def of_a_stranger(addresses: dict[str, str]) -> dict[str, str]:
    return addresses | {"DATABASE_URL": addresses["DATABASE_URL"].replace("own_app:b@", "nobody_here:b@")}


def test_addresses_that_would_not_do_are_refused_before_anything_is_written(
    tmp_path: Path, home: dict[str, str], server: OwnServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.make_database("latin", "LATIN1")
    server.make_database("empty")
    first, latin, empty = (server.addresses(name) for name in ("first", "latin", "empty"))
    wanting = [
        (of_one_role(empty), "Владелец таблиц и приложение — одна роль «own_owner»"),
        (empty | {"DATABASE_URL": first["DATABASE_URL"]}, "DATABASE_URL и DATABASE_OWNER_URL ведут в разные базы"),
        (of_a_stranger(empty), "Приложение не входит в базу данных; проверьте адрес в DATABASE_URL. "),
        (latin, "База данных в кодировке LATIN1, а нужна UTF8"),
        (first, "В базе данных уже есть установка Опоры, а её ключей (secrets.json) в папке"),
    ]
    for addresses, words in wanting:
        for name, address in addresses.items():
            monkeypatch.setenv(name, address)
        with pytest.raises(SiteTrouble) as trouble:
            make(Home(tmp_path / "new"))
        assert str(trouble.value).startswith(words)
    assert names(tmp_path) == []


def test_an_application_that_does_not_get_in_is_found_by_the_doctor(home: dict[str, str]) -> None:
    level, words = doctor(of_a_stranger(home))["application"]
    assert (level, words.partition(";")[0]) == ("trouble", "Приложение не входит в базу данных")


def test_a_backup_restores_into_an_empty_database_of_the_server(
    room: Path, tmp_path: Path, home: dict[str, str], server: OwnServer, archive: Path
) -> None:
    server.make_database("second")
    there = home | server.addresses("second")
    assert opora("restore", str(archive), "--into", str(room / "own-back"), **there).err == ""
    back = there | {"OPORA_HOME": str(room / "own-back")}
    assert hash_of(tmp_path / "back", back) == hash_of(tmp_path / "first", home)
    assert doctor(back)["row_security"] == doctor(home)["row_security"]
    again = opora("load", TOWN, "--municipality", "town", **back)
    assert again.out == "Всё это в реестре уже есть: ничего не изменилось\n"


def test_a_database_with_something_in_it_is_not_restored_into(
    room: Path, home: dict[str, str], archive: Path
) -> None:  # fmt: skip
    before = names(room)
    refused = opora("restore", str(archive), "--into", str(room / "own-new"), **home)
    assert refused.code == 3
    assert "База, которую называет DATABASE_URL, не пуста" in refused.err
    assert names(room) == before


def test_a_drill_restores_into_an_embedded_database_aside(home: dict[str, str], archive: Path) -> None:
    done = opora("drill", **home)
    assert (done.code, done.err) == (0, "")
    assert re.search(r"на месте, показателей совпало: \d\d", done.out)


def test_a_server_that_does_not_answer_is_told(home: dict[str, str]) -> None:
    gone = {name: value.replace("own-server", "gone") for name, value in home.items()}
    calls: list[tuple[str, ...]] = [("init",), ("load", TOWN, "--municipality", "town"), ("backup", "copies")]
    for call in calls:
        told: Outcome = opora(*call, **gone)
        assert told.code == 3
        assert told.err.startswith("Ошибка: База данных не отвечает; ничего не записано. ")
    assert not Path("copies").exists()
