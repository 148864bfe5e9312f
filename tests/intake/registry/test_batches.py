"""What was shown is what is written; what was written can be taken back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from opora.intake.adapters import Asked, FileTold
from opora.intake.domain.verbs import start, tell
from opora.intake.domain.work import carry_out
from opora.intake.models import IntakeBatch
from opora.people.models import Employment, Person
from tests.intake.registry.files import (
    ASYA,
    ON,
    VERA,
    committed,
    counts,
    done,
    facts,
    lines,
    page,
    sheet,
    taken_in,
    undone,
)
from tests.people.town import Town


def test_a_page_is_read_previewed_and_nothing_is_written_until_it_is_committed(city: Town) -> None:
    before = facts()
    batch = taken_in(city, page(VERA, ASYA))
    assert (batch.state, batch.failure, batch.refused) == ("planned", "", [])
    assert counts(batch) == {"new": 15, "unchanged": 1}
    assert facts() == before
    after = committed(city, batch)
    assert (after.state, after.committed_by, after.refused) == ("committed", "alice", [])
    with city.seen():
        assert set(Person.objects.values_list("last_name", flat=True)) == {"Лужина", "Осокина"}
        jobs = Employment.objects.values_list("organisation", "source__kind")
        assert set(jobs) == {(city.school, "intake")}


def test_the_same_file_again_changes_nothing(city: Town) -> None:
    committed(city, taken_in(city, page(VERA, ASYA)))
    before = facts()
    again = taken_in(city, page(VERA, ASYA))
    assert counts(again) == {"unchanged": 16}
    refused = committed(city, again)
    assert (refused.state, [each["message"] for each in refused.refused]) == (
        "planned",
        ["Вносить нечего: ни одна строка не новая и ни одна не изменится"],
    )
    assert facts() == before


def test_an_undone_batch_leaves_the_facts_as_they_were(city: Town) -> None:
    before = facts()
    batch = committed(city, taken_in(city, page(VERA, ASYA)))
    assert facts() != before
    after = undone(city, batch)
    assert (after.state, after.undone_by, after.refused) == ("undone", "alice", [])
    assert facts() == before


def test_what_was_undone_can_be_taken_in_again(city: Town) -> None:
    first = committed(city, taken_in(city, page(VERA)))
    told = {
        name: [{k: v for k, v in row.items() if k == "last_name"} for row in rows] for name, rows in facts().items()
    }
    undone(city, first)
    committed(city, taken_in(city, page(VERA)))
    assert {name: len(rows) for name, rows in facts().items()} == {name: len(rows) for name, rows in told.items()}


def test_a_later_page_changes_what_is_there_and_its_undoing_brings_that_back(city: Town) -> None:
    committed(city, taken_in(city, page(VERA)))
    before = facts()
    exact = VERA.replace("«Цифровая школа», 2023 г.", "«Цифровая школа», 17.03.2023")
    batch = taken_in(city, page(exact))
    assert counts(batch)["changed"] == 1
    changed = lines(city, batch, fate="changed")[0]
    assert (changed.table_name, changed.changes) == (
        "training",
        [{"column": "completed", "was": None, "becomes": "2023-03-17", "doubt": ""}],
    )
    after = committed(city, batch)
    assert facts()["training"] != before["training"]
    assert undone(city, after).state == "undone"
    assert facts() == before


def test_a_command_and_the_worker_at_once_read_a_batch_once(city: Town) -> None:
    batch = start([page(VERA, ASYA)], on=ON, **city.as_alice)

    def work(_: int) -> None:
        try:
            carry_out(batch.pk, city.municipality)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(work, range(3)))
    after = done(city, batch)
    assert (after.state, after.failure, counts(after)) == ("planned", "", {"new": 15, "unchanged": 1})
    assert len(lines(city, after)) == 16


def test_each_of_many_rows_that_the_registry_would_refuse_is_wrong_by_itself(city: Town) -> None:
    surnames = ("Репина", "Малинина", "Грушина", "Орлова", "Зайцева", "Волкова", "Дубова", "Чайкина", "Щукина")
    given = ("Анна", "Ольга", "Жанна")
    names = [f"{surname} {name} Львовна" for surname in surnames for name in given]
    born = [f"{day:02}.{1 + day % 8:02}.{1990 - day // 9}" for day in range(1, 28)]
    rows = [f"{name};{day};учитель;01.09.1995" for name, day in zip(names, born, strict=True)]
    batch = taken_in(city, sheet("ФИО;Дата рождения;Должность;Дата приёма", *rows))
    wrong = [line for line in lines(city, batch) if line.fate == "wrong"]
    assert [line.table_name for line in wrong] == ["employment"] * 27
    assert all("а работать можно с 14" in line.reason for line in wrong)


MEMBERS = ("Должность;Предмет", "Осокина Вера Львовна;химия")


def test_a_sheet_that_did_not_tell_its_kind_is_read_as_it_is_told(city: Town) -> None:
    batch = done(city, start([sheet(*MEMBERS, name="Лист.csv")], on=ON, **city.as_alice))
    assert batch.state == "asking"
    (asked,) = asked_of(city, batch)
    assert asked.sheets[0].mapping.kind == ""
    key = asked.sheets[0].key
    tell(batch.pk, {0: FileTold(ON, kinds={key: "members"}, about="МО словесников")}, **city.as_alice)
    assert done(city, batch).state == "asking"
    (asked,) = asked_of(city, batch)
    mapping = asked.sheets[0].mapping
    assert mapping.kind == "members"
    told = FileTold(ON, about="МО словесников", mappings={key: mapping.corrected({0: "name"})})
    tell(batch.pk, {0: told}, **city.as_alice)
    after = done(city, batch)
    assert after.state == "planned"
    assert {line.table_name for line in lines(city, after)} >= {"person", "membership"}


def test_a_sheet_without_headings_is_not_asked_about_and_it_is_told_how_to_mend_it(city: Town) -> None:
    batch = done(city, start([sheet("зелёная;папка", "1;2", name="Лист.csv")], on=ON, **city.as_alice))
    with city.seen():
        (file,) = batch.files.all()
    assert batch.state == "planned"
    assert [each["mend"].split(":")[0] for each in file.misread] == ["Назовите столбцы в первой строке"]


def asked_of(city: Town, batch: IntakeBatch) -> list[Asked]:
    with city.seen():
        return [Asked.from_json(file.asked or {}) for file in batch.files.all()]
