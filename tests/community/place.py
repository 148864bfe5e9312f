"""A town with so many associations, and what people do in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from opora.community.domain.association import NewAssociation, found_associations
from opora.community.domain.event import NewEvent, Part, hold_events
from opora.community.domain.meeting import NewMeeting, Seat, hold_meetings
from opora.community.domain.membership import NewMembership, join
from opora.community.domain.project import NewParticipant, NewProject, begin_projects, join_projects
from opora.community.domain.site import NewSite, give_site_status
from tests.people.town import AUTUMN, NEW_YEAR, SPRING, Town, town


class Place:
    def __init__(self, size: int, key: str = "город") -> None:
        self.town: Town = town(f"{key}-{size}", people=2 * size)
        self.size = size
        self.told = self.town.as_alice
        self.people = self.town.people[:size]
        self.others = self.town.people[size:]

    def circles(self, name: str = "МО") -> list[NewAssociation]:
        return [
            NewAssociation(title=f"{name} {number}", kind="subject", level="municipal", head=head, since=AUTUMN)
            for number, head in enumerate(self.people)
        ]

    def founded(self, name: str = "МО") -> list[int]:
        return ids(found_associations(self.circles(name), **self.told))

    def members(self) -> list[NewMembership]:
        both = zip(self.founded(), self.people, strict=True)
        return [NewMembership(association=association, person=person, since=AUTUMN) for association, person in both]

    def joined(self) -> list[int]:
        return ids(join(self.members(), **self.told))

    def meetings(self) -> list[NewMeeting]:
        came = tuple(Seat(person=person) for person in self.people)
        return [NewMeeting(association=each, date=SPRING, attendance=came[:2]) for each in self.founded()]

    def met(self) -> list[int]:
        return ids(hold_meetings(self.meetings(), **self.told))

    def events(self) -> list[NewEvent]:
        came = tuple(Part(person=person, role="listener") for person in self.people)
        usual: dict[str, Any] = {"kind": "seminar", "date": SPRING, "participants": came[:2]}
        return [NewEvent(title=f"Семинар {number}", **usual) for number in range(self.size)]

    def held(self) -> list[int]:
        return ids(hold_events(self.events(), **self.told))

    def projects(self) -> list[NewProject]:
        return [NewProject(title=f"Проект {number}", form="project", since=AUTUMN) for number in range(self.size)]

    def begun(self) -> list[int]:
        return ids(begin_projects(self.projects(), **self.told))

    def participants(self) -> list[NewParticipant]:
        both = zip(self.begun(), self.people, strict=True)
        return [NewParticipant(project=project, person=person, since=AUTUMN) for project, person in both]

    def taking_part(self) -> list[int]:
        return ids(join_projects(self.participants(), **self.told))

    def sites(self) -> list[NewSite]:
        usual: dict[str, Any] = {"organisation": self.town.school, "kind": "pilot", "since": AUTUMN, "until": NEW_YEAR}
        return [NewSite(title=f"Тема {number}", **usual) for number in range(self.size)]

    def given(self) -> list[int]:
        return ids(give_site_status(self.sites(), **self.told))


def ids(rows: Sequence[Any]) -> list[int]:
    return [row.pk for row in rows]
