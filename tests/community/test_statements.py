"""A batch of fifty costs as many SQL statements as a batch of one, whatever the verb of community."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from opora.community.domain.association import (
    appoint_heads,
    close_associations,
    correct_associations,
    found_associations,
)
from opora.community.domain.contest import (
    Entry,
    NewContest,
    announce_contests,
    correct_contests,
    correct_entries,
    enter_contests,
    tell_results,
)
from opora.community.domain.event import NewPart, correct_events, correct_participation, hold_events, take_part
from opora.community.domain.experience import (
    Approval,
    NewMaterial,
    NewPractice,
    NewPresentation,
    NewPublication,
    close_practices,
    correct_materials,
    correct_practices,
    correct_presentations,
    correct_publications,
    open_practices,
    recommend_materials,
    record_materials,
    record_presentations,
    record_publications,
)
from opora.community.domain.meeting import Mark, correct_attendance, correct_meetings, hold_meetings, mark_attendance
from opora.community.domain.membership import Move, carry, correct_memberships, join, leave
from opora.community.domain.project import (
    begin_projects,
    correct_participants,
    correct_projects,
    end_projects,
    join_projects,
    leave_projects,
)
from opora.community.domain.site import correct_sites, end_sites, give_site_status, prolong_sites
from opora.community.domain.theme import NewTheme, correct_themes, end_themes, set_themes
from opora.community.models import Association, Project
from opora.registry.batch import Correction, Ending
from tests.community.place import Place, ids
from tests.people.town import AUTUMN, NEW_YEAR, SPRING, counted

MANY = 50
Batch = Sequence[Any]


def endings(rows: Sequence[int]) -> list[Ending]:
    return [Ending(row=pk, until=SPRING) for pk in rows]


def corrections(rows: Sequence[int], field: str, seen: Any, becomes: Any) -> list[Correction]:
    return [Correction(row=pk, seen={field: seen}, becomes={field: becomes}) for pk in rows]


def themes(p: Place) -> list[NewTheme]:
    return [NewTheme(title="Грамотность", association=pk, since=AUTUMN) for pk in p.founded()]


def contest(p: Place) -> int:
    return announce_contests([NewContest(title="Учитель года", kind="skill", date=SPRING)], **p.told)[0].pk


def contests(p: Place) -> list[NewContest]:
    return [NewContest(title=f"Конкурс {n}", kind="skill", date=SPRING) for n in range(p.size)]


def entries(p: Place) -> list[Entry]:
    announced = contest(p)
    return [Entry(contest=announced, person=person) for person in p.people]


def presentations(p: Place) -> list[NewPresentation]:
    both = zip(p.people, p.held(), strict=True)
    return [NewPresentation(person=person, event=event, date=SPRING) for person, event in both]


def publications(p: Place) -> list[NewPublication]:
    return [NewPublication(person=person, title="Урок", date=SPRING) for person in p.people]


def materials(p: Place) -> list[NewMaterial]:
    return [NewMaterial(person=person, title="Сборник", kind="methodical", date=AUTUMN) for person in p.people]


def approvals(p: Place) -> list[Approval]:
    both = zip(ids(record_materials(materials(p), **p.told)), p.founded(), strict=True)
    return [Approval(material=pk, association=by, recommended_on=SPRING) for pk, by in both]


def practices(p: Place) -> list[NewPractice]:
    return [NewPractice(title="Практика", person=person, since=AUTUMN) for person in p.people]


FAMILIES: dict[str, tuple[Callable[[Place], Batch], Callable[..., Any]]] = {
    "found associations": (lambda p: p.circles(), found_associations),
    "close associations": (lambda p: p.joined() and endings(circles_of(p)), close_associations),
    "appoint heads": (
        lambda p: [
            Correction(row=pk, seen={"head": old}, becomes={"head": new})
            for pk, old, new in zip(p.founded(), p.people, p.others, strict=True)
        ],
        appoint_heads,
    ),
    "correct associations": (
        lambda p: p.joined() and corrections(circles_of(p), "until", None, SPRING),
        correct_associations,
    ),
    "join": (lambda p: p.members(), join),
    "leave": (lambda p: endings(p.joined()), leave),
    "carry": (
        lambda p: [
            Move(row=pk, until=SPRING, into=into) for pk, into in zip(p.joined(), p.founded("Клуб"), strict=True)
        ],
        carry,
    ),
    "correct memberships": (lambda p: corrections(p.joined(), "since", AUTUMN, SPRING), correct_memberships),
    "hold meetings": (lambda p: p.meetings(), hold_meetings),
    "mark attendance": (
        lambda p: [Mark(meeting=pk, person=who) for pk, who in zip(p.met(), p.others, strict=True)],
        mark_attendance,
    ),
    "correct meetings": (lambda p: corrections(p.met(), "date", SPRING, NEW_YEAR), correct_meetings),
    "correct attendance": (
        lambda p: corrections(
            ids(mark_attendance([Mark(meeting=m, person=w) for m, w in zip(p.met(), p.others, strict=True)], **p.told)),
            "present",
            True,
            False,
        ),
        correct_attendance,
    ),
    "set themes": (themes, set_themes),
    "end themes": (lambda p: endings(ids(set_themes(themes(p), **p.told))), end_themes),
    "correct themes": (
        lambda p: corrections(ids(set_themes(themes(p), **p.told)), "title", "Грамотность", "Чтение"),
        correct_themes,
    ),
    "hold events": (lambda p: p.events(), hold_events),
    "take part": (
        lambda p: [NewPart(event=pk, person=who) for pk, who in zip(p.held(), p.others, strict=True)],
        take_part,
    ),
    "correct events": (lambda p: corrections(p.held(), "date", SPRING, NEW_YEAR), correct_events),
    "correct participation": (
        lambda p: corrections(
            ids(take_part([NewPart(event=e, person=w) for e, w in zip(p.held(), p.others, strict=True)], **p.told)),
            "role",
            None,
            "speaker",
        ),
        correct_participation,
    ),
    "announce contests": (contests, announce_contests),
    "correct contests": (
        lambda p: corrections(ids(announce_contests(contests(p), **p.told)), "status", None, True),
        correct_contests,
    ),
    "enter contests": (entries, enter_contests),
    "tell results": (
        lambda p: corrections(ids(enter_contests(entries(p), **p.told)), "result", None, "winner"),
        tell_results,
    ),
    "correct entries": (
        lambda p: corrections(ids(enter_contests(entries(p), **p.told)), "date", SPRING, NEW_YEAR),
        correct_entries,
    ),
    "record presentations": (presentations, record_presentations),
    "correct presentations": (
        lambda p: corrections(ids(record_presentations(presentations(p), **p.told)), "title", None, "Урок"),
        correct_presentations,
    ),
    "record publications": (publications, record_publications),
    "correct publications": (
        lambda p: corrections(ids(record_publications(publications(p), **p.told)), "form", None, "print"),
        correct_publications,
    ),
    "record materials": (materials, record_materials),
    "recommend materials": (approvals, recommend_materials),
    "correct materials": (
        lambda p: corrections(ids(record_materials(materials(p), **p.told)), "outlet", None, "Сайт"),
        correct_materials,
    ),
    "open practices": (practices, open_practices),
    "close practices": (lambda p: endings(ids(open_practices(practices(p), **p.told))), close_practices),
    "correct practices": (
        lambda p: corrections(ids(open_practices(practices(p), **p.told)), "url", None, "example.org"),
        correct_practices,
    ),
    "begin projects": (lambda p: p.projects(), begin_projects),
    "end projects": (lambda p: p.taking_part() and endings(projects_of(p)), end_projects),
    "correct projects": (
        lambda p: p.taking_part() and corrections(projects_of(p), "until", None, SPRING),
        correct_projects,
    ),
    "join projects": (lambda p: p.participants(), join_projects),
    "leave projects": (lambda p: endings(p.taking_part()), leave_projects),
    "correct participants": (lambda p: corrections(p.taking_part(), "since", AUTUMN, SPRING), correct_participants),
    "give site status": (lambda p: p.sites(), give_site_status),
    "prolong sites": (
        lambda p: [Ending(row=pk, until=SPRING, seen_until=NEW_YEAR) for pk in p.given()],
        prolong_sites,
    ),
    "end sites": (lambda p: [Ending(row=pk, until=AUTUMN, seen_until=NEW_YEAR) for pk in p.given()], end_sites),
    "correct sites": (lambda p: corrections(p.given(), "level", None, "municipal"), correct_sites),
}


def circles_of(p: Place) -> list[int]:
    with p.town.seen():
        return list(Association.objects.values_list("pk", flat=True))


def projects_of(p: Place) -> list[int]:
    with p.town.seen():
        return list(Project.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("family", FAMILIES)
def test_the_number_of_statements_does_not_depend_on_the_size_of_the_batch(empty_registry: None, family: str) -> None:
    prepared, verb = FAMILIES[family]
    numbers = []
    for size in (1, MANY):
        place = Place(size)
        batch = prepared(place)
        with counted() as number:
            made = verb(batch, **place.told)
        assert len(made) == size
        numbers += number
    assert numbers[0] == numbers[1]
