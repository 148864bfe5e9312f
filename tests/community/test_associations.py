"""Associations, who is in them, their meetings and themes: what each verb promises."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from opora.community.domain.association import (
    NewAssociation,
    appoint_heads,
    close_associations,
    correct_associations,
    found_associations,
)
from opora.community.domain.meeting import Mark, NewMeeting, Seat, correct_meetings, hold_meetings, mark_attendance
from opora.community.domain.membership import Move, NewMembership, carry, join, leave
from opora.community.domain.theme import NewTheme, set_themes
from opora.community.models import Association, Attendance, Meeting, Membership, MethodicalTheme
from opora.registry.batch import Correction, Ending
from opora.registry.verbs import Refused
from tests.people.town import AUTUMN, BOB, NEW_YEAR, SPRING, Town, refusals, town


def founded(town: Town, title: str = "ГМО историков", **told: Any) -> Association:
    usual: dict[str, Any] = {"kind": "subject", "level": "municipal", "since": AUTUMN}
    return found_associations([NewAssociation(title=title, **usual | told)], **town.as_alice)[0]


def test_a_new_head_takes_the_place_of_the_old_one_and_nothing_else_of_the_association_changes(city: Town) -> None:
    made = founded(city, head=city.people[0])
    appoint_heads(
        [Correction(row=made.pk, seen={"head": city.people[0]}, becomes={"head": city.people[1]})], **city.as_alice
    )
    with city.seen():
        assert Association.objects.values_list("pk", "head", "since", "until").get() == (
            made.pk,
            city.people[1],
            AUTUMN,
            None,
        )
    with pytest.raises(Refused) as refused:
        appoint_heads(
            [Correction(row=made.pk, seen={"head": city.people[0]}, becomes={"head": city.people[2]})],
            **city.as_alice,
        )
    assert refusals(refused) == [(0, "head", "Пока вы правили, это изменил кто-то другой: «Руководитель» изменилось")]


def test_membership_and_themes_end_with_the_association_unless_they_ended_before(city: Town) -> None:
    circle, club = founded(city), founded(city, "Клуб")
    told: dict[str, Any] = {"association": circle.pk, "since": AUTUMN}
    join(
        [
            NewMembership(**told, person=city.people[0], until=NEW_YEAR),
            NewMembership(**told, person=city.people[1]),
            NewMembership(**told | {"association": club.pk}, person=city.people[1]),
        ],
        **city.as_alice,
    )
    set_themes([NewTheme(title="Грамотность", association=circle.pk, since=AUTUMN)], **city.as_alice)
    close_associations([Ending(row=circle.pk, until=SPRING)], **city.as_alice)
    with city.seen():
        ends = Membership.objects.order_by("pk").values_list("person", "until")
        assert list(ends) == [(city.people[0], NEW_YEAR), (city.people[1], SPRING), (city.people[1], None)]
        assert MethodicalTheme.objects.get().until == SPRING
    with pytest.raises(Refused) as refused:
        join([NewMembership(**told, person=city.people[2])], **city.as_alice)
    assert refusals(refused) == [
        (
            0,
            "association",
            "«Объединение» — только по 28.02.2022: ГМО историков, предметное, с 01.09.2021 по 28.02.2022",
        )
    ]


def test_a_corrected_end_of_an_association_ends_membership_too(city: Town) -> None:
    circle = founded(city)
    join([NewMembership(association=circle.pk, person=city.people[0], since=AUTUMN)], **city.as_alice)
    correct_associations([Correction(row=circle.pk, seen={"until": None}, becomes={"until": SPRING})], **city.as_alice)
    with city.seen():
        assert Membership.objects.get().until == SPRING


def test_nobody_is_twice_in_an_association_at_one_time_but_may_come_back(city: Town) -> None:
    told: dict[str, Any] = {"association": founded(city).pk, "person": city.people[0]}
    (first,) = join([NewMembership(**told, since=AUTUMN)], **city.as_alice)
    with pytest.raises(Refused) as refused:
        join([NewMembership(**told, since=SPRING), NewMembership(**told, since=NEW_YEAR)], **city.as_alice)
    assert [(row, message) for row, _, message in refusals(refused)] == [
        (0, "На это время такая запись уже есть: с 01.09.2021"),
        (1, "На это время такая запись уже есть: с 01.09.2021"),
    ]
    leave([Ending(row=first.pk, until=NEW_YEAR)], **city.as_alice)
    join([NewMembership(**told, since=SPRING)], **city.as_alice)


def test_members_go_over_from_one_association_to_another_on_a_day(city: Town) -> None:
    old, new = founded(city), founded(city, "Объединение историков и обществоведов")
    members = join(
        [NewMembership(association=old.pk, person=person, since=AUTUMN) for person in city.people[:2]], **city.as_alice
    )
    with pytest.raises(Refused) as refused:
        carry([Move(row=members[0].pk, until=SPRING, into=old.pk)], **city.as_alice)
    assert refusals(refused) == [(0, "into", "Это то же самое объединение")]
    carry([Move(row=row.pk, until=SPRING, into=new.pk) for row in members], **city.as_alice)
    with city.seen():
        told = Membership.objects.order_by("person", "since").values_list("person", "association", "since", "until")
        assert list(told) == [
            (city.people[0], old.pk, AUTUMN, SPRING),
            (city.people[0], new.pk, SPRING, None),
            (city.people[1], old.pk, AUTUMN, SPRING),
            (city.people[1], new.pk, SPRING, None),
        ]


def test_a_meeting_is_entered_with_who_came_and_all_its_faults_are_told_at_once(city: Town) -> None:
    circle = founded(city)
    village = town("село")
    with pytest.raises(Refused) as refused:
        hold_meetings(
            [
                NewMeeting(association=circle.pk, date=dt.date(1821, 1, 1)),
                NewMeeting(
                    association=circle.pk,
                    date=SPRING,
                    subject_matter="пляски",
                    attendance=(
                        Seat(person=village.people[0]),
                        Seat(person=city.people[0]),
                        Seat(person=city.people[0]),
                    ),
                ),
            ],
            **city.as_alice,
        )
    assert refusals(refused) == [
        (0, "date", "«Дата»: год в дате 01.01.1821 не между 1900 и 2100"),
        (1, "subject_matter", "«Направление»: значения «пляски» нет в списке"),
        (1, "attendance.0.person", "«Человек»: в таблице «Люди» такой строки нет"),
        (1, "attendance.2.person", "Названо дважды"),
    ]
    told = tuple(Seat(person=person, present=number != 2) for number, person in enumerate(city.people))
    (made,) = hold_meetings([NewMeeting(association=circle.pk, date=SPRING, attendance=told)], **city.as_alice)
    with city.seen():
        assert list(Attendance.objects.order_by("pk").values_list("meeting", "person", "present", "date")) == [
            (made.pk, city.people[0], True, SPRING),
            (made.pk, city.people[1], True, SPRING),
            (made.pk, city.people[2], False, SPRING),
        ]


def test_the_same_people_may_come_to_two_meetings_that_are_entered_together(city: Town) -> None:
    circle = founded(city)
    came = tuple(Seat(person=person) for person in city.people)
    hold_meetings(
        [NewMeeting(association=circle.pk, date=day, attendance=came) for day in (NEW_YEAR, SPRING)], **city.as_alice
    )
    with city.seen():
        assert Attendance.objects.count() == 6


def test_who_came_is_marked_later_on_the_day_of_the_meeting_and_moves_with_it(city: Town) -> None:
    circle = founded(city)
    (made,) = hold_meetings([NewMeeting(association=circle.pk, date=SPRING)], **city.as_alice)
    mark_attendance([Mark(meeting=made.pk, person=city.people[0])], **city.as_alice)
    mark_attendance([Mark(meeting=made.pk, person=city.people[1], date=NEW_YEAR)], **city.as_alice)
    with pytest.raises(Refused) as refused:
        mark_attendance([Mark(meeting=made.pk, person=city.people[0], present=False)], **city.as_alice)
    assert refusals(refused) == [(0, "", "На это время такая запись уже есть: 01.03.2022")]
    later = SPRING + dt.timedelta(7)
    correct_meetings([Correction(row=made.pk, seen={"date": SPRING}, becomes={"date": later})], **city.as_alice)
    with city.seen():
        assert Meeting.objects.get().date == later
        assert dict(Attendance.objects.values_list("person", "date")) == {
            city.people[0]: later,
            city.people[1]: NEW_YEAR,
        }


def test_another_town_can_neither_change_our_associations_nor_join_them(city: Town) -> None:
    circle = founded(city)
    village = town("село")
    as_bob: dict[str, Any] = {"municipality": village.municipality, "by": BOB}
    with pytest.raises(Refused) as refused:
        close_associations([Ending(row=circle.pk, until=SPRING)], **as_bob)
    assert refusals(refused) == [(0, "row", "Такой строки нет, или её ведёт другая территория")]
    with pytest.raises(Refused) as refused:
        join([NewMembership(association=circle.pk, person=village.people[0])], **as_bob)
    assert refusals(refused) == [(0, "association", "«Объединение»: в таблице «Объединения» такой строки нет")]
