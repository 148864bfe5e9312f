"""Rows of every table on pages: entered, corrected, ended and archived by whoever keeps them, and by nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from opora.access.roles import Role
from opora.people.models import Education, Employment, Organisation, Person, Vacancy
from opora.registry.models import Row, Trail
from opora.registry.scope import scope
from opora.web.rows import choosing
from opora.web.rows.kept import KEPT
from tests.access.world import SCHOOLS, TESTS, School, territory, user_of
from tests.web.people import browser, filled, in_form, said

pytestmark = pytest.mark.usefixtures("world", "nobody")
HERE, NEIGHBOUR, VILLAGE, _ = SCHOOLS


changing = pytest.mark.usefixtures("as_before")


@pytest.fixture
def methodist() -> Client:
    return browser(user_of(Role.METHODIST, HERE))


@pytest.fixture
def coordinator() -> Client:
    return browser(user_of(Role.COORDINATOR, HERE))


@pytest.fixture
def nothing_is_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a large town: rows are looked for, and not chosen from a list of all."""
    monkeypatch.setattr(choosing, "FEW", 0)


def fresh(model: type[Row], school: School = HERE) -> Any:
    with scope([territory(school.town)], TESTS):
        return model._default_manager.get(key=school.key(model.dataset.name))


def new(what: str) -> str:
    return reverse("row_new", args=[what])


def page(row: Any) -> str:
    return reverse("row", args=[type(row).dataset.name, row.pk])


def count(model: type[Row], **where: Any) -> int:
    with scope([territory("город"), territory("село")], TESTS):
        return model._default_manager.filter(**where).count()


@pytest.mark.parametrize("name", KEPT)
def test_a_form_of_any_table_sent_as_it_is_changes_nothing(name: str, methodist: Client) -> None:
    row = fresh(KEPT[name].model)
    assert "Ничего не изменено" in said(methodist.post(page(row), filled(methodist, page(row)), follow=True))
    with scope([territory("город")], TESTS):
        assert not Trail.objects.filter(table_name=name, row_id=row.pk, action="update").exists()


@pytest.mark.usefixtures("nothing_is_few")
@pytest.mark.parametrize("name", KEPT)
def test_so_does_one_whose_rows_are_looked_for(name: str, methodist: Client) -> None:
    row = fresh(KEPT[name].model)
    assert "Ничего не изменено" in said(methodist.post(page(row), filled(methodist, page(row)), follow=True))


@pytest.mark.parametrize("name", KEPT)
def test_the_form_of_a_new_row_has_the_titles_of_its_table_and_marks_what_must_be_told(
    name: str, methodist: Client
) -> None:
    text = methodist.get(new(name)).content.decode()
    for column in KEPT[name].entered.values():
        assert column.title in text
    sent = filled(methodist, new(name)) | {"act": "save"}
    told = said(methodist.post(new(name), {key: "" for key in sent if key != "place"} | {"place": sent["place"]}))
    for column in KEPT[name].entered.values():
        assert (f"Не заполнено: «{column.title}»" in told) is column.required or name == "person"


@changing
def test_a_diploma_is_entered_for_a_person_who_is_looked_for_without_javascript(
    methodist: Client, nothing_is_few: None
) -> None:
    person = fresh(Person)
    sent = filled(methodist, new("education")) | {"speciality": "Учитель физики", "date": "2015-06-30"}
    found = said(methodist.post(new("education"), sent | {"person-find": "last_name 1", "find": "person"}))
    assert f"last_name {HERE.name}" in found
    assert VILLAGE.name not in found
    assert "Не заполнено" not in found
    assert "Выберите из найденного ниже" in said(methodist.post(new("education"), sent | {"person-find": HERE.name}))
    wrong = said(methodist.post(new("education"), sent | {"person": str(person.pk), "date": "31.02.2015"}))
    assert "Даты «31.02.2015» нет в календаре" in wrong
    assert "Учитель физики" in methodist.post(new("education"), sent | {"date": "31.02.2015"}).content.decode()
    before = count(Education)
    answer = methodist.post(new("education"), sent | {"person": str(person.pk), "act": "save"}, follow=True)
    assert "Добавлено" in said(answer)
    assert count(Education) == before + 1
    assert count(Education, person=person.pk, speciality="Учитель физики") == 1


@pytest.mark.usefixtures("nothing_is_few")
def test_as_one_types_only_what_one_may_see_is_found(methodist: Client, coordinator: Client) -> None:
    address = reverse("row_choose", args=["education", "person"])
    found = said(methodist.get(address, {"person-find": "last_name"}))
    assert (HERE.name in found, NEIGHBOUR.name in found, VILLAGE.name in found) == (True, True, False)
    found = said(coordinator.get(address, {"person-find": "last_name"}))
    assert (HERE.name in found, NEIGHBOUR.name in found) == (True, False)
    neighbour = fresh(Person, NEIGHBOUR).pk
    assert NEIGHBOUR.name not in said(coordinator.get(address, {"person-find": "", "person": neighbour}))
    assert coordinator.get(reverse("row_choose", args=["education", "level"])).status_code == 404


