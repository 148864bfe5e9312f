"""Organisations open, change their name and status, close, and become a part of others."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from opora.people.domain.duty import Appointment, appoint
from opora.people.domain.employment import Job, employ
from opora.people.domain.organisation import (
    NewOrganisation,
    NewStatus,
    correct_organisations,
    declare_status,
    lift_status,
    open_organisations,
    rename,
)
from opora.people.domain.organisation_ends import Merger, close, merge_organisations
from opora.people.domain.staffing import OpenPost, StaffedPost, open_vacancies, set_staffing
from opora.people.domain.teaching import Lessons, assign_teaching
from opora.people.domain.team import NewMember, NewTeam, form_teams, join_teams
from opora.people.models import (
    Employment,
    Organisation,
    OrganisationStatus,
    Responsibility,
    Staffing,
    Teaching,
    Team,
    TeamMember,
    Vacancy,
)
from opora.registry.batch import Correction, Ending
from opora.registry.models import Trail
from opora.registry.verbs import Refused
from tests.people.town import AUTUMN, NEW_YEAR, SPRING, Town, refusals

THE_REST = OrganisationStatus, Responsibility, Staffing, Team, TeamMember, Vacancy


def busy_school(town: Town) -> None:
    """Everything that an organisation can have, with two people: one works in the gymnasium too."""
    school = town.school
    usual: dict[str, Any] = {"staff_group": "educator", "post": "teacher", "since": AUTUMN}
    employ(
        [
            Job(person=town.people[0], organisation=school, kind="main", rate=1.0, **usual),
            Job(person=town.people[1], organisation=school, kind="main", rate=0.5, **usual | {"since": SPRING}),
            Job(person=town.people[0], organisation=town.gymnasium, kind="external", **usual),
        ],
        **town.as_alice,
    )
    assign_teaching(
        [
            Lessons(person=town.people[0], organisation=school, subject="история", hours=18, since=AUTUMN),
            Lessons(person=town.people[0], organisation=town.gymnasium, subject="история", hours=4, since=AUTUMN),
        ],
        **town.as_alice,
    )
    set_staffing([StaffedPost(organisation=school, post="teacher", planned_rate=2, since=AUTUMN)], **town.as_alice)
    open_vacancies([OpenPost(organisation=school, post="tutor", since=AUTUMN)], **town.as_alice)
    declare_status([NewStatus(organisation=school, status="leading", since=AUTUMN)], **town.as_alice)
    appoint([Appointment(person=town.people[2], organisation=school, area="mentoring", since=AUTUMN)], **town.as_alice)
    (team,) = form_teams([NewTeam(organisation=school, kind="management", since=AUTUMN)], **town.as_alice)
    join_teams([NewMember(team=team.pk, person=town.people[2], since=AUTUMN)], **town.as_alice)


def test_an_organisation_is_opened_and_renamed_and_its_old_name_is_in_the_trail(city: Town) -> None:
    (made,) = open_organisations(
        [NewOrganisation(title="МБДОУ «Ёлочка»", kind="preschool", since=AUTUMN)], **city.as_alice
    )
    rename([Correction(row=made.pk, seen={"title": made.title}, becomes={"title": "МАДОУ «Ёлочка»"})], **city.as_alice)
    with city.seen():
        assert Organisation.objects.get(pk=made.pk).title == "МАДОУ «Ёлочка»"
        told = Trail.objects.filter(table_name="organisation", row_id=made.pk, action="update").get()
    assert told.changes is not None
    assert told.changes["title"] == ["МБДОУ «Ёлочка»", "МАДОУ «Ёлочка»"]
    with pytest.raises(ValueError, match="kind"):
        rename([Correction(row=made.pk, seen={"kind": "preschool"}, becomes={"kind": "school"})], **city.as_alice)


def test_a_status_has_its_dates_and_is_not_declared_twice_at_one_time(city: Town) -> None:
    (made,) = declare_status([NewStatus(organisation=city.school, status="low_results", since=AUTUMN)], **city.as_alice)
    with pytest.raises(Refused) as refused:
        declare_status([NewStatus(organisation=city.school, status="low_results", since=SPRING)], **city.as_alice)
    assert refusals(refused) == [
        (0, "", "На это время такая запись уже есть: школа с низкими результатами, с 01.09.2021")
    ]
    lift_status([Ending(row=made.pk, until=NEW_YEAR)], **city.as_alice)
    declare_status(
        [
            NewStatus(organisation=city.school, status="low_results", since=NEW_YEAR),
            NewStatus(organisation=city.school, status="supported", since=NEW_YEAR),
        ],
        **city.as_alice,
    )
    with city.seen():
        assert OrganisationStatus.objects.count() == 3


def test_an_organisation_where_people_still_work_is_not_closed_and_they_are_named(city: Town) -> None:
    busy_school(city)
    with pytest.raises(Refused) as refused:
        close([Ending(row=city.school, until=NEW_YEAR)], **city.as_alice)
    assert refusals(refused) == [(0, "until", "После закрытия здесь ещё работают: Иванова-0, Иванова-1")]


def test_with_an_organisation_ends_what_belongs_to_it(city: Town) -> None:
    busy_school(city)
    with city.seen():
        Employment.objects.filter(organisation=city.school).delete()
    close([Ending(row=city.school, until=NEW_YEAR)], **city.as_alice)
    with city.seen():
        assert Organisation.objects.get(pk=city.school).until == NEW_YEAR
        for model in (*THE_REST, Teaching):
            rows = model.objects.exclude(**{"organisation": city.gymnasium} if model is Teaching else {"pk": 0})
            assert [row.until for row in rows] == [NEW_YEAR], model
    correct_organisations(
        [Correction(row=city.school, seen={"until": NEW_YEAR}, becomes={"until": None})], **city.as_alice
    )
    with city.seen():
        assert Organisation.objects.get(pk=city.school).until is None


def test_people_and_teaching_go_over_on_the_day_of_a_merger(city: Town) -> None:
    busy_school(city)
    (closed,) = merge_organisations(
        [Merger(organisation=city.school, into=city.gymnasium, on=NEW_YEAR)], **city.as_alice
    )
    assert (closed.pk, closed.until) == (city.school, NEW_YEAR)
    one, other = city.people[:2]
    with city.seen():
        jobs = Employment.objects.order_by("person", "since", "pk")
        told = list(jobs.values_list("person", "organisation", "kind", "since", "until", "rate"))
        lessons = Teaching.objects.order_by("since", "pk").values_list("organisation", "hours", "since", "until")
        assert told == [
            (one, city.school, "main", AUTUMN, NEW_YEAR, 1.0),
            (one, city.gymnasium, "external", AUTUMN, None, None),
            (one, city.gymnasium, "main", NEW_YEAR, None, 1.0),
            (other, city.gymnasium, "main", SPRING, None, 0.5),
        ]
        assert list(lessons) == [
            (city.school, 18.0, AUTUMN, NEW_YEAR),
            (city.gymnasium, 4.0, AUTUMN, None),
            (city.gymnasium, 18.0, NEW_YEAR, None),
        ]
        for model in THE_REST:
            assert [row.until for row in model.objects.all()] == [NEW_YEAR], model


def test_a_merger_into_what_is_closed_or_itself_merged_is_refused(city: Town) -> None:
    (third,) = open_organisations([NewOrganisation(title="Третья", kind="school", since=SPRING)], **city.as_alice)
    with pytest.raises(Refused) as refused:
        merge_organisations(
            [
                Merger(organisation=city.school, into=city.gymnasium, on=NEW_YEAR),
                Merger(organisation=city.gymnasium, into=third.pk, on=NEW_YEAR),
                Merger(organisation=third.pk, into=10**15, on=NEW_YEAR),
            ],
            **city.as_alice,
        )
    assert refusals(refused) == [
        (0, "into", "«Гимназия (город)» сама присоединяется к другой"),
        (1, "into", "«Третья» сама присоединяется к другой"),
        (2, "into", "Такой организации нет"),
        (2, "on", "«Третья» в этот день ещё не работала"),
    ]
    close([Ending(row=third.pk, until=dt.date(2022, 9, 1))], **city.as_alice)
    with pytest.raises(Refused) as refused:
        merge_organisations(
            [
                Merger(organisation=city.school, into=third.pk, on=SPRING),
                Merger(organisation=third.pk, into=city.gymnasium, on=SPRING),
            ],
            **city.as_alice,
        )
    assert refusals(refused) == [
        (0, "into", "«Третья» сама присоединяется к другой"),
        (1, "organisation", "«Третья» уже закрыта"),
    ]
