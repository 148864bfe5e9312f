"""Programs take files in by the verbs of the pages: read, told about, looked at, settled, committed, taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from opora.access.models import Purpose, Token
from opora.access.roles import Role
from opora.intake.adapters import Dropped
from opora.intake.domain.verbs import start
from opora.intake.domain.work import carry_out
from opora.intake.models import IntakeBatch
from opora.people.models import Organisation, Person
from opora.privacy.reading import readings_of
from opora.registry.scope import scope
from opora.web.intake.reach import TAKES_IN
from tests.access.world import LONG_AGO, SCHOOLS, TESTS, territory
from tests.web.api.conftest import Program

pytestmark = pytest.mark.usefixtures("world", "nobody")
HERE, _, VILLAGE, _ = SCHOOLS
_HEAD = "<tr><th>ФИО</th><th>Должность</th><th>Образование</th></tr>"


def page(name: str) -> str:
    return f'<meta charset="utf-8"><table>{_HEAD}<tr><td>{name}</td><td>учитель</td><td>высшее</td></tr></table>'


PAGE = page("Небывалова Анна Львовна")


@pytest.fixture(autouse=True)
def _nothing_stays(world: None) -> Iterator[None]:
    yield
    for town in ("город", "село"):
        with scope([territory(town)], TESTS):
            IntakeBatch.objects.all().delete()


@pytest.fixture
def ask(program: Callable[..., Program]) -> Program:
    return program(Role.METHODIST, purposes=[Purpose.INTAKE])


def begun(ask: Program, content: str = PAGE) -> dict[str, Any]:
    file = SimpleUploadedFile("сотрудники.html", content.encode())
    answer = ask("intake", "post", {"files": [file], "town": territory(HERE.town), "on": "2024-09-01"})
    assert answer.status_code == 202, answer.content.decode()
    return worked(ask, answer.json()["id"])


def worked(ask: Program, batch: int) -> dict[str, Any]:
    """As it stands when the worker has done what was asked."""
    carry_out(batch, territory(HERE.town))
    told: dict[str, Any] = ask(f"intake/{batch}").json()
    return told


def of_the_school(ask: Program, batch: dict[str, Any]) -> dict[str, Any]:
    told = [{"number": 0, "organisation": HERE.key("organisation")}]
    assert ask(f"intake/{batch['id']}/files", "post", told).status_code == 202
    return worked(ask, batch["id"])


def surnames() -> set[str | None]:
    with scope([territory(HERE.town)], TESTS):
        return set(Person.objects.filter(archived_at=None).values_list("last_name", flat=True))


def test_a_page_is_asked_about_looked_at_committed_and_taken_back(ask: Program) -> None:
    before = surnames()
    batch = begun(ask)
    assert (batch["state"], batch["busy"], batch["files"][0]["whose"]) == ("asking", "", True)
    batch = of_the_school(ask, batch)
    lines = ask(f"intake/{batch['id']}/lines", fate="new").json()["lines"]
    named = {line["table"]: {name: cell["value"] for name, cell in line["cells"].items()} for line in lines}
    assert (batch["state"], batch["counts"]["new"]) == ("planned", len(lines))
    assert named["person"]["last_name"] == "Небывалова"
    assert surnames() == before
    assert ask(f"intake/{batch['id']}/commit", "post", []).status_code == 202
    assert worked(ask, batch["id"])["state"] == "committed"
    assert surnames() - before == {"Небывалова"}
    assert ask(f"intake/{batch['id']}/undo", "post", []).status_code == 202
    assert worked(ask, batch["id"])["state"] == "undone"
    assert surnames() == before


def test_lines_come_page_after_page(ask: Program) -> None:
    batch = of_the_school(ask, begun(ask))
    whole = ask(f"intake/{batch['id']}/lines").json()
    assert whole["next"] is None
    found, after = [], -1
    while after is not None:
        part = ask(f"intake/{batch['id']}/lines", after=after, limit=1).json()
        found += part["lines"]
        after = part["next"]
    assert found == whole["lines"]
    assert len(found) == sum(batch["counts"].values())


def test_an_answer_settles_a_line_and_is_taken_back(ask: Program) -> None:
    batch = of_the_school(ask, begun(ask))
    path = f"intake/{batch['id']}"
    numbers = [line["number"] for line in ask(f"{path}/lines").json()["lines"] if line["table"] == "person"]
    assert ask(f"{path}/answers", "post", [{"line": numbers[0], "say": "leave"}]).status_code == 202
    settled = worked(ask, batch["id"])
    assert settled["counts"]["left_out"] > 0
    assert ask(f"{path}/answers", "post", [{"line": numbers[0], "say": None}]).status_code == 202
    assert worked(ask, batch["id"])["counts"] == batch["counts"]


def test_what_does_not_fit_is_told_all_at_once_and_nothing_is_changed(ask: Program) -> None:
    batch = begun(ask)
    path = f"intake/{batch['id']}"
    wrong = [
        {"number": 7},
        {
            "number": 0,
            "organisation": "нет такой",
            "kinds": {"лист": "staff"},
            "columns": [{"sheet": "лист", "place": 0, "meaning": "fio"}],
        },
    ]
    refused = ask(f"{path}/files", "post", wrong)
    assert refused.status_code == 409
    told = [(fault["where"], bool(fault["message"] and fault["mend"])) for fault in refused.json()["faults"]]
    assert told == [("0: number", True), ("1: organisation", True), ("1: kinds", True), ("1: columns", True)]
    assert ask(path).json() == batch
    batch = of_the_school(ask, batch)
    absent = ask(f"{path}/answers", "post", [{"line": 998, "say": "new"}, {"line": 999, "say": "new"}])
    assert [fault["where"] for fault in absent.json()["faults"]] == ["998", "999"]
    assert ask(path).json() == batch
    assert ask(f"{path}/undo", "post", []).status_code == 409
    assert "готов к просмотру" in ask(f"{path}/undo", "post", []).json()["detail"]


def test_what_is_being_done_is_waited_for(ask: Program) -> None:
    batch = of_the_school(ask, begun(ask))
    ask(f"intake/{batch['id']}/commit", "post", [])
    again = ask(f"intake/{batch['id']}/commit", "post", [])
    assert (again.status_code, "Подождите" in again.json()["detail"]) == (409, True)
    worked(ask, batch["id"])
    ask(f"intake/{batch['id']}/undo", "post", [])
    worked(ask, batch["id"])


def test_empty_files_and_days_to_come_are_refused(ask: Program) -> None:
    town = territory(HERE.town)
    empty = ask("intake", "post", {"files": [SimpleUploadedFile("пусто.html", b"")], "town": town})
    assert (empty.status_code, "пуст" in empty.json()["detail"]) == (409, True)
    file = SimpleUploadedFile("сотрудники.html", PAGE.encode())
    later = ask("intake", "post", {"files": [file], "town": town, "on": "2999-01-01"})
    assert (later.status_code, later.json()["faults"][0]["where"]) == (409, "on")
    assert ask("intake").json() == []


def test_what_is_not_committed_is_forgotten_when_asked(ask: Program) -> None:
    batch = begun(ask)
    assert ask(f"intake/{batch['id']}", "delete").status_code == 204
    assert (ask("intake").json(), ask(f"intake/{batch['id']}").status_code) == ([], 404)


def of_the_village() -> int:
    """A batch with a name in it that is nobody's business here."""
    town = territory(VILLAGE.town)
    file = Dropped("чужие.html", page("Чужакова Вера Павловна").encode())
    return start([file], on=LONG_AGO, municipality=town, by=TESTS).pk


