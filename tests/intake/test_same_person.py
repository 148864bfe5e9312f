"""Whether two people are one: never by the name alone where something contradicts, and by which reason."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from opora.intake.matching.same_person import Known, Match, People, Verdict, judge

SURNAMES = [
    "Осокина",
    "Лужина",
    "Ветлугина",
    "Ремезова",
    "Щёголева",
    "Берёзкина",
    "Полуэктова",
    "Замятина",
    "Кулагина",
    "Тетерина",
    "Ярцева",
    "Шубина",
    "Мещерякова",
    "Воронова",
    "Лапшина",
    "Дроздова",
    "Фомичёва",
    "Арзамасцева",
    "Бугрова",
    "Чернышёва",
]
GIVEN = [
    "Вера",
    "Алёна",
    "Мария",
    "Татьяна",
    "Ксения",
    "Ольга",
    "Наталья",
    "Екатерина",
    "Светлана",
    "Семёнида",
    "Людмила",
    "Галина",
    "Нина",
    "Юлия",
]
PATRONYMICS = [
    "Львовна",
    "Петровна",
    "Фёдоровна",
    "Семёновна",
    "Андреевна",
    "Игоревна",
    "Олеговна",
    "Викторовна",
    "Сергеевна",
    "Ильинична",
]
BORN = dt.date(1980, 3, 14)
VERA = Known("1", "Осокина", "Вера", "Львовна", BORN, frozenset({"s1"}), frozenset({"teacher"}))

names = st.builds(
    Known,
    st.just("a"),
    st.sampled_from(SURNAMES),
    st.sampled_from([*GIVEN, "В.", ""]),
    st.sampled_from([*PATRONYMICS, "Л.", ""]),
    st.none() | st.dates(dt.date(1950, 1, 1), dt.date(2000, 1, 1)),
    st.frozensets(st.sampled_from(["s1", "s2"])),
    st.frozensets(st.sampled_from(["teacher", "deputy"])),
)


@given(names, names)
def test_who_is_asked_first_changes_nothing(one: Known, other: Known) -> None:
    assert judge(one, other).verdict is judge(other, one).verdict


@given(names, names, st.dates(dt.date(1950, 1, 1), dt.date(2000, 1, 1)))
def test_nobody_is_surely_one_who_was_born_on_another_day(one: Known, other: Known, born: dt.date) -> None:
    assume(one.born and one.born != born)
    alike = replace(one, born=born, organisations=other.organisations)
    assert judge(one, alike).verdict is not Verdict.SURE
    assert People.of([alike]).find(one).verdict is not Verdict.SURE


@given(names, st.sampled_from(PATRONYMICS))
def test_nobody_is_surely_one_whose_father_is_another(one: Known, patronymic: str) -> None:
    assume(one.patronymic and one.patronymic[0] != patronymic[0])
    assert judge(one, replace(one, patronymic=patronymic)).verdict is not Verdict.SURE


@given(names)
def test_e_is_yo_and_case_and_hyphens_are_nothing(one: Known) -> None:
    written = replace(
        one,
        last_name=one.last_name.replace("ё", "е").upper(),
        first_name=one.first_name.replace("ё", "е"),
        patronymic=one.patronymic.replace("ё", "е"),
    )
    assert judge(one, written) == judge(one, one)


@given(names)
def test_a_person_of_two_namesakes_is_asked_about(one: Known) -> None:
    assume(len(one.first_name) > 2)
    twins = [replace(one, key="a", born=None), replace(one, key="b", born=None)]
    assert People.of(twins).find(replace(one, born=None)).verdict is Verdict.ASK


@pytest.mark.parametrize(
    ("change", "verdict", "reason"),
    [
        ({}, Verdict.SURE, "совпадают имя и дата рождения"),
        ({"born": None}, Verdict.SURE, "совпадают имя и место работы"),
        ({"born": None, "organisations": frozenset()}, Verdict.SURE, "совпадает имя полностью"),
        ({"born": None, "organisations": frozenset({"s2"})}, Verdict.ASK, "имя совпадает, место работы другое"),
        ({"born": dt.date(1980, 3, 15)}, Verdict.ASK, "дата рождения отличается: 15.03.1980 и 14.03.1980"),
        ({"born": dt.date(1991, 7, 2)}, Verdict.DIFFERENT, "другая дата рождения"),
        ({"patronymic": "Олеговна"}, Verdict.DIFFERENT, "другое имя"),
        ({"first_name": "В.", "patronymic": "Л."}, Verdict.ASK, "вместо имени или отчества — инициал"),
        ({"last_name": "Осакина"}, Verdict.SURE, "имя отличается одной буквой, дата рождения совпадает"),
        ({"last_name": "Осакина", "born": None}, Verdict.ASK, "имя отличается одной буквой"),
        ({"last_name": "Ярцева"}, Verdict.ASK, "другая фамилия, остальное совпадает: могла сменить фамилию"),
        (
            {"last_name": "Осокина-Ярцева", "born": None},
            Verdict.ASK,
            "другая фамилия, но имя, отчество и место работы совпадают",
        ),
        ({"last_name": "Вера", "first_name": "Осокина"}, Verdict.SURE, "фамилия и имя стоят в другом порядке"),
        (
            {"last_name": "Вера", "first_name": "Львовна", "patronymic": "Осокина"},
            Verdict.SURE,
            "фамилия и имя стоят в другом порядке",
        ),
        ({"patronymic": ""}, Verdict.SURE, "совпадают фамилия, имя и дата рождения; отчества нет"),
        ({"patronymic": "", "born": None}, Verdict.ASK, "фамилия и имя совпадают, отчество известно не у обоих"),
    ],
)
def test_why_two_are_one_or_not(change: dict[str, Any], verdict: Verdict, reason: str) -> None:
    found = judge(replace(VERA, **change), VERA)
    assert (found.verdict, found.reason) == (verdict, reason)


def test_a_letter_that_tells_men_from_women_is_no_slip() -> None:
    man = Known("2", "Осокин", "Александр", "Львович")
    assert judge(man, replace(man, first_name="Александра")).verdict is Verdict.DIFFERENT
    assert People.of([replace(VERA, key="w", first_name="Александра", born=None)]).find(man).candidates == ()


# How well it does on a town of 3,000, of which half of the names are shared: measured, and held as it was measured.

Spoil = Callable[[random.Random, Known], Known]


def _typo(draw: random.Random, person: Known) -> Known:
    place = draw.randrange(1, len(person.last_name) - 2)
    swapped = person.last_name[place + 1] + person.last_name[place]
    return replace(person, last_name=person.last_name[:place] + swapped + person.last_name[place + 2 :])


SPOILT: dict[str, Spoil] = {
    "as it is": lambda _, person: person,
    "е for ё": lambda _, person: replace(person, last_name=person.last_name.replace("ё", "е")),
    "initials": lambda _, person: replace(
        person, first_name=person.first_name[0] + ".", patronymic=person.patronymic[0] + "."
    ),
    "swapped": lambda _, person: replace(person, last_name=person.first_name, first_name=person.last_name),
    "typo": _typo,
    "married": lambda draw, person: replace(person, last_name=draw.choice(["Гречишникова", "Аладьина"])),
    "no birth date": lambda _, person: replace(person, born=None),
    "no place": lambda _, person: replace(person, organisations=frozenset(), posts=frozenset()),
    "name alone": lambda _, person: replace(person, born=None, organisations=frozenset(), posts=frozenset()),
}


def _town(draw: random.Random, count: int) -> list[Known]:
    return [
        Known(
            str(number),
            draw.choice(SURNAMES),
            draw.choice(GIVEN),
            draw.choice(PATRONYMICS),
            dt.date(1960, 1, 1) + dt.timedelta(draw.randrange(14_000)),
            frozenset({f"s{draw.randrange(40)}"}),
            frozenset({draw.choice(["teacher", "deputy"])}),
        )
        for number in range(count)
    ]


def _told(person: Known, match: Match) -> str:
    if match.verdict is Verdict.SURE:
        return "right" if match.candidates == (person.key,) else "wrong"
    return "asked" if person.key in match.candidates else "missed"


def test_of_a_town_of_namesakes_nobody_is_surely_another_and_nobody_is_missed() -> None:
    draw = random.Random(7)
    town = _town(draw, 3_000)
    known = People.of(town[:2_700])
    told = {
        name: dict(sorted(Counter(_told(one, known.find(spoil(draw, one))) for one in town[:2_700]).items()))
        for name, spoil in SPOILT.items()
    }
    assert told == {
        "as it is": {"right": 2_700},
        "е for ё": {"right": 2_700},
        "initials": {"asked": 2_700},
        "swapped": {"right": 2_700},
        "typo": {"right": 2_700},
        "married": {"asked": 2_700},
        "no birth date": {"asked": 66, "right": 2_634},
        "no place": {"right": 2_700},
        "name alone": {"asked": 1_657, "right": 1_043},
    }
    assert Counter(known.find(one).verdict.value for one in town[2_700:]) == {"different": 296, "ask": 4}
