"""Files are taken in on pages: read, answered about, looked at, committed, taken back."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from opora.access.roles import Role
from opora.intake.domain.work import carry_out
from opora.intake.models import IntakeBatch
from opora.people.models import Organisation, Person
from opora.registry.scope import scope
from tests.access.world import SCHOOLS, TESTS, territory, user_of
from tests.web.people import browser

pytestmark = pytest.mark.usefixtures("world")
HERE = SCHOOLS[0]
HEAD = "<tr><th>ФИО</th><th>Должность</th><th>Образование</th></tr>"
ROW = "<tr><td>Небывалова Анна Львовна</td><td>учитель</td><td>высшее</td></tr>"
PAGE = f'<meta charset="utf-8"><table>{HEAD}{ROW}</table>'


@pytest.fixture(scope="module")
def methodist(world: None) -> Client:
    return browser(user_of(Role.METHODIST, HERE, "takes-in@example.org"))


def surnames() -> set[str | None]:
    with scope([territory(HERE.town)], TESTS):
        return set(Person.objects.filter(archived_at=None).values_list("last_name", flat=True))


def work() -> IntakeBatch:
    """What the worker would do."""
    town = territory(HERE.town)
    with scope([town], TESTS):
        batch = IntakeBatch.objects.latest("pk")
    carry_out(batch.pk, town)
    with scope([town], TESTS):
        return IntakeBatch.objects.get(pk=batch.pk)


def dropped(client: Client, content: str = PAGE, name: str = "сотрудники.html") -> IntakeBatch:
    file = SimpleUploadedFile(name, content.encode())
    with scope([territory(HERE.town)], TESTS):
        place = territory(HERE.town)
    answer = client.post("/intake/", {"dropped": [file], "on": "2024-09-01", "place": place})
    assert answer.status_code == 302, re.findall("errorlist.*", answer.content.decode())
    return work()


def told(client: Client, batch: IntakeBatch) -> IntakeBatch:
    with scope([territory(HERE.town)], TESTS):
        school = Organisation.objects.get(key=HERE.key("organisation")).key
    address = f"/intake/{batch.pk}/files/"
    assert "Чей это файл" in client.get(address).content.decode()
    assert client.post(address, {"file-0-organisation": school}).status_code == 302
    return work()


def test_a_page_is_asked_about_looked_at_committed_and_taken_back(methodist: Client) -> None:
    before = surnames()
    batch = dropped(methodist)
    assert batch.state == "asking"
    assert "Ответить о файлах" in methodist.get(f"/intake/{batch.pk}/").content.decode()
    batch = told(methodist, batch)
    assert batch.state == "planned"
    shown = methodist.get(f"/intake/{batch.pk}/lines/?kind=new").content.decode()
    assert "Небывалова Анна Львовна" in shown
    assert surnames() == before
    methodist.post(f"/intake/{batch.pk}/", {"act": "commit"})
    assert work().state == "committed"
    assert surnames() - before == {"Небывалова"}
    asked = methodist.post(f"/intake/{batch.pk}/", {"act": "undo"}).content.decode()
    assert "Взять приём назад?" in asked
    assert work().state == "committed"
    methodist.post(f"/intake/{batch.pk}/", {"act": "undo", "sure": "yes"})
    assert work().state == "undone"
    assert surnames() == before


def test_who_cannot_be_told_apart_is_shown_beside_and_chosen(methodist: Client) -> None:
    town = territory(HERE.town)
    with scope([town], TESTS):
        twins = [
            Person.objects.create(
                municipality_id=town, last_name="Двойникова", first_name="Анна", patronymic="Львовна", key=f"twin-{n}"
            )
            for n in (1, 2)
        ]
    batch = told(methodist, dropped(methodist, PAGE.replace("Небывалова", "Двойникова")))
    address = f"/intake/{batch.pk}/lines/?kind=unsure"
    shown = methodist.get(address).content.decode()
    number = re.findall(r'name="line" value="(\d+)"', shown)
    assert len(number) == 1
    assert [f"Это {n}, Двойникова Анна Львовна" in shown for n in (1, 2, 3)] == [True, True, False]
    sent = {"line": number, f"answer-{number[0]}": f"row {twins[1].key}"}
    assert methodist.post(address, sent).status_code == 302
    assert work().counts["unsure"] == 0
    answered = f"/intake/{batch.pk}/lines/?kind=answered"
    assert "Взять ответ назад" in methodist.get(answered).content.decode()
    methodist.post(answered, {"line": number, f"answer-{number[0]}": "back"})
    assert work().counts["unsure"] == 1
    methodist.post(address, sent)
    assert work().counts["unsure"] == 0
    methodist.post(f"/intake/{batch.pk}/", {"act": "commit"})
    assert work().state == "committed"
    with scope([town], TESTS):
        jobs = [person.pk for person in twins if Person.objects.filter(pk=person.pk, employment__isnull=False).exists()]
    assert jobs == [twins[1].pk]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"on": "2024-09-01"}, "Выберите хотя бы один файл"),
        ({"on": "вчера", "dropped": True}, "Введите правильную дату"),
        ({"on": "2124-09-01", "dropped": True}, "Этот день ещё не наступил"),
    ],
)
def test_a_form_that_lacks_something_says_what(methodist: Client, data: dict[str, object], message: str) -> None:
    if data.get("dropped"):
        data = data | {"dropped": [SimpleUploadedFile("сотрудники.html", PAGE.encode())]}
    answer = methodist.post("/intake/", data | {"place": territory(HERE.town)})
    assert (answer.status_code, message in answer.content.decode()) == (200, True)


def test_what_is_no_source_is_told_and_not_forgotten(methodist: Client) -> None:
    batch = dropped(methodist, "\x89PNG\r\n\x1a\n просто картинка", "фото.png")
    shown = methodist.get(f"/intake/{batch.pk}/").content.decode()
    assert "фото.png" in shown
    assert "Не прочитано: 1" in shown


def test_a_batch_is_forgotten_when_that_is_said_twice(methodist: Client) -> None:
    batch = dropped(methodist)
    asked = methodist.post(f"/intake/{batch.pk}/", {"act": "drop"}).content.decode()
    assert "Забыть приём?" in asked
    assert methodist.get(f"/intake/{batch.pk}/").status_code == 200
    methodist.post(f"/intake/{batch.pk}/", {"act": "drop", "sure": "yes"})
    assert methodist.get(f"/intake/{batch.pk}/").status_code == 404
