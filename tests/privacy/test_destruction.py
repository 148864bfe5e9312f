"""A person is destroyed: nothing in the database tells of her any more, and the chain over the logs is whole."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from opora.access.domain.invitations import invite
from opora.access.models import Selection, User
from opora.access.roles import Role
from opora.community.models import Association, Material
from opora.learning.models import Mentorship, Route
from opora.papers.act import ACT, EXTRACT, Operator, write_act
from opora.people.domain.merge import OnePerson, merge_people
from opora.people.models import Employment, Person
from opora.privacy.consents import GivenConsent, give_consents
from opora.privacy.destruction import Destroyed, destroy
from opora.privacy.models import CardReading, Destruction
from opora.privacy.models.destruction import Ground
from opora.privacy.reading import log_reading
from opora.privacy.sealing import seal, verify
from opora.privacy.snils import StatedSnils, record_snils
from opora.registry.models import Trail
from opora.registry.scope import scope
from opora.registry.verbs import Refused
from opora.site.embedded import client_program
from opora.site.home import Home
from opora.snapshot.kept import kept_snapshot
from opora.upkeep.sight import address, environment
from tests.access.world import MENTOR, SCHOOLS, TESTS, build, seat_of, territory, user_of
from tests.cli.calls import run
from tests.registry.database import Keepsakes, as_superuser

HERE, BESIDE = SCHOOLS[:2]
TODAY = dt.date(2026, 11, 23)
SURNAME, BORN, SNILS = "Вознесенская", dt.date(1971, 3, 14), "112-233-445 95"
FORMER, EMAIL = "Преображенская", "voznesenskaya@example.org"
HERS = (SURNAME, FORMER, EMAIL, "Аполлинария", "Тихоновна", "1971-03-14", "14.03.1971", "112-233-445", "11223344595")


@pytest.fixture
def her(installation: Home, keepsakes: Keepsakes, empty_registry: None) -> int:
    person = keepsakes.bring("her", her_made)
    assert told_in_the_database(installation) == set(HERS) - {"14.03.1971", "112-233-445", "11223344595"}
    return person


def her_made() -> int:
    """A teacher of whom every table tells something, who is a user, was renamed, merged, read and sealed."""
    build()
    town = territory(HERE.town)
    person, other = (card(school.key("person")) for school in (HERE, BESIDE))
    with scope([town], TESTS):
        Person.objects.filter(pk=person).update(last_name=FORMER, born=BORN)
        Person.objects.filter(pk=person).update(last_name=SURNAME, first_name="Аполлинария", patronymic="Тихоновна")
        duplicate = Person.objects.create(municipality_id=town, last_name=SURNAME, first_name="Аполлинария").pk
        Association.objects.filter(key=BESIDE.key("association")).update(head=person)
        Route.objects.filter(key=BESIDE.key("route")).update(tutor=person)
        Mentorship.objects.filter(key=BESIDE.key("mentorship")).update(mentor=person)
        # It was hers for a time.
        Material.objects.filter(key=BESIDE.key("material")).update(person=person, outlet=SURNAME)
        Material.objects.filter(key=BESIDE.key("material")).update(person=other, outlet=None)
        log_reading([person], by=TESTS, what=f"карточка: {SURNAME}")
    merge_people([OnePerson(keep=person, duplicates=(duplicate,))], municipality=town, by=TESTS)
    record_snils([StatedSnils(person=person, number=SNILS)], municipality=town, by=TESTS)
    consent = GivenConsent(person=person, kind="publication", text_version="1", on=BORN)
    give_consents([consent], municipality=town, by=TESTS)
    invite(EMAIL, SURNAME, seat_of(Role.METHODIST, HERE), within=[town], by=TESTS)
    user = user_of(Role.EDUCATOR, HERE, EMAIL)
    User.objects.filter(pk=user.pk).update(full_name=f"{SURNAME} Аполлинария Тихоновна")
    seal()
    with scope([town], TESTS):
        Person.objects.filter(pk=person).update(sex="female")
    return person


def card(key: str) -> int:
    with scope([territory(HERE.town)], TESTS):
        return Person.objects.get(key=key).pk


def ended(person: int, on: dt.date) -> None:
    with scope([territory(HERE.town)], TESTS):
        Employment.objects.filter(person=person).update(until=on)


def destroyed(person: int, ground: Ground = Ground.UNLAWFUL, within: tuple[str, ...] = ("город",)) -> Destroyed:
    told: list[Destroyed] = []
    destroy(
        person,
        within=[territory(key) for key in within],
        ground=ground,
        by=TESTS,
        today=TODAY,
        told=told.append,
    )
    return told[0]


def told_in_the_database(home: Home) -> set[str]:
    """What of hers a dump of all tables holds, in any letters."""
    words = home.superuser()
    dump = subprocess.run(
        [str(client_program("pg_dump")), f"--dbname={address(words)}", "--data-only"],
        env=environment(words),
        check=True,
        capture_output=True,
    ).stdout.decode()
    plain = dump.lower()
    return {
        part
        for part in HERS
        if part.lower() in plain
        or part.encode().hex() in plain
        or part.lower().encode("unicode_escape").decode().lower() in plain
    }


def test_nothing_in_the_database_tells_of_her_any_more(her: int, installation: Home) -> None:
    destroyed(her)
    assert told_in_the_database(installation) == set()


def test_the_chain_is_whole_before_and_after_what_was_left_is_sealed(her: int) -> None:
    destroyed(her)
    assert verify() == []
    seal()
    assert verify() == []


def test_no_row_refers_to_her_and_other_people_keep_all_of_theirs(her: int, installation: Home) -> None:
    def counts(key: str) -> dict[str, int]:
        with as_superuser(installation) as all_seeing:
            return {
                model._meta.db_table: number
                for model in apps.get_models()
                if model.__module__.startswith("opora.") and "key" in {field.name for field in model._meta.fields}
                for (number,) in all_seeing.execute(
                    f"SELECT count(*) FROM {model._meta.db_table} WHERE key LIKE '%{key}'".encode()
                )
            }

    before = [counts(school.name) for school in SCHOOLS]
    destroyed(her)
    after = [counts(school.name) for school in SCHOOLS]
    assert after[1:] == before[1:]
    gone = {table for table, number in before[0].items() if after[0][table] != number}
    assert gone == {
        "person", "employment", "leave", "teaching", "experience", "education", "attestation", "team_member",
        "responsibility", "expert_role", "diagnostic_result", "deficit", "route", "route_step", "support",
        "training_request", "training", "adaptation", "membership", "attendance", "participation", "contest_entry",
        "presentation", "publication", "project_participant", "recommendation",
    }  # fmt: skip


def test_where_she_acted_for_others_their_rows_stay_without_her(her: int) -> None:
    told = destroyed(her)
    with scope([territory(HERE.town)], TESTS):
        assert Association.objects.get(key=BESIDE.key("association")).head is None
        assert Route.objects.get(key=BESIDE.key("route")).tutor is None
        pair = Mentorship.objects.get(key=BESIDE.key("mentorship"))
        hers = Mentorship.objects.get(key=HERE.key("mentorship"))
        nobody = pair.mentor
        assert (nobody.key, nobody.last_name, nobody.born) == ("обезличено", None, None)
        assert pair.mentee.key == BESIDE.key("person")
        assert (hers.mentee, hers.mentor.key, hers.result, hers.consent) == (nobody, HERE.key(MENTOR), None, None)
        assert Material.objects.get(key=HERE.key("material")).person is None
    assert told.cleared == {
        "access_user": 1,
        "association": 1,
        "material": 1,
        "mentorship": 2,
        "practice": 1,
        "route": 1,
    }


def test_when_both_of_a_pair_are_destroyed_the_pair_goes(her: int) -> None:
    destroyed(her)
    assert destroyed(card(HERE.key(MENTOR))).deleted == {"mentorship": 1, "person": 1}


def test_her_account_is_closed_and_tells_nothing(her: int) -> None:
    user = User.objects.get(email=EMAIL)
    destroyed(her)
    user.refresh_from_db()
    assert (user.is_active, user.full_name, user.email, user.person, user.password, user.last_login) == (
        False, "сведения уничтожены", f"u{user.pk}@destroyed.invalid", None, "!", None,
    )  # fmt: skip


def test_what_she_has_kept_of_lists_goes_with_her_account(her: int) -> None:
    user = User.objects.get(email=EMAIL)
    Selection.objects.create(user=user, table_name="person", title="Мои ученики", query="q=Петров")
    destroyed(her)
    assert not Selection.objects.exists()


def test_the_logs_keep_that_something_was_done_and_not_what(her: int) -> None:
    with scope([territory(HERE.town)], TESTS):
        before = set(Trail.objects.filter(table_name="person", row_id=her).values_list("pk", flat=True))
        readings = CardReading.objects.filter(person_id=her).count()
    told = destroyed(her)
    with scope([territory(HERE.town)], TESTS):
        after = Trail.objects.filter(table_name="person", row_id=her)
        assert set(after.values_list("pk", flat=True)) >= before
        assert set(after.values_list("changes", flat=True)) == {None}
        assert list(CardReading.objects.filter(person_id=her).values_list("what", flat=True)) == [None] * readings
        kept = Destruction.objects.get()
        assert (kept.pk, kept.person_id, kept.ground, kept.made_by, kept.deleted) == (
            told.number, her, "unlawful", "проверка", dict(told.deleted),
        )  # fmt: skip
        assert kept.erased == told.erased > 0


def test_what_the_trail_tells_of_others_stays(her: int) -> None:
    other = card(BESIDE.key("person"))
    with scope([territory(HERE.town)], TESTS):
        Person.objects.filter(pk=other).update(last_name="Другая")
    destroyed(her)
    with scope([territory(HERE.town)], TESTS):
        told = Trail.objects.filter(table_name="person", row_id=other, action="update")
        assert [row.changes for row in told] == [{"last_name": ["last_name город 2", "Другая"]}]


def test_what_was_erased_cannot_be_put_back_under_another_text(her: int, installation: Home) -> None:
    destroyed(her)
    with as_superuser(installation) as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute(
            "UPDATE trail SET changes = '{}' WHERE id = "
            "(SELECT min(row_id) FROM sealed_payload WHERE salt IS NULL AND log = 'trail')"
        )
    (broken,) = verify()
    assert broken.words.startswith("Звено 1: в журнале изменений изменено содержание записи")


def test_what_was_erased_without_an_act_is_told(her: int, installation: Home) -> None:
    destroyed(her)
    with as_superuser(installation) as superuser:
        superuser.execute("SET session_replication_role = replica")
        erased = superuser.execute("DELETE FROM destruction RETURNING erased").fetchone()
    assert erased is not None
    assert 0 < len(verify()) <= erased[0]


def test_a_free_text_with_her_surname_is_named_for_a_person_to_look_at(her: int) -> None:
    with scope([territory(HERE.town)], TESTS), connection.cursor() as cursor:
        cursor.execute("UPDATE meeting SET topic = 'Опыт Вознесенской' WHERE key = %s", [BESIDE.key("meeting")])
    found = {(each.table, each.column, each.number) for each in destroyed(her).mentions}
    assert found == {("Заседания", "Тема", 1), ("журнал изменений", "Изменения", 1)}


# ── what is refused ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("ground", "left_on", "message"),
    [
        (Ground.RETENTION, None, "Человек работает: его данные обрабатываются по закону, пока он работает"),
        (Ground.WITHDRAWAL, None, "Человек работает: его данные обрабатываются по закону, пока он работает"),
        (
            Ground.RETENTION,
            dt.date(2021, 11, 24),
            "Срок хранения не истёк: работа закончилась 24.11.2021, а хранить нужно 5 лет",
        ),
        (Ground.RETENTION, dt.date(2021, 11, 23), None),
        (Ground.WITHDRAWAL, dt.date(2026, 11, 1), None),
        (Ground.UNLAWFUL, None, None),
    ],
)
def test_whoever_works_or_has_left_not_long_ago_stays(
    her: int, ground: Ground, left_on: dt.date | None, message: str | None
) -> None:
    if left_on:
        ended(her, left_on)
    if message is None:
        assert destroyed(her, ground).ground is ground
    else:
        with pytest.raises(Refused) as refused:
            destroyed(her, ground)
        assert [fault.message for fault in refused.value.faults] == [message]


def test_what_another_town_knows_of_her_is_not_ours_to_destroy(her: int) -> None:
    there = territory("село")
    with scope([there], TESTS):
        job = Employment.objects.get(key=SCHOOLS[2].key("employment"))
        Employment.objects.filter(pk=job.pk).update(person=her)
    with pytest.raises(Refused, match="другой территории"):
        destroyed(her)
    with pytest.raises(Refused, match="другой территории"):
        destroyed(her, within=("село",))
    assert destroyed(her, within=("город", "село")).deleted["employment"] == 2


def test_a_card_that_was_merged_is_destroyed_with_the_one_that_was_kept(her: int) -> None:
    with scope([territory(HERE.town)], TESTS):
        duplicate = Person.objects.exclude(pk=her).get(last_name=SURNAME).pk
    for unknown, message in ((duplicate, "присоединена к другой"), (0, "Такой карточки нет")):
        with pytest.raises(Refused, match=message):
            destroyed(unknown)
    assert destroyed(her).deleted["person"] == 2


def test_without_an_act_nothing_is_destroyed(her: int, installation: Home) -> None:
    def no_room(told: Destroyed) -> None:
        raise OSError("No space left on device")

    before = told_in_the_database(installation)
    with pytest.raises(OSError, match="No space"):
        destroy(her, within=[territory("город")], ground=Ground.UNLAWFUL, by=TESTS, today=TODAY, told=no_room)
    assert told_in_the_database(installation) == before
    assert verify() == []


# ── the papers and the command ──────────────────────────────────────────────────────────────────────────────────────


def test_the_act_and_the_extract_tell_what_the_order_asks_for(her: int, tmp_path: Path) -> None:
    ended(her, dt.date(2020, 8, 31))
    told = destroyed(her, Ground.RETENTION)
    write_act(told, Operator("Методический центр", "ул. Мира, 1", ("Иванова О. П., методист",)), tmp_path)
    act, extract = ((tmp_path / name).read_text("utf-8") for name in (ACT, EXTRACT))
    for words in (
        "Методический центр", "ул. Мира, 1", f"{SURNAME} Аполлинария Тихоновна, 14.03.1971 г. р.",
        "Иванова О. П., методист", f"<td>{her}</td>", "Люди: фамилия, имя, отчество, дата рождения, пол", "Опора",
        "срок хранения истёк, цели обработки достигнуты", f"{told.made_at.astimezone():%d.%m.%Y}",
    ):  # fmt: skip
        assert words in act
    for words in (SURNAME, "Люди: фамилия, имя", "Опора", "срок хранения истёк", f'<td class="number">{her}</td>'):
        assert words in extract
    assert len(told.records) == extract.count("<tr><td")


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts what the user types next."""
    return lambda words: monkeypatch.setattr(sys, "stdin", io.StringIO(f"{words}\n"))


def test_the_command_asks_for_the_surname_and_writes_the_act(
    her: int, typed: Callable[[str], None], tmp_path: Path, installation: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    args = ["person", "destroy", str(her), "--municipality", "город", "--ground", "unlawful", "--out", str(tmp_path)]
    typed("Иванова")
    assert run(args) == 2
    assert "ничего не уничтожено" in capsys.readouterr().err
    kept, _ = kept_snapshot("город", TODAY, TESTS)
    typed(SURNAME.lower())
    assert run(args) == 0
    assert not kept.files["person"].exists()
    assert capsys.readouterr().out.endswith("Журналы целы.\n")
    assert {path.name for path in tmp_path.glob("карточка */*")} == {ACT, EXTRACT}
    assert told_in_the_database(installation) == set()


def test_a_refusal_is_told_by_the_command(
    her: int, typed: Callable[[str], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(SURNAME)
    args = ["person", "destroy", str(her), "--municipality", "город", "--ground", "retention", "--out", str(tmp_path)]
    assert run(args) == 1
    assert "Человек работает" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
