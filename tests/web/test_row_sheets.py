"""Many rows entered together: pasted names found and nothing of them lost, one entry for all, all or none."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opora.access.roles import Role
from opora.community.models import Attendance, Event, Meeting, Participation
from opora.learning.models import (
    DiagnosticResult,
    Instrument,
    Route,
    RouteStep,
    Training,
    TrainingProgramme,
    TrainingRequest,
)
from opora.people.models import Attestation, Organisation, Person, Team, TeamMember
from opora.registry.models import Row
from opora.registry.scope import scope
from tests.access.world import SCHOOLS, TESTS, School, territory, user_of
from tests.web.people import browser, said
from tests.web.test_html import faults_of

pytestmark = pytest.mark.usefixtures("world", "as_before")
HERE, NEIGHBOUR, VILLAGE, _ = SCHOOLS


@pytest.fixture
def methodist() -> Client:
    return browser(user_of(Role.METHODIST, HERE))


@pytest.fixture
def people(world: None) -> dict[str, int]:
    """Six more of the town, two of them namesakes, and one of another town."""
    told = {
        "Семёнова А. П.": ("Семёнова", "Анна", "Петровна"),
        "Ким": ("Ким", "Олег", "Ильич"),
        "Белов Иван": ("Белов", "Иван", "Иванович"),
        "Белов Игорь": ("Белов", "Игорь", "Ильич"),
        "Юн": ("Юн", "Вера", ""),
    }
    with scope([territory("город"), territory("село")], TESTS):
        made = {
            who: Person.objects.create(
                municipality_id=territory("город"), last_name=last, first_name=first, patronymic=rest or None
            ).pk
            for who, (last, first, rest) in told.items()
        }
        Person.objects.create(municipality_id=territory("село"), last_name="Чужая", first_name="Анна")
    return made


def fresh(model: type[Row], school: School = HERE) -> Any:
    with scope([territory(school.town)], TESTS):
        return model._default_manager.get(key=school.key(model.dataset.name))


def kept(model: type[Row], **where: Any) -> list[Any]:
    with scope([territory("город"), territory("село")], TESTS):
        return list(model._default_manager.filter(**where).order_by("pk"))


def page(what: str, query: str = "") -> str:
    return f"{reverse('row_many', args=[what])}?{query}"


def form_of(answer: Any) -> dict[str, str]:
    """What the form of the page would send: the last with lines in it."""
    html = answer.content.decode()
    form = next(each for each in html.split("<form") if "-lines" in each)
    sent = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = (re.search(rf' {what}="([^"]*)"', tag) for what in ("name", "value"))
        box = 'type="checkbox"' in tag or 'type="radio"' in tag
        if name and (" checked" in tag or not box):
            sent[name[1]] = unescape(value[1]) if value else "on" if box else ""
    for name, options in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        sent[name] = chosen[1] if chosen else ""
    for name, text in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL):
        sent[name] = unescape(text)
    return sent


def test_the_attendance_of_a_meeting_is_pasted_looked_at_and_entered(methodist: Client, people: dict[str, int]) -> None:
    meeting = fresh(Meeting)
    address = page("attendance", f"meeting={meeting.pk}")
    sent = form_of(methodist.get(address)) | {
        "attendance-names": "1. Семенова А.П.\n2. Белов И. И.\n3. Неведомская\n4. КИМ ОЛЕГ ИЛЬИЧ\n5. Ким",
    }
    looked = methodist.post(address, sent | {"act": "save"})
    assert "найдено 3, нужно выбрать 1, не нашлось 1" in said(looked)
    assert kept(Attendance, meeting=meeting.pk, person__in=people.values()) == []
    shown = form_of(looked)
    assert shown["attendance-2-who"] == "Неведомская"
    # Who is named twice is there twice and ticked once.
    assert [f"attendance-{line}-on" in shown for line in range(5)] == [True, True, True, True, False]
    told = methodist.post(address, shown | {"act": "save"})
    assert [faults_of(answer.content.decode()) for answer in (looked, told)] == [[], []]
    assert "Под это имя подходят 2: выберите" in said(told)
    assert "Не нашлось. Исправьте имя или снимите галочку" in said(told)
    assert kept(Attendance, meeting=meeting.pk, person__in=people.values()) == []
    mended = form_of(told) | {"attendance-1-person": str(people["Белов Игорь"]), "attendance-0-present": "нет"}
    mended |= {"attendance-2-who": "Юн Вера"}
    again = methodist.post(address, mended | {"act": "save"})
    assert "найдено 5" in said(again)
    done = methodist.post(address, form_of(again) | {"act": "save"}, follow=True)
    assert "Внесено: 4" in said(done)
    entered = {row.person_id: (row.present, row.date) for row in kept(Attendance, person__in=people.values())}
    assert entered == {
        people["Семёнова А. П."]: (False, meeting.date),
        people["Белов Игорь"]: (True, meeting.date),
        people["Юн"]: (True, meeting.date),
        people["Ким"]: (True, meeting.date),
    }
    assert "Семёнова Анна Петровна, присутствовал: нет" in said(done)
    assert "Ким Олег Ильич" in said(done)


def test_a_slip_in_a_surname_proposes_who_may_be_meant_and_decides_nothing(
    methodist: Client, people: dict[str, int]
) -> None:
    address = page("attendance", f"meeting={fresh(Meeting).pk}")
    sent = form_of(methodist.get(address)) | {"attendance-names": "Семйонова Анна\nСеменва А. П.\nСеменва О. П."}
    looked = methodist.post(address, sent | {"act": "save"})
    assert "нужно выбрать 1, не нашлось 2" in said(looked)
    shown = form_of(looked)
    assert (shown["attendance-1-person"], shown["attendance-1-who"]) == ("", "Семенва А. П.")
    told = said(methodist.post(address, shown | {"act": "save"}))
    assert "Не нашлось. Выберите похожее имя, исправьте или снимите галочку" in told
    chosen = {name: value for name, value in shown.items() if name not in ("attendance-0-on", "attendance-2-on")}
    chosen |= {"attendance-1-person": str(people["Семёнова А. П."]), "act": "save"}
    assert "Внесено: 1" in said(methodist.post(address, chosen, follow=True))


def test_nobody_of_another_town_is_found_and_nobody_is_entered_by_a_number_alone(
    methodist: Client, people: dict[str, int]
) -> None:
    meeting, stranger = fresh(Meeting), kept(Person, last_name="Чужая")[0].pk
    address = page("attendance", f"meeting={meeting.pk}&person={stranger}")
    sent = form_of(methodist.get(address))
    assert sent["attendance-lines"] == "0"
    sent |= {"attendance-lines": "1", "attendance-0-on": "on", "attendance-0-who": "Чужая Анна"}
    told = said(methodist.post(address, sent | {"attendance-0-person": str(stranger), "act": "save"}))
    assert "Не нашлось" in told
    assert kept(Attendance, person=stranger) == []


def test_a_course_is_recorded_for_those_who_were_ticked_and_a_request_for_it_is_fulfilled(
    methodist: Client, people: dict[str, int]
) -> None:
    programme, ticked = fresh(TrainingProgramme), [people["Ким"], people["Белов Иван"]]
    led = methodist.post(reverse("people"), {"act": "many", "into": "training", "row": ticked})
    assert led.status_code == 302
    sent = form_of(methodist.get(led.headers["Location"]))
    assert {sent["training-0-person"], sent["training-1-person"]} == set(map(str, ticked))
    sent |= {
        "programme": str(programme.pk),
        "completed": "2026-03-05",
        "passed": "да",
        "training-0-document_number": "17",
    }
    bad = methodist.post(led.headers["Location"], sent | {"completed": "31.02.2026", "act": "save"})
    assert "Даты «31.02.2026» нет в календаре" in said(bad)
    assert form_of(bad)["training-0-document_number"] == "17"
    told = methodist.post(led.headers["Location"], sent | {"act": "save"}, follow=True)
    assert "Внесено: 2" in said(told)
    entered = {row.person_id: row for row in kept(Training, person__in=ticked)}
    assert {(row.programme_id, str(row.completed), row.passed) for row in entered.values()} == {
        (programme.pk, "2026-03-05", True)
    }
    assert sorted(row.document_number or "" for row in entered.values()) == ["", "17"]


def test_a_course_taken_by_a_whole_group_meets_the_requests_of_its_people(methodist: Client) -> None:
    person = fresh(Person)
    (request,) = kept(TrainingRequest, person=person.pk)
    address = page("training", f"person={person.pk}")
    with scope([territory("город")], TESTS):
        Training.objects.filter(request=request.pk).delete()
    sent = form_of(methodist.get(address)) | {"programme": str(request.programme_id), "completed": "2026-03-05"}
    assert "Внесено: 1" in said(methodist.post(address, sent | {"act": "save"}, follow=True))
    assert [row.request_id for row in kept(Training, person=person.pk)] == [request.pk]


def test_scores_are_entered_in_one_table_and_what_is_wrong_stands_beside_whose_it_is(
    methodist: Client, people: dict[str, int]
) -> None:
    with scope([territory("город")], TESTS):
        instrument = Instrument.objects.create(
            municipality_id=territory("город"), title="Тест", thresholds="низкий < 50, высокий ≥ 75"
        )
    address = page("diagnostic_result", f"person={people['Ким']}&person={people['Юн']}")
    sent = form_of(methodist.get(address)) | {"instrument": str(instrument.pk), "date": "2026-02-01"}
    lines = {sent[f"diagnostic_result-{line}-person"]: line for line in range(2)}
    kim, yun = lines[str(people["Ким"])], lines[str(people["Юн"])]
    sent |= {f"diagnostic_result-{kim}-score": "40", f"diagnostic_result-{yun}-score": "много"}
    told = methodist.post(address, sent | {"act": "save"})
    assert said(told).count("«много»") == 1
    assert kept(DiagnosticResult, instrument=instrument.pk) == []
    sent = form_of(told) | {f"diagnostic_result-{yun}-score": "80,5"}
    assert "Внесено: 2" in said(methodist.post(address, sent | {"act": "save"}, follow=True))
    levels = {row.person_id: (row.score, row.level) for row in kept(DiagnosticResult, instrument=instrument.pk)}
    assert levels == {people["Ким"]: (40.0, "low"), people["Юн"]: (80.5, "high")}


def test_a_refusal_of_one_line_writes_none_and_keeps_what_was_typed(methodist: Client, people: dict[str, int]) -> None:
    address = page("attestation", f"person={people['Ким']}&person={people['Юн']}")
    sent = form_of(methodist.get(address)) | {"category": "first", "since": "2026-01-20"}
    sent |= {"attestation-0-post": "teacher", "attestation-1-post": "psychologist"}
    assert "Внесено: 2" in said(methodist.post(address, sent | {"act": "save"}, follow=True))
    again = page("attestation", f"person={people['Ким']}&person={people['Белов Иван']}")
    sent = form_of(methodist.get(again)) | {"category": "mentor", "since": "2026-02-20", "post": "teacher"}
    told = methodist.post(again, sent | {"act": "save"})
    assert said(told).count("На день присвоения нет высшей категории") == 2
    assert form_of(told)["category"] == "mentor"
    assert len(kept(Attestation, person__in=people.values())) == 2


def test_a_meeting_is_entered_with_its_attendance_in_one_form_or_not_at_all(
    methodist: Client, people: dict[str, int]
) -> None:
    address, old = reverse("row_new", args=["meeting"]), fresh(Meeting)
    before = len(kept(Meeting))
    sent = form_of(methodist.get(address)) | {"association": str(old.association_id), "date": "2026-04-02"}
    looked = methodist.post(address, sent | {"attendance-names": "Ким\nЮн\nНеведомская", "act": "save"})
    assert "найдено 2, не нашлось 1" in said(looked)
    assert "Не нашлось. Исправьте" in said(methodist.post(address, form_of(looked) | {"act": "save"}))
    assert len(kept(Meeting)) == before
    final = {name: value for name, value in form_of(looked).items() if name != "attendance-2-on"}
    told = said(methodist.post(address, final | {"act": "save"}, follow=True))
    assert "вместе с этим строк: 2" in told
    (meeting,) = kept(Meeting, date="2026-04-02")
    assert {(row.person_id, row.present, str(row.date)) for row in kept(Attendance, meeting=meeting.pk)} == {
        (people["Ким"], True, "2026-04-02"),
        (people["Юн"], True, "2026-04-02"),
    }


def test_what_the_verbs_refuse_of_a_part_leaves_its_owner_unwritten(methodist: Client) -> None:
    address, person = reverse("row_new", args=["route"]), fresh(Person)
    sent = form_of(methodist.get(address)) | {"person": str(person.pk), "since": "2026-09-01"}
    before = len(kept(Route))
    steps = {"route_step-0-title": "Курс", "route_step-0-due": "0026-10-01", "route_step-1-title": "Без срока"}
    told = methodist.post(address, sent | steps | {"act": "save"})
    assert "Не заполнено: «Срок" in said(told)
    assert faults_of(told.content.decode()) == []
    assert form_of(told)["route_step-1-title"] == "Без срока"
    assert len(kept(Route)) == before
    good = {"route_step-0-due": "2026-10-01", "route_step-1-due": "2026-12-01"}
    assert "вместе с этим строк: 2" in said(methodist.post(address, sent | steps | good | {"act": "save"}, follow=True))
    (route,) = kept(Route, since="2026-09-01")
    assert [(row.title, str(row.due)) for row in kept(RouteStep, route=route.pk)] == [
        ("Курс", "2026-10-01"),
        ("Без срока", "2026-12-01"),
    ]


def test_more_lines_are_given_and_keep_what_is_typed(methodist: Client) -> None:
    address = reverse("row_new", args=["route"])
    sent = form_of(methodist.get(address)) | {"route_step-4-title": "Пятый"}
    more = form_of(methodist.post(address, sent | {"more": "route_step"}))
    assert (more["route_step-lines"], more["route_step-4-title"]) == ("10", "Пятый")


def test_a_team_a_contest_and_an_event_are_entered_with_their_people(methodist: Client, people: dict[str, int]) -> None:
    organisation = fresh(Organisation).pk
    for what, part, told in (
        ("team", "team_member", {"organisation": organisation, "kind": "creative", "title": "Новая"}),
        ("contest", "contest_entry", {"title": "Новый", "kind": "professional", "date": "2026-03-01"}),
        ("event", "participation", {"title": "Новое", "kind": "seminar", "date": "2026-03-01"}),
    ):
        address = reverse("row_new", args=[what])
        sent = form_of(methodist.get(address)) | {name: str(value) for name, value in told.items()}
        kind = re.search(
            r'<select name="kind".*?<option value="(\w+)"', methodist.get(address).content.decode(), re.DOTALL
        )
        assert kind is not None
        sent |= {"kind": kind[1], f"{part}-names": "Ким\nЮн"}
        looked = form_of(methodist.post(address, sent | {"act": "save"}))
        assert "вместе с этим строк: 2" in said(methodist.post(address, looked | {"act": "save"}, follow=True)), what
    assert len(kept(TeamMember, team__title="Новая", person__in=people.values())) == 2
    assert len(kept(Participation, event__title="Новое", person__in=people.values())) == 2
    assert {team.organisation_id for team in kept(Team, title="Новая")} == {organisation}
    assert len(kept(Event, title="Новое")) == 1


def test_a_school_enters_its_own_people_alone(people: dict[str, int]) -> None:
    coordinator = browser(user_of(Role.COORDINATOR, HERE))
    mine, programme = fresh(Person), fresh(TrainingProgramme).pk
    with scope([territory("город")], TESTS):
        Person.objects.filter(pk=mine.pk).update(last_name="Своя")
        Person.objects.filter(pk=fresh(Person, NEIGHBOUR).pk).update(last_name="Соседняя")
    address = page("training")
    sent = form_of(coordinator.get(address)) | {"programme": str(programme), "completed": "2026-03-05"}
    looked = coordinator.post(address, sent | {"training-names": "Своя\nСоседняя", "act": "match"})
    assert "найдено 1, не нашлось 1" in said(looked)
    assert coordinator.get(page("diagnostic_result")).status_code == 404
    assert coordinator.post(reverse("people"), {"act": "many", "into": "deficit", "row": [mine.pk]}).status_code == 404


def test_a_line_more_costs_no_query(methodist: Client, people: dict[str, int]) -> None:
    counts = []
    for names in ("Ким\nНикто", "Ким\nЮн\nБелов\nСеменова\nСеменва\nНикто\nНичто"):
        sent = form_of(methodist.get(page("attendance"))) | {"attendance-names": names, "act": "match"}
        with CaptureQueriesContext(connection) as asked:
            methodist.post(page("attendance"), sent)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_page_of_a_meeting_shows_who_was_there_and_leads_to_more(methodist: Client) -> None:
    meeting = fresh(Meeting)
    text = methodist.get(reverse("row", args=["meeting", meeting.pk])).content.decode()
    assert f'href="{reverse("row", args=["attendance", fresh(Attendance).pk])}"' in text
    assert f'href="{page("attendance", f"meeting={meeting.pk}")}"' in text
    assert NEIGHBOUR.key("person") not in text


def test_somebody_more_at_a_meeting_costs_its_page_no_query(methodist: Client, people: dict[str, int]) -> None:
    meeting, town, counts = fresh(Meeting), territory("город"), []
    address = reverse("row", args=["meeting", meeting.pk])
    methodist.get(address)
    for some in (["Ким"], ["Юн", "Белов Иван", "Белов Игорь"]):
        with scope([town], TESTS):
            for who in some:
                Attendance.objects.create(
                    municipality_id=town, meeting=meeting, person_id=people[who], date=meeting.date
                )
        with CaptureQueriesContext(connection) as asked:
            methodist.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1]