@changing
def test_what_somebody_else_has_changed_meanwhile_is_not_written_over(methodist: Client) -> None:
    row = fresh(Education)
    sent = filled(methodist, page(row)) | {"speciality": "Учитель химии"}
    with scope([territory("город")], TESTS):
        Education.objects.filter(pk=row.pk).update(speciality="Учитель биологии", institution="Другой")
    answer = methodist.post(page(row), sent)
    assert "Пока вы правили, это изменил кто-то другой" in said(answer)
    assert fresh(Education).speciality == "Учитель биологии"
    assert "Сохранено" in said(methodist.post(page(row), in_form(answer), follow=True))
    row = fresh(Education)
    assert (row.speciality, row.institution) == ("Учитель химии", "Другой")


@changing
def test_a_state_is_ended_and_a_row_goes_to_the_archive_and_comes_back(methodist: Client) -> None:
    row = fresh(Vacancy)
    assert "Завершено" in said(methodist.post(page(row), {"act": "end", "end": "2024-09-01"}, follow=True))
    assert str(fresh(Vacancy).until) == "2024-09-01"
    assert "в архиве" in said(methodist.post(page(row), {"act": "archive"}, follow=True))
    assert fresh(Vacancy).archived_at is not None
    linked = {
        query: f'href="{page(row)}"' in methodist.get(f"{reverse('list', args=['vacancy'])}{query}").content.decode()
        for query in ("?held=all", "?archive=on")
    }
    assert linked == {"?held=all": False, "?archive=on": True}
    assert "Возвращено из архива" in said(methodist.post(page(row), {"act": "bring_back"}, follow=True))
    assert fresh(Vacancy).archived_at is None


@changing
def test_a_school_keeps_its_own_rows_and_neither_those_beside_nor_gives_its_own_away(coordinator: Client) -> None:
    mine, theirs, neighbour = fresh(Vacancy), fresh(Vacancy, NEIGHBOUR), fresh(Organisation, NEIGHBOUR)
    assert coordinator.get(page(theirs)).status_code == 404
    assert coordinator.post(page(theirs), {"act": "archive"}).status_code == 404
    given_away = filled(coordinator, page(mine)) | {"organisation": str(neighbour.pk)}
    assert "После такой правки строка была бы уже не вашей" in said(coordinator.post(page(mine), given_away))
    assert fresh(Vacancy).organisation_id == mine.organisation_id
    foreign = filled(coordinator, new("vacancy")) | {"organisation": str(neighbour.pk), "post": "teacher"}
    assert "она не о вашей организации" in said(coordinator.post(new("vacancy"), foreign))
    assert count(Vacancy) == 4
    own = foreign | {"organisation": str(mine.organisation_id)}
    assert "Добавлено" in said(coordinator.post(new("vacancy"), own, follow=True))
    assert count(Vacancy) == 5


@changing
def test_the_archive_is_for_those_who_see_it(methodist: Client, coordinator: Client) -> None:
    row, address = fresh(Vacancy), f"{reverse('list', args=['vacancy'])}?archive=on"
    coordinator.post(page(row), {"act": "archive"})
    assert fresh(Vacancy).archived_at is not None
    shown = {client: client.get(address).content.decode() for client in (methodist, coordinator)}
    assert [f'href="{page(row)}"' in shown[client] for client in (methodist, coordinator)] == [True, False]
    assert ["В архиве" in shown[client] for client in (methodist, coordinator)] == [True, False]


def test_a_school_reads_what_is_common_and_does_not_write_it(coordinator: Client) -> None:
    theirs = fresh(Organisation, NEIGHBOUR)
    assert "Исправить эту строку может тот, кто её ведёт" in said(coordinator.get(page(theirs)))
    assert coordinator.post(page(theirs), {"act": "archive"}).status_code == 403
    assert coordinator.get(new("organisation")).status_code == 404
    assert coordinator.get(new("deficit")).status_code == 404


@changing
def test_somebody_new_comes_with_her_place_of_work(coordinator: Client) -> None:
    organisation = fresh(Organisation).pk
    sent = filled(coordinator, new("person")) | {"last_name": "Новикова", "first_name": "Вера"}
    assert "она не о вашей организации" in said(coordinator.post(new("person"), sent))
    half = sent | {"organisation": str(organisation)}
    assert "Не заполнено: «Должность»" in said(coordinator.post(new("person"), half))
    assert count(Person, last_name="Новикова") == 0
    job = half | {"post": "teacher", "staff_group": "educator", "since": "2026-09-01"}
    assert "Добавлено: Новикова Вера" in said(coordinator.post(new("person"), job, follow=True))
    assert count(Employment, person__last_name="Новикова", organisation=organisation) == 1
    assert "Такой человек уже есть" in said(coordinator.post(new("person"), job))
    namesake = job | {"namesake": "да", "born": "1990-05-01"}
    assert "Добавлено: Новикова Вера" in said(coordinator.post(new("person"), namesake, follow=True))