def test_files_of_another_town_are_not_there(ask: Program) -> None:
    pk = of_the_village()
    carry_out(pk, territory(VILLAGE.town))
    answers = [ask("intake"), ask(f"intake/{pk}"), ask(f"intake/{pk}/lines"), ask(f"intake/{pk}", "delete")]
    posted = [ask(f"intake/{pk}/{verb}", "post", []) for verb in ("files", "answers", "commit", "undo")]
    file = SimpleUploadedFile("сотрудники.html", PAGE.encode())
    given = ask("intake", "post", {"files": [file], "town": territory(VILLAGE.town)})
    assert answers[0].json() == []
    assert {answer.status_code for answer in (*answers[1:], *posted, given)} == {404}
    assert not any("Чужакова" in answer.content.decode() for answer in (*answers, *posted, given))
    with scope([territory(VILLAGE.town)], TESTS):
        assert [(each.pk, each.busy) for each in IntakeBatch.objects.all()] == [(pk, "")]


@pytest.mark.parametrize("role", [role for role in Role if role not in TAKES_IN])
def test_files_are_taken_in_by_those_who_do_the_work_of_the_service(
    role: Role, program: Callable[..., Program], ask: Program
) -> None:
    pk = begun(ask)["id"]
    other = program(role, purposes=[Purpose.INTAKE])
    file = SimpleUploadedFile("сотрудники.html", PAGE.encode())
    given = other("intake", "post", {"files": [file], "town": territory(HERE.town)})
    assert (other("intake").json(), other(f"intake/{pk}").status_code, given.status_code) == ([], 404, 404)


def test_the_same_file_changes_nothing_and_whose_lines_were_given_is_logged_with_the_key(ask: Program) -> None:
    first = of_the_school(ask, begun(ask))
    ask(f"intake/{first['id']}/commit", "post", [])
    worked(ask, first["id"])
    again = of_the_school(ask, begun(ask))
    assert {fate for fate, count in again["counts"].items() if count} == {"unchanged"}
    lines = ask(f"intake/{again['id']}/lines").json()["lines"]
    (person,) = (line["row_id"] for line in lines if line["table"] == "person")
    with scope([territory(HERE.town)], TESTS):
        last = readings_of(person)[0]
    key = Token.objects.get().pk
    assert (last.what, last.address) == ("приём сведений для программы", f"127.0.0.1, ключ {key}")
    ask(f"intake/{first['id']}/undo", "post", [])
    assert worked(ask, first["id"])["state"] == "undone"


def test_a_school_that_is_not_there_is_not_told_of(ask: Program) -> None:
    """Keys of organisations of another town are refused as unknown."""
    batch = begun(ask)
    told = [{"number": 0, "organisation": VILLAGE.key("organisation")}]
    assert ask(f"intake/{batch['id']}/files", "post", told).status_code == 409
    with scope([territory(VILLAGE.town)], TESTS):
        assert Organisation.objects.filter(key=VILLAGE.key("organisation")).exists()
