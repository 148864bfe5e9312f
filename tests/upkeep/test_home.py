"""What somebody has lost or spoilt in the folder of an installation is told, and nothing is made in its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from opora.site.home import Home
from opora.site.trouble import SiteTrouble
from tests.upkeep.copies import names


@pytest.fixture
def home(tmp_path: Path) -> Home:
    found = Home(tmp_path / "дом службы")
    found.create()
    return found


def told(do: Callable[[], object]) -> str:
    with pytest.raises(SiteTrouble) as trouble:
        do()
    return str(trouble.value)


@pytest.mark.parametrize("spoilt", [b'{"django": ', b"[]", b"\xff\xfe"])
def test_damaged_secrets_are_told_and_stay(home: Home, spoilt: bytes) -> None:
    home.secrets_file.write_bytes(spoilt)
    words = f"Файл «{home.secrets_file}», в котором ключи и пароли, повреждён. Верните прежний файл"
    assert told(lambda: home.secret("django")).startswith(words)
    assert told(home.create).startswith(words)
    assert home.secrets_file.read_bytes() == spoilt


def test_a_secret_that_is_not_there_is_named(home: Home) -> None:
    home.keep_secrets({name: text for name, text in home.secrets().items() if name != "owner"})
    assert f"В файле «{home.secrets_file}» нет ключа «owner»" in told(lambda: home.secret("owner"))


def test_a_database_whose_secrets_are_lost_gets_no_others(home: Home) -> None:
    home.secrets_file.unlink()
    assert home.cluster is not None
    home.cluster.data.mkdir(parents=True)
    (home.cluster.data / "PG_VERSION").write_text("18\n")
    before = names(home.folder)
    for do in (home.require, home.create):
        assert "есть база данных, а файла secrets.json, без которого её не открыть, нет" in told(do)
    assert names(home.folder) == before


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (b"[server]\naddress = ", "Не удалось прочитать «"),
        (b'[server]\naddress = "\xff"', "Не удалось прочитать «"),
        (b'server = "opora.example.ru"', "это должны быть разделы: [server]"),
    ],
)
def test_settings_that_cannot_be_read_are_told(home: Home, written: bytes, words: str) -> None:
    home.settings_file.write_bytes(written)
    assert words in told(lambda: home.address)


@pytest.mark.parametrize(
    "address", ["mysql://opora:тайна@host/base", "postgresql://host/base", "postgresql://opora:тайна@host"]
)
def test_an_address_of_a_database_that_is_not_one_is_refused_without_telling_its_password(
    home: Home, address: str
) -> None:  # fmt: skip
    home.settings_file.write_text(f'[database]\nurl = "{address}"\n', "utf-8")
    words = told(home.application)
    assert words.endswith("он должен быть вида postgresql://роль:пароль@сервер/база")
    assert "тайна" not in words


def test_a_time_zone_is_that_of_the_settings_moscow_by_default_and_a_wrong_one_is_told(home: Home) -> None:
    assert Home(home.folder).time_zone == "Europe/Moscow"
    home.settings_file.write_text('[server]\ntime_zone = "Asia/Tomsk"\n', "utf-8")
    assert Home(home.folder).time_zone == "Asia/Tomsk"
    home.settings_file.write_text('[server]\ntime_zone = "Томск"\n', "utf-8")
    with pytest.raises(SiteTrouble, match="Часового пояса «Томск» нет"):
        _ = Home(home.folder).time_zone
