"""The turn of the year: what is proposed, and what becomes of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from opora.community.domain.association import NewAssociation, found_associations
from opora.community.domain.membership import NewMembership, join, leave
from opora.community.domain.theme import NewTheme, set_themes
from opora.community.domain.year import Choice, Decision, Turned, What, turn
from opora.community.domain.year_proposals import Proposal, proposed
from opora.community.models import Association, Membership, MethodicalTheme
from opora.learning.domain.mentorship import Pair, begin_mentorships
from opora.learning.domain.plan import NewPlan, approve_plans
from opora.learning.models import Mentorship, TrainingPlan
from opora.people.domain.duty import Appointment, appoint
from opora.people.domain.employment import Job, dismiss, employ
from opora.people.models import Responsibility
from opora.records.models import Document
from opora.registry.batch import Ending
from opora.registry.models import Source, Trail
from opora.registry.verbs import Refused
from tests.people.town import AUTUMN, BOB, NEW_YEAR, SPRING, Town, counted, refusals, town

DAY = dt.date(2022, 9, 1)
MANY = 50
MEANWHILE = "Пока вы правили, это изменил кто-то другой"


class Year:
    """A town in which there is one of everything on 31 August 2022."""

    def __init__(self, town: Town) -> None:
        self.town, self.told = town, town.as_alice
        self.anna, self.boris, self.vera = town.people[:3]
        job: dict[str, Any] = {"staff_group": "educator", "post": "teacher", "kind": "main", "since": AUTUMN}
        self.jobs = employ(
            [Job(person=person, organisation=town.school, **job) for person in town.people[:3]], **self.told
        )
        circle = NewAssociation(title="ГМО", kind="subject", level="municipal", head=self.anna, since=AUTUMN)
        self.circle = found_associations([circle], **self.told)[0].pk
        self.member = self.join(self.boris)
        plan, theme = NewPlan(title="План на 2021/22", since=AUTUMN), NewTheme(title="Чтение", since=AUTUMN)
        self.plan = approve_plans([plan], **self.told)[0].pk
        self.theme = set_themes([theme], **self.told)[0].pk
        with town.seen():
            order = Document.objects.create(municipality_id=town.municipality, kind="order", number="1")
        pair = Pair(mentor=self.anna, mentee=self.boris, consent=True, order=order.pk, since=AUTUMN)
        self.pair = begin_mentorships([pair], **self.told)[0].pk
        curator = Appointment(
            person=self.boris, organisation=town.school, area="mentoring", document=order.pk, since=AUTUMN
        )
        self.curator = appoint([curator], **self.told)[0].pk

    def join(self, person: int, since: dt.date | None = AUTUMN, **told: Any) -> int:
        return join([NewMembership(association=self.circle, person=person, since=since, **told)], **self.told)[0].pk

    def leave_town(self, place: int) -> None:
        dismiss([Ending(row=self.jobs[place].pk, until=DAY)], **self.told)

    def proposed(self) -> list[Proposal]:
        return proposed(2022, **self.told)

    def defaults(self) -> dict[What, tuple[Choice, str]]:
        return {each.what: (each.default, each.why) for each in self.proposed()}

    def turn(self, *decisions: Decision) -> Turned:
        return turn(decisions, year=2022, **self.told)


@pytest.fixture
def year(city: Town) -> Year:
    return Year(city)


def decided(what: What, row: int, choice: Choice, seen: dict[str, Any] | None = None, **becomes: Any) -> Decision:
    return Decision(what=what, row=row, choice=choice, seen=seen or {}, becomes=becomes)


def test_everything_that_holds_on_31_august_and_has_no_end_is_proposed_once(year: Year) -> None:
    year.join(year.vera, until=DAY + dt.timedelta(30))
    year.join(year.anna, since=DAY)
    year.join(year.anna, since=NEW_YEAR, until=SPRING)
    assert [(each.what, each.row, each.said) for each in year.proposed()] == [
        (What.MEMBERSHIP, year.member, "Иванова-1 — ГМО"),
        (What.HEAD, year.circle, "ГМО: Иванова-0"),
        (What.PLAN, year.plan, "План на 2021/22 — муниципальный"),
        (What.THEME, year.theme, "Чтение — муниципалитет"),
        (What.PAIR, year.pair, "Иванова-0 — наставник; Иванова-1"),
        (What.CURATOR, year.curator, "Иванова-1 — наставничество, Школа (город)"),
    ]


def test_by_default_all_goes_on_but_what_belongs_to_the_school_year(year: Year) -> None:
    assert year.defaults() == {
        What.MEMBERSHIP: (Choice.CARRY, ""),
        What.HEAD: (Choice.CARRY, ""),
        What.PLAN: (Choice.END, "на 2021/22 учебный год"),
        What.THEME: (Choice.CARRY, ""),
        What.PAIR: (Choice.CARRY, ""),
        What.CURATOR: (Choice.CARRY, ""),
    }


def test_what_somebody_did_who_no_longer_works_here_ends_by_default(year: Year) -> None:
    year.leave_town(1)
    gone = Choice.END, "Иванова-1: с 01.09.2022 здесь нигде не работает"
    told = year.defaults()
    assert (told[What.MEMBERSHIP], told[What.PAIR]) == (gone, gone)
    assert What.CURATOR not in told
    assert told[What.HEAD] == (Choice.CARRY, "")
    year.leave_town(0)
    assert year.defaults()[What.HEAD] == (Choice.END, "Иванова-0: с 01.09.2022 здесь нигде не работает")


def test_who_works_in_another_school_now_is_not_in_the_associations_of_the_old_one(year: Year) -> None:
    inside = NewAssociation(
        title="ШМО", kind="subject", level="organisation", organisation=year.town.school, since=AUTUMN
    )
    (own,) = found_associations([inside], **year.told)
    for person in (year.vera, year.anna):
        join([NewMembership(association=own.pk, person=person, since=AUTUMN)], **year.told)
    year.leave_town(2)
    job: dict[str, Any] = {"staff_group": "educator", "post": "teacher", "kind": "main", "since": DAY}
    employ([Job(person=year.vera, organisation=year.town.gymnasium, **job)], **year.told)
    told = {each.said: (each.default, each.why) for each in year.proposed()}
    left = "Иванова-2: с 01.09.2022 не работает в этой организации"
    assert told["Иванова-2 — ШМО"] == (Choice.END, left)
    assert told["Иванова-0 — ШМО"] == (Choice.CARRY, "")
    assert told["ШМО"] == (Choice.CARRY, "руководителя нет")


@pytest.mark.parametrize(
    ("title", "since", "default"),
    [
        ("Читательская грамотность", AUTUMN, Choice.CARRY),
        ("Тема 2021/22 учебного года", AUTUMN, Choice.END),
        ("Тема на 2021-2022 учебный год", None, Choice.END),
        ("Тема на 2022/23 учебный год", AUTUMN, Choice.CARRY),
        ("Качество образования, 2020–2025 годы", AUTUMN, Choice.CARRY),
        ("Качество образования, 2018–2021 годы", AUTUMN, Choice.END),
        ("Тема 2022 года", NEW_YEAR, Choice.CARRY),
        ("Тема 2021 года", NEW_YEAR, Choice.END),
        ("Приказ № 20217", AUTUMN, Choice.CARRY),
    ],
)
def test_a_theme_ends_with_the_school_year_that_its_title_names(
    city: Town, title: str, since: dt.date | None, default: Choice
) -> None:
    set_themes([NewTheme(title=title, since=since)], **city.as_alice)
    assert [each.default for each in proposed(2022, **city.as_alice)] == [default]


@pytest.mark.parametrize(
    ("title", "since", "default"),
    [
        ("План курсов", AUTUMN, Choice.END),
        ("План курсов", NEW_YEAR, Choice.CARRY),
        ("План курсов на 2022 год", dt.date(2021, 10, 1), Choice.CARRY),
        (None, None, Choice.CARRY),
    ],
)
def test_a_plan_ends_with_the_school_year_in_whose_autumn_it_began(
    city: Town, title: str | None, since: dt.date | None, default: Choice
) -> None:
    approve_plans([NewPlan(title=title, since=since, approved_on=SPRING)], **city.as_alice)
    assert [each.default for each in proposed(2022, **city.as_alice)] == [default]


def test_what_is_carried_over_is_not_touched(year: Year) -> None:
    with year.town.seen():
        before = Trail.objects.count()
    carried = [decided(each.what, each.row, Choice.CARRY, dict(each.seen)) for each in year.proposed()]
    assert year.turn(*carried) == Turned(ended=0, begun=0, headed=0)
    with year.town.seen():
        assert Trail.objects.count() == before


def test_all_is_replaced_on_the_first_day_of_the_school_year_and_what_was_said_of_the_old_is_not_said_of_the_new(
    year: Year,
) -> None:
    decisions = [
        decided(What.MEMBERSHIP, year.member, Choice.REPLACE, person=year.vera),
        decided(What.HEAD, year.circle, Choice.REPLACE, {"head": year.anna}, head=year.vera),
        decided(What.PLAN, year.plan, Choice.REPLACE, title="План на 2022/23"),
        decided(What.THEME, year.theme, Choice.REPLACE, title="Письмо"),
        decided(What.PAIR, year.pair, Choice.REPLACE, mentor=year.vera),
        decided(What.CURATOR, year.curator, Choice.REPLACE, person=year.anna),
    ]
    assert year.turn(*decisions) == Turned(ended=5, begun=5, headed=1)
    with year.town.seen():
        assert values(Membership, "person") == [(AUTUMN, DAY, year.boris), (DAY, None, year.vera)]
        assert values(Association, "head") == [(AUTUMN, None, year.vera)]
        assert values(TrainingPlan, "title") == [(AUTUMN, DAY, "План на 2021/22"), (DAY, None, "План на 2022/23")]
        assert values(MethodicalTheme, "title") == [(AUTUMN, DAY, "Чтение"), (DAY, None, "Письмо")]
        assert values(Mentorship, "mentor", "mentee", "consent", "network") == [
            (AUTUMN, DAY, year.anna, year.boris, True, False),
            (DAY, None, year.vera, year.boris, None, False),
        ]
        assert Mentorship.objects.get(since=DAY).order_id is None
        assert values(Responsibility, "person", "area", "organisation") == [
            (AUTUMN, DAY, year.boris, "mentoring", year.town.school),
            (DAY, None, year.anna, "mentoring", year.town.school),
        ]
        assert Responsibility.objects.get(since=DAY).document_id is None


def values(model: Any, *names: str) -> list[tuple[Any, ...]]:
    return list(model.objects.order_by("since", "pk").values_list("since", "until", *names))


def test_a_pair_ends_with_its_result_and_an_association_may_stay_without_a_head(year: Year) -> None:
    year.turn(
        decided(What.PAIR, year.pair, Choice.END, result="achieved"),
        decided(What.HEAD, year.circle, Choice.END, {"head": year.anna}),
    )
    with year.town.seen():
        assert values(Mentorship, "result") == [(AUTUMN, DAY, "achieved")]
        assert values(Association, "head") == [(AUTUMN, None, None)]


def test_the_second_time_nothing_is_changed_and_what_was_decided_is_not_proposed_again(year: Year) -> None:
    year.leave_town(1)
    decisions = [
        *(each.accepted() for each in year.proposed() if each.what is not What.PAIR),
        decided(What.PAIR, year.pair, Choice.REPLACE, mentee=year.vera),
    ]
    assert year.turn(*decisions) == Turned(ended=3, begun=1, headed=0)
    with year.town.seen():
        before = Trail.objects.count(), Source.objects.count()
    assert year.turn(*decisions) == Turned(ended=0, begun=0, headed=0)
    assert year.turn(*(each.accepted() for each in year.proposed())) == Turned(ended=0, begun=0, headed=0)
    with year.town.seen():
        assert (Trail.objects.count(), Source.objects.count()) == before
    assert [(each.what, each.row) for each in year.proposed()] == [
        (What.HEAD, year.circle),
        (What.THEME, year.theme),
    ]


def test_all_faults_of_all_kinds_are_told_at_once_and_nothing_is_changed(year: Year) -> None:
    village = town("село")
    stranger = village.people[0]
    leave([Ending(row=year.member, until=SPRING)], **year.told)
    late = year.join(year.vera, since=DAY)
    seen = year.join(year.anna, since=None, observed_on=DAY)
    decisions = [
        decided(What.PLAN, year.plan, Choice.END),
        decided(What.MEMBERSHIP, year.member, Choice.END),
        decided(What.MEMBERSHIP, late, Choice.END),
        decided(What.MEMBERSHIP, seen, Choice.END),
        decided(What.THEME, year.theme, Choice.REPLACE),
        decided(What.PAIR, year.pair, Choice.REPLACE, mentor=year.boris),
        decided(What.CURATOR, year.curator, Choice.REPLACE, person=stranger),
        decided(What.HEAD, year.circle, Choice.REPLACE, {"head": year.vera}, head=year.boris),
        decided(What.PAIR, 10**12, Choice.END),
    ]
    with pytest.raises(Refused) as refused:
        year.turn(*decisions)
    assert refusals(refused) == [
        (1, "until", f"{MEANWHILE}: «По (не включая)» теперь «01.03.2022», а было «не заполнено»"),
        (2, "row", "Начинается только с 01.09.2022"),
        (3, "row", "Подтверждено на 01.09.2022, позже, чем должно закончиться"),
        (4, "becomes", "Не указано, чем заменить"),
        (5, "mentee", "Наставник и наставляемый — один и тот же человек"),
        (6, "person", "«Человек»: в таблице «Люди» такой строки нет"),
        (7, "head", f"{MEANWHILE}: «Руководитель» изменилось"),
        (8, "row", "Такой строки нет, или её ведёт другая территория"),
    ]
    with year.town.seen():
        assert values(TrainingPlan, "title") == [(AUTUMN, None, "План на 2021/22")]
        assert not Responsibility.objects.filter(until__isnull=False).exists()


def test_two_mentors_may_change_places_in_one_sitting(year: Year) -> None:
    (other,) = begin_mentorships([Pair(mentor=year.boris, mentee=year.vera, since=AUTUMN)], **year.told)
    year.turn(
        decided(What.PAIR, year.pair, Choice.REPLACE, mentor=year.boris, mentee=year.vera),
        decided(What.PAIR, other.pk, Choice.REPLACE, mentor=year.anna, mentee=year.boris),
    )
    with year.town.seen():
        assert values(Mentorship, "mentor", "mentee") == [
            (AUTUMN, DAY, year.anna, year.boris),
            (AUTUMN, DAY, year.boris, year.vera),
            (DAY, None, year.boris, year.vera),
            (DAY, None, year.anna, year.boris),
        ]


def test_the_other_town_is_neither_proposed_nor_changed(year: Year) -> None:
    other = Year(town("село"))
    ours = {(each.what, each.row) for each in year.proposed()}
    theirs = {(each.what, each.row) for each in other.proposed()}
    assert len(theirs) == 6
    assert not ours & theirs
    with pytest.raises(Refused) as refused:
        year.turn(*(decided(what, row, Choice.END) for what, row in sorted(theirs)))
    assert {message for _, _, message in refusals(refused)} == {"Такой строки нет, или её ведёт другая территория"}
    assert len(refused.value.faults) == 6
    year.turn(*(each.accepted() for each in year.proposed()))
    assert {(each.what, each.row) for each in other.proposed()} == theirs


def test_neither_proposing_nor_turning_costs_more_statements_for_more_rows(empty_registry: None) -> None:
    numbers = []
    for size in (1, MANY):
        year = Year(town(f"город-{size}", people=size + 3))
        for person in year.town.people[3:]:
            year.join(person)
        with counted() as number:
            found = year.proposed()
        numbers += number
        assert sum(each.what is What.MEMBERSHIP for each in found) == size + 1
        members = [each for each in found if each.what is What.MEMBERSHIP]
        decisions = [decided(each.what, each.row, Choice.REPLACE, person=year.vera) for each in members[:1]]
        decisions += [decided(each.what, each.row, Choice.END) for each in members[1:]]
        with counted() as number:
            year.turn(*decisions)
        numbers += number
    assert numbers[:2] == numbers[2:]


def test_what_may_not_be_told_is_an_error_of_the_program(year: Year) -> None:
    with pytest.raises(ValueError, match="end of pair: not to be told"):
        year.turn(decided(What.PAIR, year.pair, Choice.END, mentor=year.vera))
    with pytest.raises(ValueError, match="replace of membership: not to be told"):
        year.turn(decided(What.MEMBERSHIP, year.member, Choice.REPLACE, association=year.circle))


def test_bob_of_the_same_town_sees_what_alice_has_decided(year: Year) -> None:
    year.turn(decided(What.THEME, year.theme, Choice.END))
    told = proposed(2022, municipality=year.town.municipality, by=BOB)
    assert [each.what for each in told if each.what is What.THEME] == []
