"""What an indicator should come to: ``growth and at least 18%``, always or by year."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import combinations
from typing import NamedTuple

from opora.programmes.faults import perhaps


class Bound(StrEnum):
    AT_LEAST = "at least"
    AT_MOST = "at most"
    EXACTLY = "exactly"


class Demand(StrEnum):
    """A demand without a number."""

    YES = "yes"
    NO = "no"
    GROWTH = "growth"
    DECLINE = "decline"


@dataclass(frozen=True, slots=True)
class Limit:
    """``number`` is as written: 30 with ``percent`` for 30 %."""

    bound: Bound
    number: Decimal
    percent: bool

    @property
    def value(self) -> float:
        """As indicators are counted: 30 % is 0.3."""
        return float(self.number / 100 if self.percent else self.number)

    def __str__(self) -> str:
        return f"{self.bound} {self.number}{'%' if self.percent else ''}"


Part = Limit | Demand


@dataclass(frozen=True, slots=True)
class Target:
    """All the parts must hold."""

    parts: tuple[Part, ...]

    def __str__(self) -> str:
        """As it is written in a programme: ``parse_target`` of it gives the same target."""
        return " and ".join(str(part) for part in self.parts)

    @property
    def words(self) -> str:
        """In Russian: «рост и не менее 18 %»."""
        return " и ".join(_words(part) for part in self.parts)

    @property
    def limits(self) -> tuple[Limit, ...]:
        return tuple(part for part in self.parts if isinstance(part, Limit))

    def demands(self, demand: Demand) -> bool:
        return demand in self.parts


class DueTarget(NamedTuple):
    """``year`` is None for a target that holds always; ``target`` is None where there is none."""

    target: Target | None
    year: int | None
    due: bool


@dataclass(frozen=True, slots=True)
class Targets:
    """The targets of an indicator: one that holds always, or one for each of some years, or none at all."""

    always: Target | None = None
    by_year: tuple[tuple[int, Target], ...] = ()
    """In the order of years; empty where ``always`` is given."""

    def __bool__(self) -> bool:
        return self.always is not None or bool(self.by_year)

    def __iter__(self) -> Iterator[Target]:
        yield from (self.always,) if self.always else ()
        yield from (target for _, target in self.by_year)

    @property
    def words(self) -> str:
        """In Russian; empty where there is no target."""
        if self.always:
            return self.always.words
        return "; ".join(f"{year} год — {target.words}" for year, target in self.by_year)

    def target_on(self, day: dt.date) -> DueTarget:
        """The target of that day's year, else the first later one (not due yet), else the last one there was."""
        if not self.by_year:
            return DueTarget(self.always, None, self.always is not None)
        for year, target in self.by_year:
            if year >= day.year:
                return DueTarget(target, year, year == day.year)
        year, target = self.by_year[-1]
        return DueTarget(target, year, True)


class TargetFault(ValueError):
    """``at`` is the character of the text, from 0; ``year`` the key of the mapping where there is one."""

    def __init__(self, message: str, at: int = 0, year: str | None = None) -> None:
        self.message, self.at, self.year = message, at, year
        super().__init__(message)


LONGEST = 200
"""Characters of one target."""

_BOUNDS: frozenset[str] = frozenset(Bound)
_DEMANDS: frozenset[str] = frozenset(Demand)
_AND = re.compile(r"\s+and(?:\s+|$)")
_WRITTEN = re.compile(r"(.*?)\s*(\d[\d.,]*\s*%?)?", re.DOTALL)
_LIMIT = re.compile(r"(at\s+least|at\s+most|exactly)\s+([0-9]{1,9}(?:\.[0-9]{1,6})?)\s*(%?)")
_RUSSIAN = {
    "не менее": "at least",
    "не меньше": "at least",
    "не ниже": "at least",
    "от": "at least",
    ">=": "at least",
    "≥": "at least",
    ">": "at least",
    "не более": "at most",
    "не больше": "at most",
    "не выше": "at most",
    "<=": "at most",
    "≤": "at most",
    "<": "at most",
    "ровно": "exactly",
    "=": "exactly",
    "рост": "growth",
    "увеличение": "growth",
    "повышение": "growth",
    "положительная динамика": "growth",
    "снижение": "decline",
    "уменьшение": "decline",
    "сокращение": "decline",
    "да": "yes",
    "наличие": "yes",
    "нет": "no",
    "отсутствие": "no",
}
_HOW = "пишите at least, at most или exactly с числом, yes, no, growth, decline"


