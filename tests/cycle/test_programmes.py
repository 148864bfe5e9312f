"""Programmes are taken in without faults, keep all their versions, and are found as of any day."""

from __future__ import annotations

import datetime as dt

import pytest

from opora.cycle.domain.programme import programme_of, put_in_force, take_in, version_on
from opora.cycle.models import ProgrammeTerm, ProgrammeVersion
from opora.people.models import Territory
from opora.programmes.faults import ProgrammeFaults
from opora.programmes.load import available
from opora.registry.models import Trail
from opora.registry.scope import scope
from opora.upkeep.values import counted, programme_for
from tests.programmes.files import GOOD
from tests.registry.town import ALICE, BOB

pytestmark = pytest.mark.usefixtures("towns")
BETTER = GOOD.replace("at least 5%", "at least 7%")
NEW_YEAR, SPRING, AUTUMN = dt.date(2022, 1, 1), dt.date(2022, 4, 1), dt.date(2022, 9, 1)


def place(key: str) -> int:
    return Territory.objects.get(key=key).pk


def town() -> int:
    return place("город")


def taken_in(text: str = GOOD) -> ProgrammeVersion:
    return take_in(text, municipality=town(), by=ALICE)


def in_force(on: dt.date, asked_by: str = "город") -> int | None:
    """The number of the version."""
    with scope([place(asked_by)], BOB):
        found = version_on("example", on, places=[place(asked_by), place("регион"), place("страна")])
        return None if found is None else found.number


def test_a_text_with_faults_is_refused_with_all_of_them_and_nothing_is_kept() -> None:
    with pytest.raises(ProgrammeFaults) as refused:
        taken_in(GOOD.replace("of: educator", "of: educater").replace("unit: ", "unity: "))
    assert [(fault.line, fault.column) for fault in refused.value.faults] == [(21, 5), (23, 9)]
    with scope([town()], BOB):
        assert not ProgrammeVersion.objects.exists()


def test_each_new_text_is_the_next_version_and_the_same_text_is_the_same_version() -> None:
    assert [taken_in(text).number for text in (GOOD, BETTER, GOOD)] == [1, 2, 1]
    with scope([town()], BOB):
        kept = ProgrammeVersion.objects.values_list("key", "number", "title", "text", "added_by")
        assert list(kept) == [
            ("example", 1, "Программа развития", GOOD, "alice"),
            ("example", 2, "Программа развития", BETTER, "alice"),
        ]


def test_what_was_in_force_on_a_day_can_be_asked_for_ever() -> None:
    first, second = taken_in(), taken_in(BETTER)
    put_in_force(first.pk, since=NEW_YEAR, municipality=town(), by=ALICE)
    put_in_force(second.pk, since=SPRING, municipality=town(), by=ALICE)
    put_in_force(first.pk, since=AUTUMN, municipality=town(), by=ALICE)
    days = [NEW_YEAR - dt.timedelta(1), NEW_YEAR, SPRING - dt.timedelta(1), SPRING, AUTUMN, dt.date(2030, 1, 1)]
    assert [in_force(day) for day in days] == [None, 1, 1, 2, 1, 1]


def test_a_decision_for_the_same_day_replaces_the_former_one_and_the_trail_tells_both() -> None:
    first, second = taken_in(), taken_in(BETTER)
    put_in_force(first.pk, since=NEW_YEAR, municipality=town(), by=ALICE)
    term = put_in_force(second.pk, since=NEW_YEAR, municipality=town(), by=BOB)
    assert in_force(NEW_YEAR) == 2
    with scope([town()], BOB):
        assert ProgrammeTerm.objects.count() == 1
        told = Trail.objects.filter(table_name="programme_term", row_id=term.pk).order_by("id")
        assert [(one.action, (one.actor or {})["user"], one.changes) for one in told] == [
            ("insert", "alice", None),
            ("update", "bob", {"version_id": [first.pk, second.pk]}),
        ]


def test_a_version_gives_back_the_programme_that_was_taken_in() -> None:
    assert programme_of(taken_in(BETTER)).indicators[0].target != programme_of(taken_in(GOOD)).indicators[0].target


def test_another_town_neither_sees_a_programme_nor_puts_it_in_force() -> None:
    version = taken_in()
    put_in_force(version.pk, since=NEW_YEAR, municipality=town(), by=ALICE)
    assert (in_force(SPRING, "город"), in_force(SPRING, "село")) == (1, None)
    with pytest.raises(ProgrammeVersion.DoesNotExist):
        put_in_force(version.pk, since=NEW_YEAR, municipality=place("село"), by=BOB)


def test_a_programme_of_the_region_holds_in_its_towns_until_a_town_has_its_own() -> None:
    shared = take_in(BETTER, municipality=place("регион"), by=ALICE)
    put_in_force(shared.pk, since=SPRING, municipality=place("регион"), by=ALICE)
    own = [taken_in(text) for text in (GOOD, BETTER)][1]
    put_in_force(own.pk, since=NEW_YEAR, municipality=town(), by=ALICE)
    assert (in_force(AUTUMN, "город"), in_force(AUTUMN, "село")) == (2, 1)


def test_a_backup_is_counted_by_the_programme_in_force_and_by_a_built_in_one_before_there_is_any() -> None:
    put_in_force(taken_in().pk, since=SPRING, municipality=town(), by=ALICE)
    assert programme_for("город", SPRING) == "example"
    assert programme_for("город", SPRING - dt.timedelta(1)) == available()[0]
    assert [*counted("город", "example", SPRING).values] == [one.code for one in programme_of(taken_in()).indicators]
