"""Events, contests, experience, projects, sites: what each verb promises."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from opora.community.domain.association import NewAssociation, found_associations
from opora.community.domain.contest import Entry, NewContest, announce_contests, enter_contests, tell_results
from opora.community.domain.event import NewEvent, NewPart, Part, correct_events, hold_events, take_part
from opora.community.domain.experience import (
    Approval,
    NewMaterial,
    correct_materials,
    recommend_materials,
    record_materials,
)
from opora.community.domain.project import NewParticipant, NewProject, begin_projects, end_projects, join_projects
from opora.community.domain.site import NewSite, end_sites, give_site_status, prolong_sites
from opora.community.models import ContestEntry, InnovationSite, Participation, ProjectParticipant
from opora.people.models import Territory
from opora.registry.batch import Correction, Ending
from opora.registry.scope import scope
from opora.registry.verbs import Refused
from tests.people.town import ALICE, AUTUMN, NEW_YEAR, SPRING, Town, refusals


def test_an_event_is_entered_with_its_participants_who_move_with_its_day(city: Town) -> None:
    usual: dict[str, Any] = {"title": "Чтения", "kind": "conference", "date": SPRING}
    parts = (Part(person=city.people[0], role="speaker"), Part(person=city.people[0], role="organiser"))
    (made,) = hold_events([NewEvent(**usual, participants=parts)], **city.as_alice)
    second_day = SPRING + dt.timedelta(1)
    take_part(
        [
            NewPart(event=made.pk, person=city.people[1], role="listener"),
            NewPart(event=made.pk, person=city.people[2], role="listener", date=second_day),
        ],
        **city.as_alice,
    )
    correct_events([Correction(row=made.pk, seen={"date": SPRING}, becomes={"date": NEW_YEAR})], **city.as_alice)
    with city.seen():
        told = Participation.objects.order_by("pk").values_list("person", "role", "date")
        assert list(told) == [
            (city.people[0], "speaker", NEW_YEAR),
            (city.people[0], "organiser", NEW_YEAR),
            (city.people[1], "listener", NEW_YEAR),
            (city.people[2], "listener", second_day),
        ]
    with pytest.raises(Refused) as refused:
        hold_events(
            [NewEvent(**usual | {"title": "Вторые чтения"}, participants=(parts[0], parts[0]))], **city.as_alice
        )
    assert refusals(refused) == [(0, "participants.1.person", "Названо дважды")]


def test_one_enters_a_contest_a_person_or_a_team_or_an_organisation_and_gets_a_result(city: Town) -> None:
    (made,) = announce_contests([NewContest(title="Учитель года", kind="skill", date=SPRING)], **city.as_alice)
    with pytest.raises(Refused) as refused:
        enter_contests(
            [
                Entry(contest=made.pk),
                Entry(contest=made.pk, person=city.people[0], organisation=city.school),
            ],
            **city.as_alice,
        )
    assert refusals(refused) == [
        (0, "person", "Не указано, кто участвует"),
        (1, "person", "Участвует кто-то один: человек, команда или организация"),
    ]
    entries = enter_contests(
        [
            Entry(contest=made.pk, person=city.people[0]),
            Entry(contest=made.pk, organisation=city.school, date=NEW_YEAR),
        ],
        **city.as_alice,
    )
    tell_results([Correction(row=entries[0].pk, seen={"result": None}, becomes={"result": "winner"})], **city.as_alice)
    with city.seen():
        told = ContestEntry.objects.order_by("pk").values_list("person", "organisation", "result", "date")
        assert list(told) == [(city.people[0], None, "winner", SPRING), (None, city.school, None, NEW_YEAR)]
    with pytest.raises(Refused) as refused:
        tell_results(
            [Correction(row=entries[0].pk, seen={"result": None}, becomes={"result": "prize"})], **city.as_alice
        )
    assert refusals(refused) == [
        (0, "result", "Пока вы правили, это изменил кто-то другой: «Итог» теперь «победитель», а было «не заполнено»")
    ]


def test_a_town_enters_the_contests_of_its_region(city: Town) -> None:
    region = Territory.objects.create(key="регион", title="Регион", kind="region")
    Territory.objects.filter(pk=city.municipality).update(parent=region)
    told: dict[str, Any] = {"municipality": region.pk, "by": ALICE}
    (made,) = announce_contests(
        [NewContest(title="Учитель года", kind="skill", level="regional", held_by=region.pk, date=SPRING)], **told
    )
    enter_contests([Entry(contest=made.pk, person=city.people[0])], **city.as_alice)
    with scope([city.municipality], ALICE):
        assert ContestEntry.objects.values_list("contest", "date").get() == (made.pk, SPRING)


def test_an_association_recommends_a_material_once_and_not_before_it_was_made(city: Town) -> None:
    (circle,) = found_associations(
        [NewAssociation(title="ГМО", kind="subject", level="municipal", since=AUTUMN)], **city.as_alice
    )
    (made,) = record_materials(
        [NewMaterial(title="Сборник", kind="methodical", person=city.people[0], date=NEW_YEAR)], **city.as_alice
    )
    approval: dict[str, Any] = {"material": made.pk, "association": circle.pk, "protocol": "№ 3"}
    with pytest.raises(Refused) as refused:
        recommend_materials([Approval(**approval, recommended_on=AUTUMN)], **city.as_alice)
    early = "Рекомендован раньше, чем подготовлен (01.01.2022)"
    assert refusals(refused) == [(0, "recommended_on", early)]
    (row,) = recommend_materials([Approval(**approval, recommended_on=SPRING)], **city.as_alice)
    assert (row.association_id, row.protocol, row.recommended_on) == (circle.pk, "№ 3", SPRING)
    with pytest.raises(Refused) as refused:
        recommend_materials([Approval(**approval, recommended_on=SPRING)], **city.as_alice)
    assert refusals(refused) == [(0, "material", "Материал уже рекомендован")]
    with pytest.raises(Refused) as refused:
        correct_materials(
            [Correction(row=made.pk, seen={"recommended_on": SPRING}, becomes={"recommended_on": AUTUMN})],
            **city.as_alice,
        )
    assert refusals(refused) == [(0, "recommended_on", early)]


def test_with_a_project_ends_the_participation_in_it(city: Town) -> None:
    (project,) = begin_projects([NewProject(title="Мост", form="project", since=AUTUMN)], **city.as_alice)
    with pytest.raises(Refused) as refused:
        join_projects([NewParticipant(project=project.pk, since=AUTUMN)], **city.as_alice)
    assert refusals(refused) == [(0, "person", "Не указано, кто участвует")]
    join_projects(
        [
            NewParticipant(project=project.pk, organisation=city.school, since=AUTUMN),
            NewParticipant(project=project.pk, person=city.people[0], since=AUTUMN, until=NEW_YEAR),
        ],
        **city.as_alice,
    )
    end_projects([Ending(row=project.pk, until=SPRING)], **city.as_alice)
    with city.seen():
        assert dict(ProjectParticipant.objects.values_list("organisation", "until")) == {
            city.school: SPRING,
            None: NEW_YEAR,
        }


def test_the_status_of_a_site_is_prolonged_without_a_new_beginning(city: Town) -> None:
    told: dict[str, Any] = {"organisation": city.school, "kind": "pilot", "title": "Наставничество"}
    (site,) = give_site_status([NewSite(**told, since=AUTUMN, until=NEW_YEAR)], **city.as_alice)
    with pytest.raises(Refused) as refused:
        prolong_sites([Ending(row=site.pk, until=AUTUMN, seen_until=NEW_YEAR)], **city.as_alice)
    assert refusals(refused) == [(0, "until", "Новый срок не позже прежнего (01.01.2022)")]
    prolong_sites([Ending(row=site.pk, until=SPRING, seen_until=NEW_YEAR)], **city.as_alice)
    with pytest.raises(Refused) as refused:
        give_site_status([NewSite(**told, since=NEW_YEAR)], **city.as_alice)
    assert [message for _, _, message in refusals(refused)] == [
        "На это время такая запись уже есть: пилотная, Наставничество, с 01.09.2021 по 28.02.2022"
    ]
    give_site_status([NewSite(**told | {"title": "Чтение"}, since=NEW_YEAR)], **city.as_alice)
    end_sites([Ending(row=site.pk, until=NEW_YEAR, seen_until=SPRING)], **city.as_alice)
    with city.seen():
        assert list(InnovationSite.objects.order_by("pk").values_list("since", "until")) == [
            (AUTUMN, NEW_YEAR),
            (NEW_YEAR, None),
        ]
