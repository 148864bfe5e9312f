"""What a person proposes counts only when who keeps her card has confirmed it; nothing of it is lost or doubled."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from opora.learning.models import Training, TrainingProgramme
from opora.people.domain.education import Diploma, record_education
from opora.people.models import Education, Person
from opora.privacy.models import Proposal, ProposalFile
from opora.privacy.proposals import LARGEST, Answer, File, NewProposal, confirm, decline, file_of, propose
from opora.registry.verbs import Refused
from tests.people.town import ALICE, BOB, Town, refusals, town

SCAN = File("диплом.pdf", b"%PDF-1.7 scan")
COURSE: dict[str, Any] = {
    "title": "Цифровая среда урока",
    "kind": "pk",
    "hours": 72.0,
    "provider": "Институт развития образования",
    "completed": dt.date(2025, 3, 1),
    "document_number": "70 АА 001",
}


def course(city: Town, **told: Any) -> NewProposal:
    return NewProposal(person=city.people[0], table="training", becomes=COURSE | told, file=SCAN)


def born(city: Town, day: dt.date, seen: dt.date | None = None) -> NewProposal:
    me = city.people[0]
    return NewProposal(person=me, table="person", row=me, seen={"born": seen}, becomes={"born": day})


def refused(city: Town, *told: NewProposal) -> Any:
    with pytest.raises(Refused) as found:
        propose(told, **city.as_alice)
    with city.seen():
        assert not Proposal.objects.exists()
    return refusals(found)


def test_a_course_counts_once_it_is_confirmed_and_not_before(city: Town) -> None:
    (proposal,) = propose([course(city)], **city.as_alice)
    with city.seen():
        assert not Training.objects.exists()
        assert not TrainingProgramme.objects.exists()
    confirm([Answer(proposal=proposal.pk)], municipality=city.municipality, by=BOB)
    with city.seen():
        row = Training.objects.get()
        assert (row.person_id, row.programme.title, row.programme.hours) == (city.people[0], COURSE["title"], 72)
        assert (row.completed, row.passed, row.document_number) == (dt.date(2025, 3, 1), True, "70 АА 001")
        proposal.refresh_from_db()
        assert (proposal.verdict, proposal.row_id, proposal.decided_by) == ("confirmed", row.pk, BOB.user)


def test_a_programme_that_is_known_is_not_entered_twice(city: Town) -> None:
    first, second = propose(
        [course(city), course(city, title="ЦИФРОВАЯ среда урока", completed=dt.date(2025, 4, 1), document_number="2")],
        **city.as_alice,
    )
    confirm([Answer(proposal=first.pk), Answer(proposal=second.pk)], **city.as_alice)
    with city.seen():
        assert (Training.objects.count(), TrainingProgramme.objects.count()) == (2, 1)


def test_a_correction_is_written_over_what_she_saw_and_over_nothing_else(city: Town) -> None:
    day, other = dt.date(1980, 5, 1), dt.date(1981, 5, 1)
    first, second = propose([born(city, day), born(city, other)], **city.as_alice)
    confirm([Answer(proposal=first.pk)], **city.as_alice)
    with pytest.raises(Refused) as found:
        confirm([Answer(proposal=second.pk)], **city.as_alice)
    assert refusals(found) == [
        (
            0,
            "born",
            "Пока вы правили, это изменил кто-то другой: «Дата рождения» теперь «01.05.1980», а было «не заполнено»",
        )
    ]
    with city.seen():
        assert Person.objects.get(pk=city.people[0]).born == day
        assert Proposal.objects.get(pk=second.pk).verdict is None


def test_who_declines_says_why_and_the_copy_of_the_paper_goes(city: Town) -> None:
    (proposal,) = propose([course(city)], **city.as_alice)
    with pytest.raises(Refused) as found:
        decline([Answer(proposal=proposal.pk, words=" ")], **city.as_alice)
    assert refusals(found) == [(0, "words", "Не сказано, почему")]
    decline([Answer(proposal=proposal.pk, words="В документе другие часы")], **city.as_alice)
    with city.seen():
        proposal.refresh_from_db()
        assert (proposal.verdict, proposal.answer) == ("declined", "В документе другие часы")
        assert not ProposalFile.objects.exists()
        assert not Training.objects.exists()


@pytest.mark.parametrize("verb", [confirm, decline])
def test_what_is_decided_or_of_another_town_is_not_decided_here(city: Town, verb: Any) -> None:
    village = town("село")
    (mine,) = propose([course(city)], **city.as_alice)
    (theirs,) = propose([course(village)], **village.as_alice)
    decline([Answer(proposal=mine.pk, words="Нет")], **city.as_alice)
    with pytest.raises(Refused) as found:
        verb([Answer(proposal=each.pk, words="Да") for each in (mine, theirs)], **city.as_alice)
    assert refusals(found) == [
        (0, "", "Уже отклонено"),
        (1, "", "Такого предложения нет, или его ведёт другая территория"),
    ]


def test_what_could_not_be_confirmed_is_refused_at_once_and_in_the_words_of_its_table(city: Town) -> None:
    me = city.people[0]
    bare = NewProposal(person=me, table="training", becomes={"title": "", "hours": -1.0})
    early = NewProposal(person=me, table="attestation", becomes={"category": "mentor", "since": dt.date(2024, 1, 9)})
    assert refused(city, bare) == [
        (0, "title", "Не заполнено: «Название»"),
        (0, "kind", "Не заполнено: «Вид»"),
        (0, "hours", "«Часов»: число -1 меньше 0"),
        (0, "completed", "Не заполнено: «Завершено»"),
    ]
    assert refused(city, early) == [(0, "category", "На день присвоения нет высшей категории по этой должности")]
    assert refused(city, NewProposal(person=me, table="education", becomes={"level": None})) == [
        (0, "", "Ничего не вписано")
    ]


def test_only_her_own_rows_are_corrected(city: Town) -> None:
    anna, olga = city.people[:2]
    (diploma,) = record_education([Diploma(person=olga, level="higher")], **city.as_alice)
    told = NewProposal(
        person=anna, table="education", row=diploma.pk, seen={"level": "higher"}, becomes={"level": "secondary"}
    )
    assert refused(city, told) == [(0, "row", "Такой записи о вас нет")]
    with city.seen():
        assert Education.objects.get().level == "higher"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"MZ\x90", "Это не PDF, не JPEG и не PNG"),
        (b"%PDF-" + b"0" * LARGEST, "Файл больше 4 МБ"),
    ],
)
def test_a_file_is_a_scan_or_a_photograph_and_not_too_big(city: Town, content: bytes, words: str) -> None:
    told = NewProposal(person=city.people[0], table="training", becomes=COURSE, file=File("диплом.pdf", content))
    assert refused(city, told) == [(0, "file", words)]


def test_a_file_lies_encrypted_and_opens_as_it_was_sent(city: Town) -> None:
    told = File("C:\\Документы\\диплом.pdf", SCAN.content)
    (proposal,) = propose(
        [NewProposal(person=city.people[0], table="training", becomes=COURSE, file=told)], **city.as_alice
    )
    with city.seen():
        assert file_of(proposal.pk) == File("диплом.pdf", SCAN.content)
        assert SCAN.content not in bytes(ProposalFile.objects.get().ciphertext)
    decline([Answer(proposal=proposal.pk, words="Нет")], **city.as_alice)
    with city.seen(), connection.cursor() as cursor:
        cursor.execute("SELECT changes FROM trail WHERE table_name = 'proposal_file' AND action = 'delete'")
        assert "ciphertext" not in str(cursor.fetchall())


def test_nobody_fills_the_disk(city: Town) -> None:
    for number in range(20):
        propose([course(city, document_number=f"{number}")], municipality=city.municipality, by=ALICE)
    with pytest.raises(Refused) as found:
        propose([course(city, document_number="ещё")], **city.as_alice)
    assert refusals(found) == [(0, "", "Ответа ждут уже 20 предложений")]
