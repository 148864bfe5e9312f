"""Who is in which association."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from opora.community.models import Membership
from opora.registry.batch import (
    Correction,
    Ending,
    copied,
    correct,
    end,
    ended,
    enter,
    fill,
    refuse_dangling,
    rewrite,
    write,
)
from opora.registry.scope import Actor
from opora.registry.verbs import sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMembership:
    association: int
    person: int
    since: dt.date | None = None
    until: dt.date | None = None
    observed_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Move(Ending):
    """A member goes over to another association: leaves this one on a day, and joins that one."""

    into: int


def join(members: Sequence[NewMembership], *, municipality: int, by: Actor) -> list[Membership]:
    with sitting(municipality, by, "вступление в объединения") as s:
        return enter(s, Membership, members)


def leave(endings: Sequence[Ending], *, municipality: int, by: Actor) -> list[Membership]:
    with sitting(municipality, by, "выход из объединений") as s:
        return end(s, Membership, endings)


def carry(moves: Sequence[Move], *, municipality: int, by: Actor) -> list[Membership]:
    """Gives back the new memberships: of associations that merge, or of one that becomes two."""
    with sitting(municipality, by, "переход в другое объединение") as s:
        old = ended(s, Membership, moves)
        new: list[Membership | None] = [None] * len(moves)
        for place, row in s.sound(old):
            told = moves[place]
            if told.into == row.association_id:
                s.fault(place, "into", "Это то же самое объединение", "Выберите другое")
            goes_on = copied(row)
            fill(s, place, goes_on, {"association": told.into, "since": told.until, "until": None, "observed_on": None})
            new[place] = goes_on
        refuse_dangling(s, new, ["association"])
        rewrite(s, old, ["until"])
        return write(s, [row for row in new if row is not None])


def correct_memberships(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Membership]:
    with sitting(municipality, by, "исправление состава объединений") as s:
        return correct(s, Membership, corrections)
