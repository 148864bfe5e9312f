"""Whether whom a source names is somebody whom the registry knows: sure, ask, or different, and why.

A rule decides, not a weight: whoever settles the question must be able to see why it was asked. Never by the name alone
where something contradicts.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from opora.intake.matching.names import EQUAL, INITIAL, OTHER, TYPO, UNKNOWN, Folded, agreement, folded, part_of


class Verdict(StrEnum):
    SURE = "sure"
    ASK = "ask"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Known:
    """What is told of a person, by a source or by the registry."""

    key: str
    last_name: str = ""
    first_name: str = ""
    patronymic: str = ""
    born: dt.date | None = None
    organisations: frozenset[str] = frozenset()
    posts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Judged:
    verdict: Verdict
    reason: str
    """In Russian."""


@dataclass(frozen=True, slots=True)
class Match:
    verdict: Verdict
    """SURE: exactly one candidate. ASK: at least one. DIFFERENT: a person whom the registry does not know."""
    reason: str
    candidates: tuple[str, ...] = ()
    """Keys, the likeliest first."""


_BORN_OTHERWISE = Judged(Verdict.DIFFERENT, "другая дата рождения")
_NAMED_OTHERWISE = Judged(Verdict.DIFFERENT, "другое имя")
_NOBODY = Match(Verdict.DIFFERENT, "такого человека в реестре нет")
_NAMESAKES = "в реестре несколько человек подходят: {}"


def judge(one: Known, other: Known) -> Judged:
    """Whether two are one person; the same whichever is asked first."""
    return _judge(one, _folded(one), other, _folded(other))


def _folded(known: Known) -> Folded:
    return folded(known.last_name, known.first_name, known.patronymic)


def _judge(one: Known, mine: Folded, other: Known, hers: Folded) -> Judged:
    straight = _judge_as(one, mine, other, hers)
    if straight is not _NAMED_OTHERWISE:
        return straight
    turned = ((mine.swapped(), hers), (mine.rotated(), hers), (mine, hers.rotated()))
    if any(a == b and all((a.last, a.first)) for a, b in turned):
        found = _judge_as(one, hers, other, hers)
        known = found.verdict is Verdict.SURE and one.born is not None
        return Judged(Verdict.SURE if known else Verdict.ASK, "фамилия и имя стоят в другом порядке")
    return straight


def _judge_as(one: Known, mine: Folded, other: Known, hers: Folded) -> Judged:
    parts = (
        agreement(mine.last, hers.last),
        agreement(mine.first, hers.first),
        agreement(mine.patronymic, hers.patronymic),
    )
    same_day = one.born is not None and one.born == other.born
    last, first, patronymic = parts
    if OTHER in (first, patronymic) or (last == OTHER and not (same_day or _may_have_married(one, mine, other, hers))):
        return _NAMED_OTHERWISE
    if one.born and other.born and one.born != other.born:
        return _differently_born(one.born, other.born)
    if last == OTHER:
        return _married(parts, same_day)
    return _alike(parts, same_day, one, other)


def _differently_born(one: dt.date, other: dt.date) -> Judged:
    """A slip in one of the three numbers is asked about: the day is typed by hand in every source."""
    slips = (one.year != other.year) + (one.month != other.month) + (one.day != other.day)
    turned = one.year == other.year and (one.day, one.month) == (other.month, other.day)
    if slips == 1 or turned:
        return Judged(Verdict.ASK, f"дата рождения отличается: {one:%d.%m.%Y} и {other:%d.%m.%Y}")
    return _BORN_OTHERWISE


def _may_have_married(one: Known, mine: Folded, other: Known, hers: Folded) -> bool:
    """Equal first name and patronymic in one school, or the old surname is a part of the new one."""
    whole = mine.first == hers.first and mine.patronymic == hers.patronymic and len(mine.patronymic) > 1
    here = bool(one.organisations & other.organisations) and bool(one.posts & other.posts)
    return (
        whole and len(mine.first) > 1 and (part_of(mine.last, hers.last) or (here and mine.patronymic.endswith("на")))
    )


def _married(parts: tuple[int, int, int], same_day: bool) -> Judged:
    _, first, patronymic = parts
    if same_day and first == patronymic == EQUAL:
        return Judged(Verdict.ASK, "другая фамилия, остальное совпадает: могла сменить фамилию")
    if same_day and OTHER not in parts[1:]:
        return Judged(Verdict.ASK, "другая фамилия, но имя и дата рождения совпадают")
    return Judged(Verdict.ASK, "другая фамилия, но имя, отчество и место работы совпадают")


def _alike(parts: tuple[int, int, int], same_day: bool, one: Known, other: Known) -> Judged:
    if parts == (EQUAL, EQUAL, EQUAL):
        return _same_name(same_day, one, other)
    if INITIAL in parts:
        return Judged(Verdict.ASK, "вместо имени или отчества — инициал")
    slips = parts.count(TYPO)
    if slips == 0:
        return _part_missing(parts, same_day, one, other)
    if slips == 1 and same_day and UNKNOWN not in parts:
        return Judged(Verdict.SURE, "имя отличается одной буквой, дата рождения совпадает")
    if slips == 1 or same_day:
        return Judged(Verdict.ASK, "имя отличается одной буквой")
    return _NAMED_OTHERWISE


def _same_name(same_day: bool, one: Known, other: Known) -> Judged:
    if same_day:
        return Judged(Verdict.SURE, "совпадают имя и дата рождения")
    if one.organisations & other.organisations:
        return Judged(Verdict.SURE, "совпадают имя и место работы")
    if one.organisations and other.organisations:
        return Judged(Verdict.ASK, "имя совпадает, место работы другое")
    return Judged(Verdict.SURE, "совпадает имя полностью")


def _part_missing(parts: tuple[int, int, int], same_day: bool, one: Known, other: Known) -> Judged:
    if UNKNOWN in parts[:2]:
        return _NAMED_OTHERWISE if parts[0] == UNKNOWN else Judged(Verdict.ASK, "имя указано не полностью")
    if same_day:
        return Judged(Verdict.SURE, "совпадают фамилия, имя и дата рождения; отчества нет")
    return Judged(Verdict.ASK, "фамилия и имя совпадают, отчество известно не у обоих")


@dataclass(slots=True)
class People:
    """Those whom the registry knows, looked up by keys of which a slip leaves one as it is."""

    _known: dict[str, tuple[Known, Folded]] = field(default_factory=dict)
    _blocks: defaultdict[tuple[str, ...], list[str]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, people: Iterable[Known]) -> People:
        made = cls()
        for each in people:
            made.add(each)
        return made

    def add(self, person: Known) -> None:
        name = _folded(person)
        self._known[person.key] = (person, name)
        for block in _blocks_of(person, name):
            self._blocks[block].append(person.key)

    def find(self, person: Known) -> Match:
        name = _folded(person)
        exact = self._best(person, name, _exact_blocks(person, name))
        if exact is not None and exact.verdict is Verdict.SURE:
            return exact
        return self._best(person, name, _blocks_of(person, name)) or _NOBODY

    def _best(self, person: Known, name: Folded, blocks: Iterable[tuple[str, ...]]) -> Match | None:
        keys = dict.fromkeys(key for block in blocks for key in self._blocks.get(block, ()))
        judged = [(key, _judge(person, name, *self._known[key])) for key in keys]
        sure = [(key, found) for key, found in judged if found.verdict is Verdict.SURE]
        asked = [(key, found) for key, found in judged if found.verdict is Verdict.ASK]
        if len(sure) == 1:
            return self._one_sure(person, sure[0], asked)
        likely = sure + asked
        if not likely:
            return None
        reason = likely[0][1].reason if len(likely) == 1 else _NAMESAKES.format(_reasons(likely))
        return Match(Verdict.ASK, reason, tuple(key for key, _ in likely))

    def _one_sure(self, person: Known, sure: tuple[str, Judged], asked: Sequence[tuple[str, Judged]]) -> Match:
        """A namesake elsewhere is no reason to ask of whom place or birth tells; by the name alone she is."""
        key, found = sure
        told = self._known[key][0]
        placed = person.born is not None and person.born == told.born
        placed = placed or bool(person.organisations & told.organisations)
        rivals = [other for other, _ in asked if self._known[other][1] == self._known[key][1]]
        if placed or not rivals:
            return Match(Verdict.SURE, found.reason, (key,))
        return Match(Verdict.ASK, "в реестре есть однофамильцы", (key, *rivals))


def _reasons(likely: Sequence[tuple[str, Judged]]) -> str:
    return "; ".join(dict.fromkeys(judged.reason for _, judged in likely))


def _exact_blocks(person: Known, name: Folded) -> list[tuple[str, ...]]:
    return [("name", name.last, name.first)]


def _blocks_of(person: Known, name: Folded) -> list[tuple[str, ...]]:
    """A typo in one part of the name leaves the others as they are."""
    blocks = [
        ("name", name.last, name.first),
        ("name", name.first, name.last),
        ("name", name.patronymic, name.last),
        ("last", name.last, name.first[:1]),
        ("rest", name.first, name.patronymic, name.last[:2]),
        ("rest", name.first, name.patronymic, name.last[-3:]),
    ]
    if person.born is not None:
        blocks.append(("born", str(person.born), name.first[:1]))
    blocks += [("works", name.first, name.patronymic, place) for place in sorted(person.organisations)]
    return list(dict.fromkeys(block for block in blocks if all(block[1:3])))
