"""Leave, teaching, staffing, vacancies, education, experience, teams, duties: what each verb promises."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from opora.people.domain.duty import Appointment, Expertise, appoint, end_expert_roles, give_expert_roles, relieve
from opora.people.domain.education import Diploma, Ruling, correct_rulings, record_education, rule_on_profile
from opora.people.domain.employment import Job, employ
from opora.people.domain.experience import StatedExperience, state_experience
from opora.people.domain.leave import Absence, correct_leaves, go_on_leave, return_from_leave
from opora.people.domain.staffing import (
    OpenPost,
    StaffedPost,
    close_vacancies,
    correct_staffing,
    open_vacancies,
    set_staffing,
)
from opora.people.domain.teaching import Lessons, assign_teaching, correct_teaching, end_teaching
from opora.people.domain.team import NewMember, NewTeam, dissolve_teams, form_teams, join_teams, leave_teams
from opora.people.models import Leave, ProfileMatch, Responsibility, Staffing, Teaching, TeamMember, Vacancy
from opora.records.models import Document
from opora.registry.batch import Correction, Ending
from opora.registry.verbs import Refused
from tests.people.town import AUTUMN, NEW_YEAR, SPRING, Town, refusals


def hired(town: Town, person: int = 0, **told: Any) -> None:
    usual: dict[str, Any] = {"staff_group": "educator", "post": "teacher", "kind": "main", "since": AUTUMN}
    employ([Job(person=town.people[person], organisation=town.school, **usual | told)], **town.as_alice)


def test_leave_begins_and_ends(city: Town) -> None:
    (made,) = go_on_leave([Absence(person=city.people[0], kind="childcare", since=AUTUMN)], **city.as_alice)
    with pytest.raises(Refused) as refused:
        go_on_leave([Absence(person=city.people[0], kind="childcare", since=SPRING)], **city.as_alice)
    assert refusals(refused) == [(0, "", "На это время такая запись уже есть: по уходу за ребёнком, с 01.09.2021")]
    return_from_leave([Ending(row=made.pk, until=SPRING)], **city.as_alice)
    go_on_leave([Absence(person=city.people[0], kind="childcare", since=SPRING)], **city.as_alice)
    with city.seen():
        assert list(Leave.objects.order_by("since").values_list("since", "until")) == [(AUTUMN, SPRING), (SPRING, None)]


def test_a_correction_must_not_make_two_states_overlap_but_may_leave_what_was_so(city: Town) -> None:
    go_on_leave(
        [
            Absence(person=city.people[0], kind="long", since=AUTUMN, until=NEW_YEAR),
            Absence(person=city.people[0], kind="long", since=NEW_YEAR),
        ],
        **city.as_alice,
    )
    with city.seen():
        first = Leave.objects.order_by("since")[0]
    longer = Correction(row=first.pk, seen={"until": NEW_YEAR}, becomes={"until": SPRING})
    with pytest.raises(Refused) as refused:
        correct_leaves([longer], **city.as_alice)
    assert refusals(refused) == [(0, "", "На это время такая запись уже есть: длительный отпуск, с 01.01.2022")]
    with city.seen():
        Leave.objects.filter(pk=first.pk).update(until=None)
    correct_leaves(
        [Correction(row=first.pk, seen={"observed_on": None}, becomes={"observed_on": SPRING})], **city.as_alice
    )


def test_teaching_needs_a_job_there_at_that_time(city: Town) -> None:
    hired(city, until=NEW_YEAR)
    lessons: dict[str, Any] = {"person": city.people[0], "organisation": city.school, "subject": "история"}
    with pytest.raises(Refused) as refused:
        assign_teaching(
            [Lessons(**lessons, since=SPRING), Lessons(**lessons | {"organisation": city.gymnasium})], **city.as_alice
        )
    no_job = "В это время человек не работает в этой организации"
    assert refusals(refused) == [(0, "organisation", no_job), (1, "organisation", no_job)]
    (made,) = assign_teaching([Lessons(**lessons, since=AUTUMN, hours=18)], **city.as_alice)
    correct_teaching([Correction(row=made.pk, seen={"hours": 18.0}, becomes={"hours": 20})], **city.as_alice)
    end_teaching([Ending(row=made.pk, until=NEW_YEAR)], **city.as_alice)
    with city.seen():
        assert Teaching.objects.values_list("hours", "until").get() == (20.0, NEW_YEAR)


def test_staffing_of_a_day_takes_the_place_of_what_was_before(city: Town) -> None:
    def post(since: dt.date, rate: float, subject: str | None = "история") -> StaffedPost:
        return StaffedPost(organisation=city.school, post="teacher", subject=subject, planned_rate=rate, since=since)

    set_staffing([post(AUTUMN, 1), post(AUTUMN, 5, None)], **city.as_alice)
    set_staffing([post(SPRING, 3)], **city.as_alice)
    set_staffing([post(NEW_YEAR, 2)], **city.as_alice)
    with city.seen():
        told = Staffing.objects.filter(subject="история").order_by("since")
        assert list(told.values_list("planned_rate", "since", "until")) == [
            (1.0, AUTUMN, NEW_YEAR),
            (2.0, NEW_YEAR, SPRING),
            (3.0, SPRING, None),
        ]
        first = told[0]
    with pytest.raises(Refused) as refused:
        set_staffing([post(SPRING, 4)], **city.as_alice)
    assert refusals(refused) == [(0, "since", "На этот же день уже записано: учитель, история, с 01.03.2022")]
    with pytest.raises(Refused):
        correct_staffing([Correction(row=first.pk, seen={"until": NEW_YEAR}, becomes={"until": None})], **city.as_alice)


def test_two_equal_vacancies_are_two_vacant_posts(city: Town) -> None:
    vacancy = OpenPost(organisation=city.school, post="tutor", rate=1, since=AUTUMN)
    first, _ = open_vacancies([vacancy, vacancy], **city.as_alice)
    close_vacancies([Ending(row=first.pk, until=SPRING)], **city.as_alice)
    with city.seen():
        assert sorted(Vacancy.objects.values_list("until", flat=True), key=str) == [SPRING, None]


def test_a_diploma_is_recorded_once(city: Town) -> None:
    diploma = Diploma(person=city.people[0], level="higher", speciality="История", date=dt.date(2005, 6, 30))
    record_education([diploma], **city.as_alice)
    with pytest.raises(Refused) as refused:
        record_education([diploma], **city.as_alice)
    assert refusals(refused) == [(0, "", "Такая запись уже есть: высшее, История, 30.06.2005")]


def test_one_ruling_on_a_speciality_and_a_subject_which_can_be_corrected(city: Town) -> None:
    ruling = Ruling(speciality="История", subject="обществознание", fits=True, ruled_by="методсовет")
    (made,) = rule_on_profile([ruling], **city.as_alice)
    other = Ruling(speciality="История", subject="обществознание", fits=False)
    with pytest.raises(Refused) as refused:
        rule_on_profile([other, other], **city.as_alice)
    taken = "«История — обществознание» уже есть"
    assert refusals(refused)[0] == (0, "speciality", taken)
    correct_rulings([Correction(row=made.pk, seen={"fits": True}, becomes={"fits": False})], **city.as_alice)
    with city.seen():
        assert ProfileMatch.objects.values_list("fits", "ruled_by").get() == (False, "методсовет")


def test_of_one_kind_of_experience_one_number_is_stated_on_a_day(city: Town) -> None:
    stated = StatedExperience(person=city.people[0], kind="total", years=10, date=AUTUMN)
    state_experience([stated], **city.as_alice)
    with pytest.raises(Refused) as refused:
        state_experience(
            [StatedExperience(person=city.people[0], kind="total", years=11, date=AUTUMN)], **city.as_alice
        )
    assert refusals(refused) == [(0, "", "На это время такая запись уже есть: общий, 01.09.2021")]
    with pytest.raises(Refused) as refused:
        state_experience(
            [StatedExperience(person=city.people[0], kind="total", years=2**63, date=SPRING)], **city.as_alice
        )
    assert refusals(refused) == [(0, "years", "«Лет»: слишком большое число")]


def test_a_team_takes_members_and_takes_them_along_when_it_is_dissolved(city: Town) -> None:
    (team,) = form_teams([NewTeam(organisation=city.school, kind="creative", since=AUTUMN)], **city.as_alice)
    members = join_teams(
        [NewMember(team=team.pk, person=person, since=AUTUMN) for person in city.people], **city.as_alice
    )
    leave_teams([Ending(row=members[0].pk, until=NEW_YEAR)], **city.as_alice)
    dissolve_teams([Ending(row=team.pk, until=SPRING)], **city.as_alice)
    with city.seen():
        ends = dict(TeamMember.objects.values_list("person", "until"))
    assert ends == {city.people[0]: NEW_YEAR, city.people[1]: SPRING, city.people[2]: SPRING}
    with pytest.raises(Refused) as refused:
        join_teams([NewMember(team=team.pk, person=city.people[0], since=SPRING)], **city.as_alice)
    assert refusals(refused) == [
        (0, "team", "«Команда» — только по 28.02.2022: творческая группа, с 01.09.2021 по 28.02.2022")
    ]


def test_a_curator_is_appointed_by_an_order_and_relieved(city: Town) -> None:
    with city.seen():
        order = Document.objects.create(municipality_id=city.municipality, kind="order", number="12-од")
    curator = Appointment(
        person=city.people[0], organisation=city.school, area="mentoring", document=order.pk, since=AUTUMN
    )
    (made,) = appoint([curator], **city.as_alice)
    relieve([Ending(row=made.pk, until=SPRING)], **city.as_alice)
    with city.seen():
        assert Responsibility.objects.values_list("document", "until").get() == (order.pk, SPRING)
    with pytest.raises(Refused) as refused:
        appoint([Appointment(person=city.people[1], area="mentoring", document=order.pk + 1)], **city.as_alice)
    assert refusals(refused) == [(0, "document", "«Приказ»: в таблице «Документы» такой строки нет")]


def test_an_expert_has_a_role_for_a_time(city: Town) -> None:
    role = Expertise(person=city.people[0], role="jury", area="contests", level="municipal", since=AUTUMN)
    (made,) = give_expert_roles([role], **city.as_alice)
    end_expert_roles([Ending(row=made.pk, until=SPRING)], **city.as_alice)
    with pytest.raises(Refused) as refused:
        give_expert_roles([role], **city.as_alice)
    assert [message for _, _, message in refusals(refused)] == [
        "На это время такая запись уже есть: член жюри, профессиональные конкурсы, с 01.09.2021 по 28.02.2022"
    ]