def parse_target(text: str) -> Target:
    """Raises ``TargetFault`` with a Russian message and the character at which the text goes wrong."""
    if len(text) > LONGEST:
        raise TargetFault(f"Цель длиннее {LONGEST} знаков: {_HOW}")
    parts = tuple(_part(words, at) for words, at in _pieces(text))
    _refuse_contradictions(parts, text)
    return Target(parts)


def parse_targets(given: str | Mapping[str, str]) -> Targets:
    """One target, or a mapping from year to target. Raises ``TargetFault``."""
    if isinstance(given, str):
        return Targets(always=parse_target(given))
    return Targets(by_year=tuple(sorted((_year(year), _of_year(year, text)) for year, text in given.items())))


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    start = len(text) - len(text.lstrip())
    for joint in _AND.finditer(text):
        yield text[start : joint.start()], start
        start = joint.end()
    yield text[start:].rstrip(), start


def _part(words: str, at: int) -> Part:
    if words in _DEMANDS:
        return Demand(words)
    if limit := _LIMIT.fullmatch(words):
        bound, number, percent = limit.groups()
        return Limit(Bound(" ".join(bound.split())), Decimal(number), bool(percent))
    raise TargetFault(_misunderstood(words), at)


def _split(words: str) -> tuple[str, str]:
    """What is before the number, and the number."""
    written = _WRITTEN.fullmatch(words)
    return (written[1], written[2] or "") if written else (words, "")


def _in_english(words: str) -> str | None:
    """How a target that is written in Russian or with signs is to be written."""
    parts = []
    for part in re.split(r"\s+и\s+", words):
        name, number = _split(part)
        meant = _RUSSIAN.get(name.lower())
        if meant is None or bool(number) is not (meant in _BOUNDS):
            return None
        parts.append(f"{meant} {number.replace(',', '.')}".rstrip())
    return " and ".join(parts)


def _misunderstood(words: str) -> str:
    if not words:
        return f"Цель не дописана: {_HOW}"
    if english := _in_english(words):
        return f"Цель «{words}» пишется так: {english}"
    name, number = _split(words)
    if number and not name:
        return f"Цель «{words}»: не сказано, больше или меньше; пишите at least {number} или at most {number}"
    if re.search(r"\d,\d", words):
        return f"Цель «{words}»: дробная часть пишется через точку"
    if words in _BOUNDS:
        return f"Цель «{words}»: не хватает числа"
    if name in _DEMANDS:
        return f"Цель «{words}»: после {name} число не пишется; рост до числа — growth and at least 18%"
    return f"Цель «{words}» непонятна: {_HOW}{perhaps(name, [*_BOUNDS, *_DEMANDS]) if name not in _BOUNDS else ''}"


def _refuse_contradictions(parts: tuple[Part, ...], text: str) -> None:
    for one, other in combinations(parts, 2):
        if not _agree(one, other):
            raise TargetFault(f"Цель «{text.strip()}»: «{_words(one)}» и «{_words(other)}» вместе не бывают")


def _agree(one: Part, other: Part) -> bool:
    if isinstance(one, Demand) and isinstance(other, Demand):
        return False
    if isinstance(one, Limit) and isinstance(other, Limit):
        return {one.bound, other.bound} == {Bound.AT_LEAST, Bound.AT_MOST} and _at_least(one, other) <= _at_most(
            one, other
        )
    return not {Demand.YES, Demand.NO} & {one, other}


def _at_least(one: Limit, other: Limit) -> float:
    return one.value if one.bound is Bound.AT_LEAST else other.value


def _at_most(one: Limit, other: Limit) -> float:
    return one.value if one.bound is Bound.AT_MOST else other.value


def _year(text: str) -> int:
    if not re.fullmatch(r"(19|20|21)[0-9][0-9]", text):
        raise TargetFault(f"«{text}» — не год: цели по годам пишутся как 2025: at least 30%", year=text)
    return int(text)


def _of_year(year: str, text: str) -> Target:
    try:
        return parse_target(text)
    except TargetFault as fault:
        raise TargetFault(fault.message, fault.at, year) from None


_BOUND_WORDS = {Bound.AT_LEAST: "не менее", Bound.AT_MOST: "не более", Bound.EXACTLY: "ровно"}
_DEMAND_WORDS = {Demand.YES: "да", Demand.NO: "нет", Demand.GROWTH: "рост", Demand.DECLINE: "снижение"}


def _words(part: Part) -> str:
    if isinstance(part, Demand):
        return _DEMAND_WORDS[part]
    number = str(part.number).replace(".", ",")
    return f"{_BOUND_WORDS[part.bound]} {number}{' %' if part.percent else ''}"
