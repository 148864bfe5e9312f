"""A list of names as it is pasted from a letter or a table, and whom it names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from opora.access.seeing import Standing, visible_to
from opora.people.models import Person
from opora.registry.folding import folded
from opora.web.search.query import look_alike, slips_of
from opora.web.search.text import Kept

MOST = 200
"""Lines that are read at once."""
_MOST_SLIPS = 20
"""Lines for which near names are looked for: a word has hundreds of slips."""
_NUMBER = re.compile(r"^\s*(?:\d{1,4}(?:[.)]|\s)|[-–—•*·])?\s*")
_NAME_ENDS = re.compile(r"[,;(:/]|\s[-–—]\s")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
Name = tuple[str, str, str]
"""Surname, first name, patronymic; empty where it is not known."""


def lines_of(text: str) -> list[str]:
    """A line for each person, without its number; the cells of a row of a table are one line."""
    lines = (" ".join(_NUMBER.sub("", line.replace("\t", " ")).split()) for line in text.splitlines())
    return [line for line in lines if line]


@dataclass(frozen=True, slots=True)
class Named:
    people: list[Person]
    exactly: bool = True
    """False: nobody is called so; these are one slip of a finger away."""


def people_named(lines: Iterable[str], standing: Standing) -> dict[str, Named]:
    """By line, the living people whom the reader sees and whom it may name. Not more than two queries, whatever the
    number of lines."""
    readings = {line: _readings(line) for line in lines}
    people = _called({name for some in readings.values() for words in some for name in _surnames(words)}, standing)
    found = {line: Named([one for one, name in people if _any_names(some, name)]) for line, some in readings.items()}
    lost = [line for line, named in found.items() if not named.people][:_MOST_SLIPS]
    return found | _nearly({line: readings[line] for line in lost}, standing)


def _nearly(readings: Mapping[str, Sequence[Sequence[str]]], standing: Standing) -> dict[str, Named]:
    ends = {word for some in readings.values() for words in some for word in (*words[:1], *words[-1:])}
    slips = {word: slips_of(word) for word in ends}
    people = _called(frozenset().union(*slips.values()), standing) if slips else []
    near: dict[str, dict[Person, None]] = {line: {} for line in readings}
    for line, some in readings.items():
        for words in some:
            near[line].update(dict.fromkeys(_mended(words, slips, people)))
    return {line: Named(list(found), exactly=False) for line, found in near.items()}


def _mended(
    words: Sequence[str], slips: Mapping[str, frozenset[str]], people: Iterable[tuple[Person, Name]]
) -> list[Person]:
    """Whom the words name, if the first or the last of them is the surname with a slip in it."""
    return [
        person
        for person, name in people
        for place, word in enumerate(words)
        if name[0] in slips.get(word, ()) and _names([*words[:place], name[0], *words[place + 1 :]], name)
    ]


def _called(surnames: Collection[str], standing: Standing) -> list[tuple[Person, Name]]:
    seen = visible_to(standing, Person).filter(archived_at__isnull=True)
    rows = seen.alias(kept=Kept("last_name")).filter(kept__in=surnames).order_by("first_name", "patronymic", "pk")
    return [(person, _name_of(person)) for person in rows]


def names(line: str, name: Name) -> bool:
    """The surname whole, before or after the rest; the first name and the patronymic whole, as initials or not told."""
    return _any_names(_readings(line), (folded(name[0]), folded(name[1]), folded(name[2])))


def _readings(line: str) -> list[list[str]]:
    """Its words: what follows a comma or a dash (a post, a school) tells nothing of the name. As they are, and with
    Russian letters for Latin ones that look like them."""
    told = _NAME_ENDS.split(line, maxsplit=1)[0]
    return [_WORD.findall(folded(told)), _WORD.findall(look_alike(told))]


def _surnames(words: Sequence[str]) -> list[str]:
    """Any word may be the surname, and any two: some are of two words."""
    return [word for word in words if len(word) > 1] + [f"{one} {two}" for one, two in pairwise(words)]


def _name_of(person: Person) -> Name:
    return folded(person.last_name or ""), folded(person.first_name or ""), folded(person.patronymic or "")


def _any_names(readings: Iterable[Sequence[str]], name: Name) -> bool:
    return any(_names(words, name) for words in readings)


def _names(words: Sequence[str], name: Name) -> bool:
    rest = _without(words, name[0].split())
    if rest is None:
        return False
    told = zip(rest, name[1:], strict=False)
    return all(not known or (known.startswith(word) if len(word) == 1 else known == word) for word, known in told)


def _without(words: Sequence[str], surname: Sequence[str]) -> list[str] | None:
    """What is left when the surname is taken out; None where it is not there."""
    for start in range(len(words) - len(surname) + 1):
        if surname and list(words[start : start + len(surname)]) == list(surname):
            return [*words[:start], *words[start + len(surname) :]]
    return None
