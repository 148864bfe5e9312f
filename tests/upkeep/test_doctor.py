"""The doctor finds what is wrong, says what to do, and a program can read it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator

import pytest

from opora.site.home import Home
from opora.upkeep.doctor import Finding, Level, examine
from opora.upkeep.journal import Backup, Drill, Journal
from tests.cli.calls import run
from tests.registry.database import as_superuser

NOW = dt.datetime.now(dt.UTC)


@pytest.fixture(autouse=True)
def kept(towns: Home, copy: Backup) -> Iterator[None]:
    """An installation that is cared for."""
    before = Journal.of(towns)
    drill = Drill(at=NOW, archive=copy.path, seconds=61.4, rows=copy.rows, compared=68)
    Journal(key_saved=NOW.date(), backup=copy, drills=[drill]).keep(towns)
    yield
    before.keep(towns)


def found(home: Home, now: dt.datetime = NOW) -> dict[str, Finding]:
    return {one.name: one for one in examine(home, now)}


def one(home: Home, name: str, now: dt.datetime = NOW) -> tuple[Level, str]:
    finding = found(home, now)[name]
    return finding.level, finding.words


def test_a_sound_installation_is_fine(towns: Home) -> None:
    assert {name: finding.level for name, finding in found(towns).items()} == dict.fromkeys(
        (
            "opora", "disk", "secrets", "postgres", "migrations", "row_security", "role", "synthetic", "backup",
            "backup_key", "drill",
        ),
        Level.FINE,
    )  # fmt: skip


def test_it_is_read_by_programs_too(towns: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["well"] is True
    assert told["findings"][2] == {
        "name": "secrets",
        "level": "fine",
        "words": "secrets.json читает только владелец",
        "mend": "",
    }


def test_trouble_gives_3_and_says_what_to_do(towns: Home, capsys: pytest.CaptureFixture[str]) -> None:
    towns.secrets_file.chmod(0o644)
    try:
        assert run(["doctor"]) == 3
    finally:
        towns.secrets_file.chmod(0o600)
    told = capsys.readouterr().out
    assert f"✗ secrets.json открыт другим: права 644\n    chmod 600 {towns.secrets_file}\n" in told


def test_an_old_backup_and_an_old_drill_are_told(towns: Home) -> None:
    later = NOW + dt.timedelta(days=40)
    assert one(towns, "backup", later)[0] is Level.TROUBLE
    assert one(towns, "drill", later)[0] is Level.WARNING


def test_no_backup_no_key_elsewhere_and_no_drill_are_told(towns: Home) -> None:
    Journal().keep(towns)
    assert one(towns, "backup") == (Level.TROUBLE, "Резервных копий ещё нет")
    assert one(towns, "backup_key") == (Level.WARNING, "Ключ копий есть только на этом компьютере")
    assert one(towns, "drill") == (Level.WARNING, "Учебного восстановления ещё не было")


def test_a_drill_that_failed_is_trouble(towns: Home, copy: Backup) -> None:
    journal = Journal.of(towns)
    journal.add(Drill(at=NOW, archive=copy.path, seconds=1, trouble="Копия повреждена"))
    journal.keep(towns)
    finding = found(towns)["drill"]
    assert (finding.level, finding.mend) == (Level.TROUBLE, "Копия повреждена")


WRONGS = [
    (
        "row_security",
        "ALTER TABLE leave NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE leave FORCE ROW LEVEL SECURITY",
        "Защита строк не включена: leave",
    ),
    (
        "role",
        "ALTER ROLE opora_app BYPASSRLS",
        "ALTER ROLE opora_app NOBYPASSRLS",
        "Роль приложения opora_app: обходит защиту строк",
    ),
    (
        "role",
        "GRANT opora TO opora_app",
        "REVOKE opora FROM opora_app",
        "Роль приложения opora_app: имеет права владельца",
    ),
    (
        "role",
        "GRANT UPDATE ON trail TO opora_app",
        "REVOKE UPDATE ON trail FROM opora_app",
        "Роль приложения opora_app: пишет в журнал",
    ),
    (
        "migrations",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('records', '9999_unheard_of', now())",
        "DELETE FROM django_migrations WHERE name = '9999_unheard_of'",
        "База новее этой Опоры",
    ),
]


@pytest.mark.parametrize(("name", "spoil", "mend", "words"), WRONGS)
def test_what_somebody_has_spoilt_by_hand_is_told(towns: Home, name: str, spoil: str, mend: str, words: str) -> None:
    with as_superuser(towns) as connection:
        connection.execute(spoil.encode())
        try:
            level, told = one(towns, name)
        finally:
            connection.execute(mend.encode())
    assert level is Level.TROUBLE
    assert told.startswith(words)


def test_tables_that_are_not_up_to_date_are_told(towns: Home) -> None:
    with as_superuser(towns) as connection:
        connection.execute("CREATE TABLE kept AS SELECT * FROM django_migrations")
        connection.execute("DELETE FROM django_migrations WHERE app = 'records'")
        try:
            finding = found(towns)["migrations"]
        finally:
            connection.execute(
                "INSERT INTO django_migrations OVERRIDING SYSTEM VALUE SELECT * FROM kept WHERE app = 'records'"
            )
            connection.execute("DROP TABLE kept")
    assert (finding.level, finding.mend) == (Level.TROUBLE, "opora init")
    assert finding.words.startswith("Таблицы не обновлены: не сделано шагов — ")


def test_synthetic_data_are_told(towns: Home) -> None:
    with as_superuser(towns) as connection:
        connection.execute("SET session_replication_role = replica")  # nothing of it for the trail
        connection.execute("UPDATE source SET synthetic = true WHERE id = (SELECT min(id) FROM source)")
        try:
            told = one(towns, "synthetic")
        finally:
            connection.execute("UPDATE source SET synthetic = false")
    assert told == (Level.WARNING, "В реестре есть условные данные: загрузок 1")


def test_a_damaged_journal_is_told_beside_all_the_rest(towns: Home) -> None:
    path = towns.folder / "upkeep.json"
    before = path.read_bytes()
    path.write_text("{", "utf-8")
    try:
        told = found(towns)
    finally:
        path.write_bytes(before)
    assert told["postgres"].level is Level.FINE
    assert told["journal"].words.startswith(f"Файл «{path}» повреждён: уберите его и сделайте копию")


def test_a_backup_that_is_no_longer_in_its_place_is_told(towns: Home, copy: Backup) -> None:
    away = copy.path.rename(copy.path.with_name("away"))
    try:
        told = one(towns, "backup_file")
    finally:
        away.rename(copy.path)
    assert told == (Level.WARNING, "Этой копии на месте нет")


def test_a_database_whose_password_is_another_is_told_with_what_to_do(towns: Home) -> None:
    secrets = towns.secrets()
    towns.keep_secrets(secrets | {"superuser": "другой"})
    try:
        finding = found(towns)["database"]
    finally:
        towns.keep_secrets(secrets)
    assert finding.words.startswith("База данных не отвечает: ")
    assert finding.mend.endswith(f"верните прежний «{towns.secrets_file}» или восстановите установку из копии")
