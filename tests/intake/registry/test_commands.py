"""Files are taken in by commands as they are by pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from opora.people.models import Organisation
from tests.cli.calls import run
from tests.intake.registry.files import VERA, facts, page
from tests.people.town import Town

TOWN = ("--municipality", "город")


def opora(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str]:
    code = run(["intake", *args, *TOWN])
    told = capsys.readouterr()
    return code, told.out + told.err


@pytest.fixture
def school(city: Town) -> str:
    with city.seen():
        return Organisation.objects.get(pk=city.school).key


def test_files_are_looked_at_committed_and_taken_back(
    school: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "сотрудники.html"
    path.write_bytes(page(VERA, name="Педагогический состав").content)
    before = facts()
    code, told = opora(capsys, "preview", str(path), "--on", "2024-09-01")
    assert (code, "Не понятно, чьи это файлы: «сотрудники.html»" in told) == (2, True)
    code, told = opora(capsys, "preview", str(path), "--on", "2024-09-01", "--organisation", school)
    number = re.findall(r"Приём (\d+)", told)[-1]
    assert (code, "новая: 11" in told, facts() == before) == (0, True, True), told
    assert "Фамилия: не заполнено → Осокина" in opora(capsys, "show", number)[1]
    assert opora(capsys, "commit", number)[0] == 0
    assert {row["last_name"] for row in facts()["person"]} == {"Осокина"}
    again = opora(capsys, "commit", number)
    assert (again[0] != 0, "уже внесён" in again[1]) == (True, True)
    assert "внесён" in opora(capsys, "list")[1]
    assert opora(capsys, "undo", number)[0] == 0
    assert facts() == before


def test_a_line_is_told_to_be_somebody_who_has_another_name_now(
    city: Town, school: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from opora.people.models import Person

    with city.seen():
        Person.objects.create(
            municipality_id=city.municipality, last_name="Осокинна", first_name="Вера", patronymic="Львовна"
        )
        key = Person.objects.get(last_name="Осокинна").key
    path = tmp_path / "сотрудники.html"
    path.write_bytes(page(VERA, name="Педагогический состав").content)
    told = opora(capsys, "preview", str(path), "--organisation", school)[1]
    number = re.findall(r"Приём (\d+)", told)[-1]
    shown = opora(capsys, "show", number, "--fate", "unsure")[1]
    (line,) = re.findall(r"^\s*(\d+)\. под вопросом", shown, re.MULTILINE)
    opora(capsys, "settle", number, f"{line}=renamed:{key}")
    assert opora(capsys, "commit", number)[0] == 0
    with city.seen():
        assert Person.objects.get(key=key).last_name == "Осокина"


def test_a_line_in_question_is_settled(
    city: Town, school: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from opora.people.models import Person

    with city.seen():
        for _ in range(2):
            Person.objects.create(
                municipality_id=city.municipality, last_name="Осокина", first_name="Вера", patronymic="Львовна"
            )
    path = tmp_path / "сотрудники.html"
    path.write_bytes(page(VERA, name="Педагогический состав").content)
    told = opora(capsys, "preview", str(path), "--organisation", school)[1]
    number = re.findall(r"Приём (\d+)", told)[-1]
    shown = opora(capsys, "show", number, "--fate", "unsure")[1]
    line = re.findall(r"^\s*(\d+)\. под вопросом", shown, re.MULTILINE)
    assert len(line) == 1, shown
    assert "под вопросом" not in opora(capsys, "settle", number, f"{line[0]}=new")[1]
    assert opora(capsys, "drop", number)[0] == 0
    assert opora(capsys, "show", number)[0] != 0
