"""A batch is committed as it was shown, or refused with what has moved since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from opora.intake.models import IntakeBatch
from opora.learning.models import Training, TrainingProgramme
from opora.people.domain.merge import OnePerson, merge_people
from opora.people.models import Attestation, Education, Employment, Organisation, Person
from opora.registry.batch import archive
from opora.registry.models import Row
from tests.intake.registry.files import (
    ASYA,
    VERA,
    committed,
    counts,
    done,
    facts,
    lines,
    page,
    settled,
    sheet,
    taken_in,
    undone,
)
from tests.intake.registry.test_whole_datasets import workbook
from tests.people.town import BOB, Town
from tests.registry.facts import dataset

EXACT = VERA.replace("«Цифровая школа», 2023 г.", "«Цифровая школа», 17.03.2023")
"""Changes one row: the course gets its day."""


@pytest.fixture
def planned(city: Town) -> IntakeBatch:
    """Вера is there; her page tells more of a course, Ася is new."""
    committed(city, taken_in(city, page(VERA)))
    return taken_in(city, page(EXACT, ASYA))


def changed(city: Town, model: type[Row], **told: Any) -> None:
    with city.seen():
        number = model._default_manager.filter(archived_at=None).update(**told)
    assert number


def archived(city: Town, model: type[Row], **asked: Any) -> None:
    with city.seen():
        ids = list(model._default_manager.filter(**asked).values_list("pk", flat=True))
    archive(model, ids, municipality=city.municipality, by=BOB)


def course_was_dated_by_hand(city: Town) -> None:
    changed(city, Training, completed=dt.date(2023, 4, 1))


def course_was_archived(city: Town) -> None:
    archived(city, Training, programme__title="Цифровая школа")


def unchanged_row_was_changed(city: Town) -> None:
    changed(city, Education, level="secondary")


def unchanged_row_was_archived(city: Town) -> None:
    archived(city, Attestation)


def new_person_was_entered_by_hand(city: Town) -> None:
    with city.seen():
        Person.objects.create(
            municipality_id=city.municipality, last_name="Лужина", first_name="Ася", patronymic="Петровна"
        )


def her_card_became_part_of_another(city: Town) -> None:
    with city.seen():
        vera = Person.objects.get(last_name="Осокина")
        other = Person.objects.create(
            municipality_id=city.municipality, last_name="Осокина", first_name="Вера", patronymic="Львовна"
        )
    merge_people([OnePerson(keep=other.pk, duplicates=(vera.pk,))], municipality=city.municipality, by=BOB)
    with city.seen():
        Person.objects.filter(pk=other.pk).update(last_name="Иная", first_name="Ольга", patronymic="Ильинична")


def school_was_renamed(city: Town) -> None:
    with city.seen():
        Organisation.objects.filter(pk=city.school).update(key="другой-код")


def programme_was_entered_with_other_hours(city: Town) -> None:
    changed(city, TrainingProgramme, hours=16.0)


def same_file_was_committed_meanwhile(city: Town) -> None:
    committed(city, taken_in(city, page(EXACT, ASYA)))


MOVES: list[Callable[[Town], None]] = [
    course_was_dated_by_hand,
    course_was_archived,
    unchanged_row_was_changed,
    unchanged_row_was_archived,
    new_person_was_entered_by_hand,
    her_card_became_part_of_another,
    school_was_renamed,
    programme_was_entered_with_other_hours,
    same_file_was_committed_meanwhile,
]


@pytest.mark.parametrize("move", MOVES, ids=lambda each: each.__name__)
def test_nothing_is_written_when_a_row_has_moved_and_it_is_told_which(
    city: Town, planned: IntakeBatch, move: Callable[[Town], None]
) -> None:
    move(city)
    before = facts()
    refused = committed(city, planned)
    assert (refused.state, refused.failure) == ("planned", "")
    assert facts() == before
    assert {each["mend"] for each in refused.refused} == {
        "Посмотрите на приём заново: он будет сверен с тем, что в реестре теперь"
    }
    assert all(each["line"] is not None and each["message"] for each in refused.refused)


def test_the_old_and_the_new_value_are_told(city: Town) -> None:
    committed(city, taken_in(city, sheet("ФИО;Должность;Ставка", "Осокина Вера Львовна;учитель;1")))
    half = taken_in(city, sheet("ФИО;Должность;Ставка", "Осокина Вера Львовна;учитель;0,5"))
    assert counts(half)["changed"] == 1
    changed(city, Employment, rate=0.75)
    told = committed(city, half).refused
    assert [each["message"] for each in told] == ["место работы: «Ставка»: было 1, теперь 0,75"]
    assert [line.table_name for line in lines(city, half, number=told[0]["line"])] == ["employment"]


def test_looked_at_anew_it_is_committed_as_it_is_shown_then(city: Town, planned: IntakeBatch) -> None:
    course_was_dated_by_hand(city)
    committed(city, planned)
    again = settled(city, planned, {})
    assert (again.state, again.refused) == ("planned", [])
    assert committed(city, again).state == "committed"


def test_what_has_nothing_to_do_with_it_may_be_changed_meanwhile(city: Town, planned: IntakeBatch) -> None:
    changed(city, Employment, rate=0.5)
    with city.seen():
        Person.objects.create(municipality_id=city.municipality, last_name="Посторонний")
    assert committed(city, planned).state == "committed"


# ── undoing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_undoing_leaves_a_later_edit_of_another_column_alone(city: Town, planned: IntakeBatch) -> None:
    batch = committed(city, planned)
    with city.seen():
        Training.objects.filter(programme__title="Цифровая школа").update(document_number="77")
    after = undone(city, batch)
    assert (after.state, after.refused) == ("undone", [])
    with city.seen():
        course = Training.objects.get(programme__title="Цифровая школа")
        assert (course.completed, course.document_number) == (None, "77")


def new_job_was_corrected(city: Town) -> None:
    with city.seen():
        Employment.objects.filter(person__last_name="Лужина").update(rate=0.5)


def date_was_corrected(city: Town) -> None:
    with city.seen():
        Training.objects.filter(programme__title="Цифровая школа").update(completed=dt.date(2023, 4, 1))


def new_person_got_a_category(city: Town) -> None:
    with city.seen():
        person = Person.objects.get(last_name="Лужина")
        Attestation.objects.create(municipality_id=city.municipality, person=person, category="first")


def new_card_was_archived(city: Town) -> None:
    with city.seen():
        ids = list(Education.objects.filter(person__last_name="Лужина").values_list("pk", flat=True))
    archive(Education, ids, municipality=city.municipality, by=BOB)


LATER: dict[Callable[[Town], None], list[str]] = {
    new_job_was_corrected: ["место работы: после приёма изменили «Ставка»: теперь 0,5"],
    date_was_corrected: ["обучение: после приёма изменили «Завершено»: теперь 01.04.2023"],
    new_person_got_a_category: ["человек: на строку уже ссылаются — Аттестация: первая"],
    new_card_was_archived: ["образование: после приёма убрали в архив"],
}


@pytest.mark.parametrize("later", LATER, ids=lambda each: each.__name__)
def test_what_newer_depends_on_a_batch_is_named_and_nothing_is_undone(
    city: Town, planned: IntakeBatch, later: Callable[[Town], None]
) -> None:
    batch = committed(city, planned)
    later(city)
    before = facts()
    refused = undone(city, batch)
    assert facts() == before
    assert refused.state == "committed"
    assert [each["message"] for each in refused.refused] == LATER[later]


def test_batches_are_undone_one_after_another_from_the_last(city: Town) -> None:
    empty = facts()
    first = committed(city, taken_in(city, page(VERA)))
    after_first = facts()
    second = committed(city, taken_in(city, page(EXACT)))
    assert undone(city, first).state == "committed"
    assert undone(city, second).state == "undone"
    assert facts() == after_first
    assert undone(city, done(city, first)).state == "undone"
    assert facts() == empty
    assert counts(first)["new"] > 0


def test_what_the_batch_itself_made_refer_to_its_new_rows_is_taken_back_with_them(city: Town) -> None:
    committed(city, taken_in(city, page(VERA)))
    known = facts()
    job = known["employment"][0] | {"organisation": "новая"}
    school = {"id": "новая", "municipality": "город", "title": "Новая школа", "kind": "school"}
    moved_there = dataset(
        {"territory": known["territory"], "organisation": [school], "person": known["person"], "employment": [job]}
    )
    batch = taken_in(city, workbook(moved_there))
    assert {line.table_name for line in lines(city, batch, fate="changed")} == {"employment"}
    after = committed(city, batch)
    assert after.state == "committed", after.refused
    assert undone(city, after).refused == []
    assert facts() == known
