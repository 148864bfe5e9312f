"""A batch of fifty costs as many SQL statements as a batch of one, whatever the verb."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from opora.people.domain.attestation import Award, attest, correct_attestations
from opora.people.domain.duty import Appointment, Expertise, appoint, give_expert_roles, relieve
from opora.people.domain.education import Diploma, Ruling, record_education, rule_on_profile
from opora.people.domain.employment import (
    Job,
    NewTerms,
    Transfer,
    change_terms,
    correct_jobs,
    dismiss,
    employ,
    transfer,
)
from opora.people.domain.experience import StatedExperience, state_experience
from opora.people.domain.leave import Absence, go_on_leave, return_from_leave
from opora.people.domain.merge import OnePerson, merge_people
from opora.people.domain.organisation import NewOrganisation, NewStatus, declare_status, open_organisations, rename
from opora.people.domain.organisation_ends import Merger, close, merge_organisations
from opora.people.domain.person import NewPerson, correct_people, enter_people
from opora.people.domain.staffing import OpenPost, StaffedPost, close_vacancies, open_vacancies, set_staffing
from opora.people.domain.teaching import Lessons, assign_teaching, end_teaching
from opora.people.domain.team import NewMember, NewTeam, dissolve_teams, form_teams, join_teams
from opora.people.domain.unmerge import unmerge_people
from opora.people.models import Organisation, Person
from opora.registry.batch import Correction, Ending, archive, bring_back
from tests.people.town import AUTUMN, NEW_YEAR, SPRING, Town, counted, town

MANY = 50
Batch = Sequence[Any]
Made = Callable[..., Any]


class Place:
    """A town with an organisation for each of its people, and the work that is done there before what is counted."""

    def __init__(self, size: int) -> None:
        self.town: Town = town(f"город-{size}", people=size)
        self.size = size
        self.told = self.town.as_alice
        self.people = self.town.people
        self.others = [row.pk for row in self.enter([NewPerson(last_name=f"Петрова-{n}") for n in range(size)])]
        schools = [NewOrganisation(title=f"Школа {n}", kind="school") for n in range(2 * size)]
        made = open_organisations(schools, **self.told)
        self.schools = [row.pk for row in made[:size]]
        self.heirs = [row.pk for row in made[size:]]

    def enter(self, people: Sequence[NewPerson]) -> list[Person]:
        return enter_people(people, **self.told)

    def jobs(self, **told: Any) -> list[Job]:
        usual: dict[str, Any] = {"staff_group": "educator", "post": "teacher", "kind": "main", "rate": 1.0}
        usual |= {"since": AUTUMN} | told
        return [Job(person=p, organisation=o, **usual) for p, o in zip(self.people, self.schools, strict=True)]

    def employed(self) -> list[int]:
        return [row.pk for row in employ(self.jobs(), **self.told)]

    def taught(self) -> list[int]:
        self.employed()
        return [row.pk for row in assign_teaching(self.lessons(), **self.told)]

    def lessons(self) -> list[Lessons]:
        both = zip(self.people, self.schools, strict=True)
        return [Lessons(person=p, organisation=o, subject="история", since=AUTUMN) for p, o in both]

    def staffing(self, since: dt.date) -> list[StaffedPost]:
        return [StaffedPost(organisation=o, post="teacher", planned_rate=1, since=since) for o in self.schools]

    def vacancies(self) -> list[OpenPost]:
        return [OpenPost(organisation=o, post="tutor", since=AUTUMN) for o in self.schools]

    def awards(self, category: str, since: dt.date) -> list[Award]:
        return [Award(person=p, category=category, since=since, post="teacher") for p in self.people]

    def teams(self) -> list[int]:
        told = [NewTeam(organisation=o, kind="project", since=AUTUMN) for o in self.schools]
        return [row.pk for row in form_teams(told, **self.told)]

    def absences(self) -> list[Absence]:
        return [Absence(person=p, kind="long", since=AUTUMN) for p in self.people]

    def appointments(self) -> list[Appointment]:
        both = zip(self.people, self.schools, strict=True)
        return [Appointment(person=p, organisation=o, area="mentoring", since=AUTUMN) for p, o in both]

    def duplicates(self) -> list[OnePerson]:
        return [OnePerson(keep=k, duplicates=(d,)) for k, d in zip(self.others, self.people, strict=True)]


def endings(ids: Sequence[int]) -> list[Ending]:
    return [Ending(row=pk, until=SPRING) for pk in ids]


def ids(rows: Sequence[Any]) -> list[int]:
    return [row.pk for row in rows]


FAMILIES: dict[str, tuple[Callable[[Place], Batch], Made]] = {
    "enter people": (lambda p: [NewPerson(last_name=f"Новая-{n}") for n in range(p.size)], enter_people),
    "correct people": (
        lambda p: [Correction(row=pk, seen={"sex": None}, becomes={"sex": "female"}) for pk in p.people],
        correct_people,
    ),
    "employ": (lambda p: p.jobs(), employ),
    "dismiss": (lambda p: endings(p.employed()), dismiss),
    "transfer": (
        lambda p: [
            Transfer(job=job, on=SPRING, organisation=heir) for job, heir in zip(p.employed(), p.heirs, strict=True)
        ],
        transfer,
    ),
    "change terms": (
        lambda p: [NewTerms(job=pk, on=SPRING, becomes={"rate": 0.5}) for pk in p.employed()],
        change_terms,
    ),
    "correct jobs": (
        lambda p: [Correction(row=pk, seen={"rate": 1.0}, becomes={"rate": 0.5}) for pk in p.employed()],
        correct_jobs,
    ),
    "go on leave": (lambda p: p.absences(), go_on_leave),
    "return from leave": (lambda p: endings(ids(go_on_leave(p.absences(), **p.told))), return_from_leave),
    "assign teaching": (lambda p: p.employed() and p.lessons(), assign_teaching),
    "end teaching": (lambda p: endings(p.taught()), end_teaching),
    "set staffing": (lambda p: set_staffing(p.staffing(AUTUMN), **p.told) and p.staffing(SPRING), set_staffing),
    "open vacancies": (lambda p: p.vacancies(), open_vacancies),
    "close vacancies": (lambda p: endings(ids(open_vacancies(p.vacancies(), **p.told))), close_vacancies),
    "record education": (
        lambda p: [Diploma(person=pk, level="higher", date=AUTUMN) for pk in p.people],
        record_education,
    ),
    "rule on profile": (
        lambda p: [Ruling(speciality=f"История {n}", subject="история", fits=True) for n in range(p.size)],
        rule_on_profile,
    ),
    "state experience": (
        lambda p: [StatedExperience(person=pk, kind="total", years=3, date=AUTUMN) for pk in p.people],
        state_experience,
    ),
    "attest": (lambda p: attest(p.awards("first", AUTUMN), **p.told) and p.awards("highest", SPRING), attest),
    "correct attestations": (
        lambda p: [
            Correction(row=row.pk, seen={"category": "first"}, becomes={"category": "highest"})
            for row in attest(p.awards("first", AUTUMN), **p.told)
        ],
        correct_attestations,
    ),
    "open organisations": (
        lambda p: [NewOrganisation(title=f"Лицей {n}", kind="school") for n in range(p.size)],
        open_organisations,
    ),
    "rename": (
        lambda p: [
            Correction(row=pk, seen={"title": f"Школа {n}"}, becomes={"title": f"Лицей {n}"})
            for n, pk in enumerate(p.schools)
        ],
        rename,
    ),
    "declare status": (
        lambda p: [NewStatus(organisation=pk, status="leading", since=AUTUMN) for pk in p.schools],
        declare_status,
    ),
    "close": (lambda p: p.teams() and endings(p.schools), close),
    "merge organisations": (
        lambda p: (
            p.taught()
            and [Merger(organisation=a, into=b, on=NEW_YEAR) for a, b in zip(p.schools, p.heirs, strict=True)]
        ),
        merge_organisations,
    ),
    "dissolve teams": (
        lambda p: endings(
            [
                row.team_id
                for row in join_teams(
                    [NewMember(team=t, person=w, since=AUTUMN) for t, w in zip(p.teams(), p.people, strict=True)],
                    **p.told,
                )
            ]
        ),
        dissolve_teams,
    ),
    "appoint": (lambda p: p.appointments(), appoint),
    "relieve": (lambda p: endings(ids(appoint(p.appointments(), **p.told))), relieve),
    "give expert roles": (
        lambda p: [Expertise(person=pk, role="jury", since=AUTUMN) for pk in p.people],
        give_expert_roles,
    ),
    "archive": (lambda p: p.heirs, lambda batch, **told: archive(Organisation, batch, **told)),
    "bring back": (
        lambda p: ids(archive(Organisation, p.heirs, **p.told)),
        lambda batch, **told: bring_back(Organisation, batch, **told),
    ),
    "merge people": (lambda p: p.taught() and p.duplicates(), merge_people),
    "unmerge people": (lambda p: p.taught() and ids(merge_people(p.duplicates(), **p.told)), unmerge_people),
}


@pytest.mark.parametrize("family", FAMILIES)
def test_the_number_of_statements_does_not_depend_on_the_size_of_the_batch(empty_registry: None, family: str) -> None:
    prepared, verb = FAMILIES[family]
    numbers = []
    for size in (1, MANY):
        place = Place(size)
        batch = prepared(place)
        assert len(batch) == size
        with counted() as number:
            verb(batch, **place.told)
        numbers += number
    assert numbers[0] == numbers[1]
