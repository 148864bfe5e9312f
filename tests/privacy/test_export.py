"""A person gets everything that is held on her, and nothing of others."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from opora.access.roles import Role
from opora.indicators.dataset.tables import STORED
from opora.people.models import Person
from opora.privacy.held import Held, held_on
from opora.privacy.reading import log_reading
from opora.registry.scope import scope
from tests.access.world import SCHOOLS, TESTS, territory, user_of
from tests.cli.calls import run

NOW = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
HERE = SCHOOLS[0]
BELONGS_TO_PEOPLE = {
    name for name, table in STORED.items() if any(ref.to == "person" for ref in table.refs())
} | {"person", "route_step"}  # fmt: skip


@pytest.fixture(scope="module")
def held(world: None) -> Held:
    """On the teacher of the first school, who is a user."""
    user_of(Role.EDUCATOR, HERE)
    with scope([territory(HERE.town)], TESTS):
        person = Person.objects.get(key=HERE.key("person")).pk
        log_reading([person], by=TESTS, what="карточка")
        return held_on(person, NOW)


def test_rows_of_every_table_that_names_her_are_there(held: Held) -> None:
    """She heads no association."""
    assert {table.name for table in held.tables} == BELONGS_TO_PEOPLE - {"association"} | {
        "access_user",
        "access_grant",
    }
    assert {len(table.rows) for table in held.tables} == {1}


def test_it_is_told_in_words_of_the_trade(held: Held) -> None:
    (job,) = [table for table in held.tables if table.name == "employment"]
    told = dict(zip(job.columns, job.rows[0], strict=True))
    assert told["Человек"] == "этот человек"
    assert told["Организация"].startswith("title город 1")
    assert told["С"] == "01.09.2015"
    assert told["В архиве с"] == ""


def test_other_people_are_not_named(held: Held) -> None:
    (pair,) = [table for table in held.tables if table.name == "mentorship"]
    told = dict(zip(pair.columns, pair.rows[0], strict=True))
    assert (told["Наставник"], told["Наставляемый"]) == ("другой человек", "этот человек")
    everything = str(held)
    assert "наставник город 1" not in everything
    assert "город 2" not in everything
    assert "село" not in everything


def test_secrets_are_not_handed_out(held: Held) -> None:
    (user,) = [table for table in held.tables if table.name == "access_user"]
    assert "password" not in user.fields
    assert "scrypt" not in str(held)


def test_what_was_changed_and_who_has_read_is_there(held: Held) -> None:
    assert {change.action for change in held.changes} == {"добавлено"}
    assert {change.table for change in held.changes} >= {"Люди", "Работа", "Обучение"}
    assert [reading.what for reading in held.readings] == ["карточка"]


def test_the_command_writes_a_workbook_and_json(held: Held, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    args = ["person", "export", "last_name город 1", "--municipality", "город", "--out", str(tmp_path / "выдача")]
    assert run(args) == 0
    written = json.loads((tmp_path / "выдача" / "персональные данные.json").read_text("utf-8"))
    assert set(written["tables"]) == {table.name for table in held.tables}
    assert written["tables"]["person"]["rows"][0]["last_name"] == "last_name город 1"
    book = CalamineWorkbook.from_path(str(tmp_path / "выдача" / "персональные данные.xlsx"))
    assert book.sheet_names[:2] == ["О человеке", "Люди"]
    assert len(book.sheet_names) == len(held.tables) + 3
    assert _row(book, "Люди", "Фамилия", "Имя") == ["last_name город 1", "first_name город 1"]


def _row(book: CalamineWorkbook, sheet: str, *titles: str) -> list[object]:
    rows = book.get_sheet_by_name(sheet).to_python()
    head = next(place for place, row in enumerate(rows) if titles[0] in row)
    return [rows[head + 1][rows[head].index(title)] for title in titles]


def test_a_name_that_several_bear_is_asked_for_again(
    held: Held, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    args = ["person", "export", "last_name", "--municipality", "город", "--out", str(tmp_path)]
    assert run(args) == 2
    assert "По «last_name» нашлось: 2. Назовите номер карточки:" in capsys.readouterr().err
