"""Innovation sites: a status is given, prolonged, and ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from opora.community.models import InnovationSite
from opora.registry.batch import Correction, Ending, correct, end, ended, enter, rewrite
from opora.registry.scope import Actor
from opora.registry.verbs import sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSite:
    organisation: int
    kind: str
    level: str | None = None
    topic: str | None = None
    title: str | None = None
    document: int | None = None
    """By which the status was given."""
    since: dt.date | None = None
    until: dt.date | None = None
    observed_on: dt.date | None = None


def give_site_status(sites: Sequence[NewSite], *, municipality: int, by: Actor) -> list[InnovationSite]:
    with sitting(municipality, by, "присвоение статуса площадки") as s:
        return enter(s, InnovationSite, sites)


def prolong_sites(endings: Sequence[Ending], *, municipality: int, by: Actor) -> list[InnovationSite]:
    """The same status goes on to a later end, without a new beginning. After a break it is given anew."""
    with sitting(municipality, by, "продление статуса площадки") as s:
        rows = ended(s, InnovationSite, endings)
        for place, _ in s.sound(rows):
            told = endings[place]
            if told.seen_until is None:
                s.fault(place, "until", "Статус и так без срока", "Обновите страницу")
            elif told.until <= told.seen_until:
                message = f"Новый срок не позже прежнего ({told.seen_until:%d.%m.%Y})"
                s.fault(place, "until", message, "Исправьте дату")
        return rewrite(s, rows, ["until"])


def end_sites(endings: Sequence[Ending], *, municipality: int, by: Actor) -> list[InnovationSite]:
    with sitting(municipality, by, "прекращение статуса площадки") as s:
        return end(s, InnovationSite, endings)


def correct_sites(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[InnovationSite]:
    with sitting(municipality, by, "исправление площадок") as s:
        return correct(s, InnovationSite, corrections)
