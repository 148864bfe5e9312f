"""The trail of everything that concerns a person, in words that she reads."""

from __future__ import annotations

import datetime as dt

from django.db import connection

from opora.people.domain.employment import Job, employ
from opora.people.domain.merge import OnePerson, merge_people
from opora.people.domain.person import correct_people
from opora.people.models import Education, Employment, Person
from opora.privacy.changes import Change, Changed, changes_of
from opora.registry.batch import Correction, Value
from opora.registry.scope import scope
from tests.people.town import ALICE, AUTUMN, BOB, NEW_YEAR, Town, town


def told(city: Town, person: int) -> list[tuple[str, str, str, list[tuple[str, str, str]]]]:
    """Oldest first: who, action, table, columns."""
    with city.seen():
        found = changes_of(person)
    return [
        (each.who, each.action, each.table, [(one.title, one.before, one.after) for one in each.columns])
        for each in reversed(found)
    ]


def employed(city: Town, person: int) -> int:
    job = Job(person=person, organisation=city.school, staff_group="educator", post="teacher", rate=1.0, since=AUTUMN)
    return employ([job], **city.as_alice)[0].pk


def changed(city: Town, statement: str, *values: int | dt.date) -> None:
    with scope([city.municipality], BOB), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_corrected_card_is_told_before_and_after(city: Town) -> None:
    person = city.people[0]
    seen: dict[str, Value] = {"last_name": "Иванова-0", "born": None, "sex": None}
    becomes: dict[str, Value] = {"last_name": "Петрова", "born": dt.date(1980, 5, 1), "sex": "female"}
    correct_people([Correction(row=person, seen=seen, becomes=becomes)], **city.as_alice)
    with city.seen():
        last = changes_of(person)[0]
    assert last == Change(
        at=last.at,
        who="alice",
        address="192.0.2.1",
        table="Люди",
        row=person,
        action="изменено",
        columns=(
            Changed("Фамилия", "Иванова-0", "Петрова"),
            Changed("Дата рождения", "не заполнено", "01.05.1980"),
            Changed("Пол", "не заполнено", "женский"),
        ),
    )


def test_rows_of_every_table_that_names_her_are_told_and_of_nobody_else(city: Town) -> None:
    hers, others = city.people[:2]
    job = employed(city, hers)
    employed(city, others)
    changed(city, "UPDATE employment SET rate = 0.5, organisation_id = %s, until = %s WHERE id = %s",
            city.gymnasium, NEW_YEAR, job)  # fmt: skip
    assert told(city, hers) == [
        ("alice", "добавлено", "Люди", []),
        ("alice", "добавлено", "Работа", []),
        (
            "bob",
            "изменено",
            "Работа",
            [
                ("По (не включая)", "не заполнено", "01.01.2022"),
                ("Организация", "Школа (город), общеобразовательная", "Гимназия (город), общеобразовательная"),
                ("Ставка", "1", "0,5"),
            ],
        ),
    ]


def test_a_deleted_row_is_told_whole(city: Town) -> None:
    job = employed(city, city.people[0])
    changed(city, "DELETE FROM employment WHERE id = %s", job)
    _, _, gone = told(city, city.people[0])
    assert gone[:3] == ("bob", "удалено", "Работа")
    assert ("Человек", "этот человек", "не заполнено") in gone[3]
    assert ("Должность", "учитель", "не заполнено") in gone[3]


def test_a_row_that_came_to_be_anothers_is_told_to_each_for_her_time_and_without_the_others_name(city: Town) -> None:
    first, second, third = city.people
    job = employed(city, first)
    changed(city, "UPDATE employment SET rate = 0.5 WHERE id = %s", job)
    changed(city, "UPDATE employment SET person_id = %s WHERE id = %s", second, job)
    changed(city, "UPDATE employment SET rate = 0.25 WHERE id = %s", job)
    assert [columns for _, _, table, columns in told(city, first) if table == "Работа"] == [
        [],
        [("Ставка", "1", "0,5")],
        [("Человек", "этот человек", "другой человек")],
    ]
    assert [columns for _, _, table, columns in told(city, second) if table == "Работа"] == [
        [("Человек", "другой человек", "этот человек")],
        [("Ставка", "0,5", "0,25")],
    ]
    assert [table for _, _, table, _ in told(city, third)] == ["Люди"]


def test_changes_of_a_card_that_was_merged_are_hers(city: Town) -> None:
    kept, duplicate, _ = city.people
    employed(city, duplicate)
    merge_people([OnePerson(keep=kept, duplicates=(duplicate,))], **city.as_alice)
    assert [(action, table) for _, action, table, _ in told(city, kept)] == [
        ("добавлено", "Люди"),
        ("добавлено", "Люди"),
        ("добавлено", "Работа"),
        ("изменено", "Работа"),
        ("изменено", "Люди"),
    ]


def test_what_another_town_has_entered_is_not_told(city: Town) -> None:
    village = town("село")
    with scope([village.municipality], ALICE):
        Employment.objects.create(
            municipality_id=village.municipality, person_id=city.people[0], organisation_id=village.school,
            staff_group="educator", post="teacher", since=AUTUMN,
        )  # fmt: skip
    with city.seen():
        Education.objects.create(municipality_id=city.municipality, person_id=city.people[0], level="higher")
    assert [table for _, _, table, _ in told(city, city.people[0])] == ["Люди", "Образование"]
    assert [table for _, _, table, _ in told(village, city.people[0])] == ["Работа"]


def test_who_works_past_opora_is_told_by_her_role_in_the_database(city: Town) -> None:
    with city.seen():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('opora.actor', '', true)")
        Person.objects.filter(pk=city.people[0]).update(first_name="Анна")
    assert [who for who, *_ in told(city, city.people[0])] == ["alice", "в обход Опоры, роль opora_app"]