@changing
def test_who_leads_where_one_may_not_look_is_left_as_she_is(coordinator: Client) -> None:
    model = KEPT["mentorship"].model
    row, neighbour = fresh(model), fresh(Person, NEIGHBOUR)
    with scope([territory("город")], TESTS):
        model._default_manager.filter(pk=row.pk).update(mentor=neighbour.pk)
    text = coordinator.get(page(row)).content.decode()
    assert neighbour.last_name not in text
    assert 'name="mentor"' not in text
    sent = filled(coordinator, page(row)) | {"result": "partly"}
    assert "Сохранено" in said(coordinator.post(page(row), sent, follow=True))
    row = fresh(model)
    assert (row.mentor_id, row.result) == (neighbour.pk, "partly")


def test_every_table_of_facts_has_its_verbs() -> None:
    from opora.access.seeing.concerns import CONCERNS

    assert {kept.model for kept in KEPT.values()} == set(CONCERNS)


@changing
def test_ticked_rows_are_ended_and_archived_together_all_or_none(methodist: Client, coordinator: Client) -> None:
    mine, theirs = fresh(Vacancy), fresh(Vacancy, NEIGHBOUR)
    address, both = reverse("list", args=["vacancy"]), [mine.pk, theirs.pk]
    page_of_list = methodist.get(address).content.decode()
    assert [f'name="row" value="{pk}" form="toolbar"' in page_of_list for pk in both] == [True, True]
    assert "Ничего не отмечено" in said(methodist.post(address, {"act": "end", "until": "2024-09-01"}, follow=True))
    assert "Впишите день" in said(methodist.post(address, {"act": "end", "row": both}, follow=True))
    told = said(coordinator.post(address, {"act": "archive", "row": both}, follow=True))
    assert "есть строки, которые ведёт кто-то другой" in told
    early = said(methodist.post(address, {"act": "end", "row": both, "until": "2001-01-01"}, follow=True))
    assert early.count("раньше начала") == 2
    assert count(Vacancy, until__isnull=True) == 4
    ended = said(methodist.post(address, {"act": "end", "row": both, "until": "2024-09-01"}, follow=True))
    assert "Завершено: 2" in ended
    assert count(Vacancy, until="2024-09-01") == 2
    assert "Перенесено в архив: 2" in said(methodist.post(address, {"act": "archive", "row": both}, follow=True))
    assert count(Vacancy, archived_at__isnull=True) == 2


@changing
def test_people_are_narrowed_by_where_and_as_whom_they_work_and_the_two_banks_are_lists(methodist: Client) -> None:
    organisation, person = fresh(Organisation), fresh(Person)
    with scope([territory("город")], TESTS):
        Person.objects.filter(pk=person.pk).update(born="2001-01-01")

    def named(query: str) -> list[str]:
        text = said(methodist.get(f"{reverse('people')}?{query}"))
        return [school.name for school in SCHOOLS if f"last_name {school.name}" in text]

    assert named(f"works_in={organisation.pk}") == [HERE.name]
    assert named("post=teacher") == [HERE.name, NEIGHBOUR.name]
    assert named("post=director") == []
    assert named("known=young") == [HERE.name]
    text = methodist.get(f"{reverse('people')}?known=mentor").content.decode()
    assert (HERE.key("наставник") in text, f"last_name {HERE.name}" in text) == (True, False)
    index = methodist.get(reverse("lists")).content.decode()
    assert index.count(f'href="{reverse("people")}?known=') == 2


def test_a_card_leads_to_the_rows_that_it_tells_of_and_to_new_ones_about_her(
    methodist: Client, coordinator: Client
) -> None:
    person, row = fresh(Person), fresh(Education)
    address = reverse("person", args=[person.pk])
    for client, enters_deficits in ((methodist, True), (coordinator, False)):
        card = client.get(address).content.decode()
        assert f'href="{page(row)}"' in card
        assert f'href="{page(person)}"' in card
        assert f'href="{new("education")}?person={person.pk}"' in card
        assert (f'href="{new("deficit")}?person={person.pk}"' in card) is enters_deficits
    assert filled(methodist, f"{new('education')}?person={person.pk}")["person"] == str(person.pk)
    herself = browser(user_of(Role.EDUCATOR, HERE)).get(address).content.decode()
    assert (f'href="{page(row)}"' in herself, "Исправить карточку" in herself) == (True, False)
