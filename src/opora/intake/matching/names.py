"""How near two written names of people are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from opora.intake.words.letters import plain

_SIGNS = re.compile(r"[^\w]+")
_TYPO = 1
_LONG = 5
"""Letters from which on one slip is a typo; «Ан» and «Ян» are two names."""
EQUAL, INITIAL, TYPO, UNKNOWN, OTHER = range(5)
"""How two parts of names agree, the surest first. INITIAL: one of them is its first letter."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A name as it is compared: small letters, ё as е, no hyphens."""

    last: str
    first: str
    patronymic: str

    def swapped(self) -> Folded:
        """As if the first name stood first."""
        return Folded(self.first, self.last, self.patronymic)

    def rotated(self) -> Folded:
        """Of «Имя Отчество Фамилия» that was read as «Фамилия Имя Отчество»."""
        return Folded(self.patronymic, self.last, self.first)


def folded(last: str | None, first: str | None, patronymic: str | None) -> Folded:
    return Folded(*(_fold(part or "") for part in (last, first, patronymic)))


@lru_cache(maxsize=100_000)
def _fold(part: str) -> str:
    return _SIGNS.sub("", plain(part))


def agreement(one: str, other: str) -> int:
    if not one or not other:
        return UNKNOWN
    if one == other:
        return EQUAL
    if min(len(one), len(other)) == 1:
        return INITIAL if one[0] == other[0] else OTHER
    long = min(len(one), len(other)) >= _LONG
    slips = DamerauLevenshtein.distance(one, other, score_cutoff=_TYPO)
    return TYPO if long and slips <= _TYPO and not _other_sex(one, other) else OTHER


def part_of(one: str, other: str) -> bool:
    """«Иванова» of «Иванова-Петрова», folded: she has taken a second surname."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _LONG and short != long and (long.startswith(short) or long.endswith(short))


def _other_sex(one: str, other: str) -> bool:
    """«Александр» and «Александра», «Иванов» and «Иванова»: one letter, and another person."""
    short, long = sorted((one, other), key=len)
    return long in (short + "а", short + "я")
