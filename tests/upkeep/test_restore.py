"""A restored installation is the one that was copied; whatever is not right is refused before anything is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from pyrage import x25519

from opora.site.home import DATABASE_SECRETS, Home
from opora.site.trouble import SiteTrouble
from opora.upkeep.contents import protection
from opora.upkeep.journal import Backup
from opora.upkeep.key import Key
from opora.upkeep.restore import without_addresses
from opora.upkeep.sight import everything
from opora.upkeep.trouble import Unfit
from tests.cli.calls import run
from tests.registry.database import as_application, as_owner
from tests.upkeep.conftest import LETTER
from tests.upkeep.copies import forged, names, restored, rows_of


@pytest.fixture(scope="module")
def back(copy: Backup, towns: Home, room: Path) -> Iterator[Home]:
    home = Home(room / "home")
    restored(copy.path, Key.of(towns), home.folder)
    yield home
    assert home.cluster is not None
    home.cluster.stop()


def test_every_row_is_there_and_is_protected_as_it_was(towns: Home, back: Home) -> None:
    then, now = rows_of(towns), rows_of(back)
    # Each cluster in which a database has lived is noted for the seal over the trail.
    assert {name for name in then if then[name] != now[name]} <= {"seal_era"}
    with everything(back) as restored_one, everything(towns) as first:
        assert protection(restored_one.connection) == protection(first.connection)


def test_files_and_secrets_are_there_and_the_database_has_new_passwords(towns: Home, back: Home) -> None:
    assert (back.files / LETTER).read_text("utf-8") == "Прошу принять"
    then, now = towns.secrets(), back.secrets()
    assert then.keys() == now.keys()
    assert {name for name in then if then[name] != now[name]} == set(DATABASE_SECRETS)
    assert back.secrets_file.stat().st_mode & 0o777 == 0o600
    assert names(back.folder.parent) == ["home"]


def test_the_application_sees_nothing_without_a_scope_and_cannot_touch_the_trail(back: Home) -> None:
    with as_application(back) as application:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute("SELECT * FROM person")
        application.execute(
            "SELECT set_config('opora.municipalities', array_agg(id)::text, false) FROM territory WHERE key = 'город'"
        )
        assert application.execute("SELECT title FROM organisation").fetchall() == [("Школа (город)",)]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute("DELETE FROM trail")


def test_the_trail_goes_on_where_it_was(back: Home) -> None:
    with as_owner(back) as owner:
        owner.execute("SELECT set_config('opora.municipalities', (SELECT array_agg(id)::text FROM territory), false)")
        before = owner.execute("SELECT max(id) FROM trail").fetchone()
        assert before is not None
        owner.execute("UPDATE organisation SET kind = 'preschool' WHERE title = 'Школа (село)'")
        told = owner.execute("SELECT id > %s, action, table_name, changes FROM trail ORDER BY id DESC LIMIT 1", before)
        assert told.fetchone() == (True, "update", "organisation", {"kind": ["school", "preschool"]})
        owner.execute("UPDATE organisation SET kind = 'school' WHERE title = 'Школа (село)'")


def test_a_place_that_is_not_empty_is_refused(towns: Home, copy: Backup, place: Path) -> None:
    for folder in (towns.folder, place):
        before = names(folder)
        with pytest.raises(SiteTrouble, match="не пуста"):
            restored(copy.path, Key.of(towns), folder)
        assert names(folder) == before


def refused(archive: Path, key: Key, place: Path) -> str:
    """Why; and nothing is written meanwhile."""
    before = names(place)
    with pytest.raises((Unfit, SiteTrouble)) as found:
        restored(archive, key, place / "new")
    assert names(place) == before
    return str(found.value)


def test_a_damaged_or_cut_one_is_refused(towns: Home, copy: Backup, place: Path, tmp_path: Path) -> None:
    whole = copy.path.read_bytes()
    spoilt = bytearray(whole)
    spoilt[len(spoilt) // 2] ^= 1
    for archive in (bytes(spoilt), whole[:-1], whole[: len(whole) // 2]):
        (tmp_path / "copy").write_bytes(archive)
        assert "повреждена или обрывается" in refused(tmp_path / "copy", Key.of(towns), place)


def test_a_foreign_key_opens_nothing(copy: Backup, place: Path) -> None:
    assert "Ключ не подходит" in refused(copy.path, Key(str(x25519.Identity.generate())), place)


@pytest.mark.parametrize(
    "newer",
    [
        {"opora": "99.0.0"},
        {"format": 2},
        {"migrations": [["people", "0001_initial"], ["people", "9999_unheard_of"]]},
        {"migrations": [["unheard_of", "0001_initial"]]},
    ],
)
def test_a_newer_one_is_refused(
    towns: Home, copy: Backup, place: Path, tmp_path: Path, newer: dict[str, Any]
) -> None:  # fmt: skip
    key = Key.of(towns)
    archive = forged(copy.path, key, lambda manifest: manifest.update(newer), tmp_path / "copy")
    assert "более новой копии она не поймёт. Обновите Опору" in refused(archive, key, place)


def test_one_of_a_newer_server_is_refused(towns: Home, copy: Backup, place: Path, tmp_path: Path) -> None:
    key = Key.of(towns)
    archive = forged(copy.path, key, lambda manifest: manifest.update(postgres=19), tmp_path / "copy")
    assert refused(archive, key, place) == "Копия сделана с PostgreSQL 19, а Опора знает не новее 18"


def test_a_disk_too_small_is_told_before(towns: Home, copy: Backup, place: Path, tmp_path: Path) -> None:
    key = Key.of(towns)
    archive = forged(copy.path, key, lambda manifest: manifest.update(database_size=10**15), tmp_path / "copy")
    assert "Для базы нужно 1300000.0 ГБ" in refused(archive, key, place)


def test_rows_that_are_not_those_of_the_copy_are_noticed_and_nothing_is_left(
    towns: Home, copy: Backup, place: Path, tmp_path: Path
) -> None:
    def change(manifest: dict[str, Any]) -> None:
        manifest["tables"]["person"]["digest"] = "1"
        manifest["tables"]["leave"]["rows"] = 5

    archive = forged(copy.path, Key.of(towns), change, tmp_path / "copy")
    told = refused(archive, Key.of(towns), place)
    assert told == "Восстановленная база отличается от копии: leave: строк 0, а было 5; person: строки не те"


def test_on_a_clean_machine_one_is_asked_for_the_key(
    copy: Backup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OPORA_HOME", str(tmp_path / "none"))
    assert run(["restore", str(copy.path), "--into", str(tmp_path / "new")]) == 2
    assert "Назовите ключ, которым открывается копия: --key ФАЙЛ" in capsys.readouterr().err
    (tmp_path / "key").write_text(Key(str(x25519.Identity.generate())).secret)
    assert run(["restore", str(copy.path), "--into", str(tmp_path / "new"), "--key", str(tmp_path / "key")]) == 1
    assert names(tmp_path) == ["key"]


def test_a_restored_installation_does_not_get_at_the_database_that_was_copied() -> None:
    settings = '[server]\nurl = "a"\n[database]\n# url\nurl = "postgresql://live"\nowner_url="x"\n[mail]\nurl = "b"\n'
    assert without_addresses(settings) == (
        '[server]\nurl = "a"\n[database]\n# url\n# Из копии; впишите адрес новой базы: url\n'
        '# Из копии; впишите адрес новой базы: owner_url\n[mail]\nurl = "b"\n'
    )
