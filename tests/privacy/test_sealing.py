"""The chain: what was written is sealed once it is settled, and whatever is rewritten later is told."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connections

from opora.people.domain.person import correct_people
from opora.people.models import Person
from opora.privacy.models import Seal
from opora.privacy.reading import log_reading
from opora.privacy.sealing import Head, head, open_era, seal, verify
from opora.registry.batch import Correction
from opora.registry.scope import scope
from opora.site.home import Home
from opora.site.trouble import SiteTrouble
from tests.people.town import BOB, Town
from tests.registry.database import as_application, as_owner, as_superuser

LOGS = ("trail", "card_reading")


def told(kept: Head | None = None) -> list[str]:
    return [broken.words for broken in verify(kept)]


def renamed(city: Town, name: str, person: int = 0) -> None:
    pk = city.people[person]
    with city.seen():
        seen = {"last_name": Person.objects.get(pk=pk).last_name}
    correct_people([Correction(row=pk, seen=seen, becomes={"last_name": name})], **city.as_alice)


def read(city: Town, person: int = 0) -> None:
    with scope([city.municipality], BOB):
        log_reading([city.people[person]], by=BOB, what="карточка")


@pytest.fixture
def sealed(city: Town) -> Town:
    """Three links: the town itself, a reading, a corrected name."""
    assert seal() == 1
    read(city)
    assert seal() == 2
    renamed(city, "Петрова")
    assert seal() == 3
    assert told() == []
    return city


def test_what_is_written_is_sealed_once(city: Town) -> None:
    assert (seal(), seal()) == (1, None)
    renamed(city, "Петрова")
    assert (seal(), seal()) == (2, None)
    assert told() == []


def test_links_are_chained_and_the_head_is_the_last_of_them(sealed: Town) -> None:
    links = list(Seal.objects.order_by("number"))
    assert [bytes(link.previous) for link in links] == [b"", *(bytes(link.chain) for link in links[:-1])]
    assert head() == Head(3, bytes(links[-1].chain).hex(), links[-1].sealed_at)
    assert sum(link.reading_rows for link in links) == 1


def test_a_row_that_is_committed_late_is_not_skipped(city: Town, installation: Home) -> None:
    seal()
    with as_application(installation) as late, as_application(installation) as early:
        late.autocommit = False
        for each in (late, early):
            each.execute("SELECT set_config('opora.municipalities', %s, false)", [f"{{{city.municipality}}}"])
        late.execute("UPDATE person SET first_name = 'поздняя' WHERE key = '0'")
        early.execute("UPDATE person SET first_name = 'ранняя' WHERE key = '1'")
        assert seal() is None
        late.commit()
    assert seal() == 2
    assert Seal.objects.get(pk=2).trail_rows == 2
    assert told() == []


def test_writers_do_not_wait_for_the_sealer(city: Town, installation: Home) -> None:
    with as_application(installation) as sealer:
        sealer.autocommit = False
        sealer.execute("SELECT opora_seal()")
        renamed(city, "Петрова")
        read(city)
        sealer.commit()
    assert seal() == 2


def without_triggers(installation: Home, statement: str) -> None:
    """What nobody can do but the superuser."""
    with as_superuser(installation) as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute(statement.encode())


TAMPERED = {
    "DELETE FROM trail WHERE action = 'update'": ["Звено 3: в журнале изменений было записей: 2, осталось: 1"],
    'UPDATE trail SET actor = \'{"user": "eve", "address": ""}\' WHERE action = \'update\'': [
        "Звено 3: в журнале изменений изменены записи"
    ],
    "DELETE FROM card_reading": ["Звено 2: в журнале чтений было записей: 1, осталось: 0"],
    "UPDATE card_reading SET person_id = person_id + 1": ["Звено 2: в журнале чтений изменены записи"],
    "INSERT INTO card_reading (person_id, municipality_id, actor, moment) "
    "SELECT person_id, municipality_id, actor, moment FROM card_reading": [
        "Звено 2: в журнале чтений было записей: 1, стало: 2"
    ],
    "UPDATE seal SET trail_rows = trail_rows + 1 WHERE number = 1": [
        "Звено 1: само звено изменено",
        "Звено 1: в журнале изменений было записей: 7, осталось: 6",
    ],
    "UPDATE seal SET sealed_at = now() WHERE number = 2": ["Звено 2: само звено изменено"],
    "DELETE FROM seal WHERE number = 2": ["Звено 2: его нет в цепочке"],
    "DELETE FROM seal WHERE number = 1": ["Звено 1: его нет в цепочке"],
}


@pytest.mark.parametrize("statement", TAMPERED)
def test_the_link_is_named_that_was_changed_cut_or_is_missing(sealed: Town, installation: Home, statement: str) -> None:
    without_triggers(installation, statement)
    assert told() == TAMPERED[statement]


@pytest.mark.parametrize("log", LOGS)
def test_the_record_is_named_whose_content_was_changed_or_wiped(sealed: Town, installation: Home, log: str) -> None:
    column, value = {"trail": ("changes", "'{}'"), "card_reading": ("what", "'ничего'")}[log]
    where = {"trail": "Звено 3: в журнале изменений", "card_reading": "Звено 2: в журнале чтений"}[log]
    with as_superuser(installation) as superuser:
        row = superuser.execute(f"SELECT id FROM {log} WHERE {column} IS NOT NULL".encode()).fetchone()
    assert row is not None
    for written in (value, "NULL"):
        without_triggers(installation, f"UPDATE {log} SET {column} = {written} WHERE id = {row[0]}")
        assert told() == [f"{where} изменено содержание записи {row[0]}"]


def test_content_cannot_be_given_to_a_record_that_had_none(sealed: Town, installation: Home) -> None:
    without_triggers(installation, "UPDATE trail SET changes = '{}' WHERE id = (SELECT min(id) FROM trail)")
    with as_superuser(installation) as superuser:
        row = superuser.execute("SELECT min(id) FROM trail").fetchone()
    assert row is not None
    assert told() == [f"Звено 1: в журнале изменений изменено содержание записи {row[0]}"]


def test_a_forged_link_does_not_fit_to_the_next_one(sealed: Town, installation: Home) -> None:
    """Whoever may write anything can make a link that is sound by itself."""
    without_triggers(
        installation,
        "UPDATE seal SET sealed_at = now() WHERE number = 2; UPDATE seal SET chain = opora_link(seal) WHERE number = 2",
    )
    assert told() == ["Звено 3: не продолжает предыдущее"]


def test_a_cut_end_of_the_chain_is_told_by_the_head_that_was_sent_off(sealed: Town, installation: Home) -> None:
    kept = head()
    without_triggers(installation, "DELETE FROM seal WHERE number = 3")
    without_triggers(installation, "DELETE FROM sealed_payload WHERE log = 'trail'")
    without_triggers(installation, "DELETE FROM trail WHERE action = 'update'")
    assert told() == []
    assert told(kept) == ["Звено 3: было сохранено в другом месте, а в цепочке его нет"]
    renamed(sealed, "Сидорова", person=1)
    assert seal() == 3
    assert told(kept) == ["Звено 3: не то, что было сохранено в другом месте"]


def test_a_database_that_was_moved_by_hand_is_not_sealed_until_it_is_told(city: Town, installation: Home) -> None:
    seal()
    without_triggers(installation, "UPDATE seal_era SET system = 'another'")
    with pytest.raises(SiteTrouble, match="opora init"):
        seal()
    open_era(using="owner")
    connections["owner"].close()
    renamed(city, "Петрова")
    assert seal() == 2
    assert Seal.objects.get(pk=2).trail_rows == 2
    assert told() == []


def test_in_a_new_cluster_rows_come_after_those_of_the_old_one(city: Town, installation: Home) -> None:
    """However few transactions it has counted yet: rows that were not sealed there are sealed here, and none twice."""
    renamed(city, "Петрова")
    without_triggers(installation, "UPDATE trail SET moment = moment + (1::bigint << 40)")
    without_triggers(installation, "UPDATE seal_era SET system = 'another'")
    open_era(using="owner")
    connections["owner"].close()
    renamed(city, "Сидорова")
    assert (seal(), seal()) == (1, None)
    renamed(city, "Иванова")
    assert (seal(), seal()) == (2, None)
    assert told() == []


FORBIDDEN = [
    "UPDATE card_reading SET what = NULL",
    "DELETE FROM card_reading",
    "TRUNCATE card_reading",
    "INSERT INTO card_reading (person_id, municipality_id, actor) VALUES (1, 1, '{}')",
    "UPDATE seal SET number = 7",
    "DELETE FROM seal",
    "TRUNCATE seal",
    "INSERT INTO seal SELECT * FROM seal",
    "SELECT * FROM sealed_payload",
    "UPDATE sealed_payload SET salt = NULL",
    "DELETE FROM sealed_payload",
    "UPDATE seal_era SET system = ''",
    "DELETE FROM destruction",
    "INSERT INTO destruction SELECT * FROM destruction",
    "ALTER TABLE trail ALTER COLUMN moment SET DEFAULT 0",
    "UPDATE trail SET changes = NULL",
    "CREATE OR REPLACE FUNCTION opora_seal() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_application_can_touch_neither_the_readings_nor_the_chain(
    sealed: Town, installation: Home, statement: str
) -> None:
    with as_application(installation) as application:
        application.execute("SELECT set_config('opora.municipalities', %s, false)", [f"{{{sealed.municipality}}}"])
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute(statement.encode())


@pytest.mark.parametrize(("log", "content"), [("trail", "changes"), ("card_reading", "what")])
def test_not_even_the_owner_can_rewrite_or_delete_what_is_logged(
    sealed: Town, installation: Home, log: str, content: str
) -> None:
    """Unless she changes the tables themselves. She may erase, and without an act of destruction that is told."""
    with as_owner(installation) as owner:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            owner.execute(f"UPDATE {log} SET {content} = '{{}}' WHERE {content} IS NOT NULL".encode())
        assert owner.execute(f"DELETE FROM {log}".encode()).rowcount == 0
        assert told() == []
        owner.execute(f"UPDATE {log} SET {content} = NULL WHERE {content} IS NOT NULL".encode())
    assert len(told()) == 1
