"""Tables for all are published once, stay as they were, and are never told anew of nearly the same people."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from opora.cycle.domain.publishing import publish, published, withdraw
from opora.cycle.models import PublishedTable
from opora.indicators.results import ProgrammeResult
from opora.people.models import Territory
from opora.programmes.model import Programme
from opora.registry.scope import scope
from opora.registry.verbs import Refused
from tests.cli.calls import PROGRAMME, TOWN, run
from tests.privacy.test_outsiders import programme, result
from tests.registry.town import ALICE, municipality

pytestmark = pytest.mark.usefixtures("towns")
NUMBERS = ((80, 200), (40, 100), (40, 100), (20, 50), (20, 50), (20, 50), (20, 50))
ON = dt.date(2022, 12, 31)
YEAR = dt.timedelta(days=365)


def asked() -> Programme:
    return programme(A_1=("has mentorship as mentee", "educator"))


def counted(on: dt.date = ON, numbers: tuple[tuple[int, int], ...] = NUMBERS) -> ProgrammeResult:
    return replace(result(asked(), A_1=numbers), on=on)


def place(key: str = "город") -> Territory:
    return Territory.objects.get(pk=municipality(key))


def put_out(on: dt.date = ON, numbers: tuple[tuple[int, int], ...] = NUMBERS, key: str = "город") -> PublishedTable:
    return publish(counted(on, numbers), asked(), place(key), by=ALICE)


def told(table: PublishedTable) -> dict[str, list[int]]:
    (column,) = table.columns
    return dict(column["told"])


def public() -> list[int]:
    with scope([], ALICE):
        return [table.pk for table in published()]


def refusal(on: dt.date, key: str = "город") -> str:
    with pytest.raises(Refused) as refused:
        put_out(on, key=key)
    return refused.value.faults[0].message


def test_what_is_published_is_read_by_who_has_no_role_anywhere() -> None:
    table = put_out()
    assert public() == [table.pk]
    assert told(table) == {"": [80, 200], **{f"o{number}": [20, 50] for number in range(4)}}


@pytest.mark.parametrize("days", [0, 1, -1, 300])
def test_a_question_is_told_once_a_year(days: int) -> None:
    put_out()
    assert refusal(ON + dt.timedelta(days)).startswith("Об этих показателях в этой территории")


def test_a_withdrawn_table_is_not_shown_and_still_counts_as_told() -> None:
    table = put_out()
    withdraw(table.pk, municipality=municipality("город"), by=ALICE)
    assert public() == []
    assert refusal(ON).startswith("Об этих показателях")


def test_a_neighbour_publishes_on_its_own_and_withdraws_nothing_of_others() -> None:
    table = put_out()
    put_out(key="село")
    with pytest.raises(Refused):
        withdraw(table.pk, municipality=municipality("село"), by=ALICE)
    assert len(public()) == 2


def test_a_year_later_a_school_that_one_person_has_joined_is_hidden_and_what_would_give_her_away() -> None:
    put_out()
    later = ((81, 201), (41, 101), (40, 100), (21, 51), (20, 50), (20, 50), (20, 50))
    assert told(put_out(ON + YEAR, later)) == {f"o{number}": [20, 50] for number in (1, 2, 3)}


def test_counted_from_faulty_data_nothing_is_published() -> None:
    with pytest.raises(Refused, match="по данным с ошибками"):
        publish(replace(counted(), with_faults=True), asked(), place(), by=ALICE)


def test_on_the_command_line_a_look_publishes_nothing_and_a_refusal_is_told(
    empty_registry: None, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    asking = ("publish", PROGRAMME, "--municipality", "town", "--on", "2022-12-31")
    assert run(["load", TOWN, "--municipality", "town"]) == 0
    capsys.readouterr()
    assert run([*asking, "--look"]) == 0
    assert capsys.readouterr().out.splitlines()[1:3] == ["  Всего: скрыто", "  Школа № 1: скрыто"]
    assert run([*asking, "--out", str(tmp_path / "out")]) == 1
    assert "Показать нечего: все числа малы или выдают малые" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE published_table SET columns = '[]'",
        'UPDATE published_table SET "on" = "on" + 1',
        "UPDATE published_table SET withdrawn_at = now(), title = 'другая'",
        "DELETE FROM published_table",
    ],
)
def test_the_database_refuses_to_change_what_was_published(change: str) -> None:
    put_out()
    with pytest.raises(ProgrammingError), scope([municipality("город")], ALICE), connection.cursor() as cursor:
        cursor.execute(change)


def test_another_town_can_neither_publish_in_its_name_nor_hide_its_tables() -> None:
    table = put_out()
    with scope([municipality("село")], ALICE):
        assert PublishedTable.objects.filter(pk=table.pk).update(withdrawn_by="кто-то") == 0
        with pytest.raises(ProgrammingError), transaction.atomic():
            PublishedTable.objects.bulk_create([replaced(table)])


def replaced(table: PublishedTable) -> PublishedTable:
    table.pk = None
    return table
