"""Files and plans name people: they are seen by their municipality alone, do not lie about, and go with a person."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.utils import timezone

from opora.intake.domain.forgetting import forget
from opora.intake.models import IntakeBatch, IntakeFile, IntakeLine
from opora.people.models import Person
from opora.privacy.destruction import destroy
from opora.privacy.models.destruction import Ground
from opora.registry.models import Trail
from opora.registry.scope import scope
from tests.intake.registry.files import ALICE, ASYA, VERA, committed, facts, lines, page, taken_in, undone
from tests.people.town import Town, town


def test_another_town_sees_neither_files_nor_lines(city: Town) -> None:
    taken_in(city, page(VERA))
    other = town("село", people=0)
    for place, number in ((city, 1), (other, 0)):
        with place.seen():
            assert (IntakeBatch.objects.count(), IntakeFile.objects.count()) == (number, number)
            assert bool(IntakeLine.objects.count()) is bool(number)


def test_the_trail_tells_of_a_batch_and_names_nobody(city: Town) -> None:
    committed(city, taken_in(city, page(VERA, name="Осокина.html")))
    with city.seen():
        told = Trail.objects.filter(table_name__startswith="intake")
        assert {entry.table_name for entry in told} == {"intake_batch", "intake_file"}
        assert "Осокина" not in str([entry.changes for entry in told])
        assert ["planned", "committed"] in [(entry.changes or {}).get("state") for entry in told]


def test_who_is_destroyed_is_in_no_line_and_the_others_can_be_taken_back(city: Town, tmp_path: Path) -> None:
    batch = committed(city, taken_in(city, page(VERA, ASYA)))
    with city.seen():
        vera = Person.objects.get(last_name="Осокина").pk
    destroy(
        vera,
        within=[city.municipality],
        ground=Ground.UNLAWFUL,
        by=ALICE,
        today=dt.date(2026, 11, 24),
        told=lambda _: None,
    )
    told = lines(city, batch)
    assert "Осокина" not in str([(line.cells, line.changes, line.before, line.after) for line in told])
    assert "Лужина" in str([line.cells for line in told])
    assert undone(city, batch).state == "undone"
    assert "person" not in facts()


def test_what_was_not_committed_is_forgotten_and_what_was_can_still_be_taken_back(city: Town) -> None:
    before = facts()
    kept = committed(city, taken_in(city, page(VERA)))
    waiting = taken_in(city, page(VERA, ASYA))
    forget(timezone.now() - dt.timedelta(days=1))
    with city.seen():
        assert set(IntakeBatch.objects.values_list("pk", flat=True)) == {kept.pk, waiting.pk}
    forget(timezone.now())
    with scope([city.municipality], ALICE):
        assert list(IntakeBatch.objects.values_list("pk", flat=True)) == [kept.pk]
        assert list(IntakeFile.objects.values_list("content", "misread")) == [(None, [])]
        assert {str(line.cells) for line in IntakeLine.objects.all()} == {"{}"}
    assert undone(city, kept).state == "undone"
    assert facts() == before
