"""Programmes are taken in as texts, put in force from a day on, and found again as of any day."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from functools import lru_cache

from django.db.models import Max

from opora.cycle.models import ProgrammeTerm, ProgrammeVersion
from opora.programmes.check import examine
from opora.programmes.faults import ProgrammeFaults
from opora.programmes.model import Programme
from opora.registry.scope import Actor
from opora.registry.verbs import sitting


def take_in(text: str, *, municipality: int, by: Actor) -> ProgrammeVersion:
    """The version with this text: the one that is there, or a new one. Nothing is put in force by it.

    Raises ``ProgrammeFaults`` with everything that is wrong in the text.
    """
    programme = _sound(text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    with sitting(municipality, by, "новая редакция программы"):
        versions = ProgrammeVersion.objects.filter(municipality=municipality, key=programme.key)
        if known := versions.filter(digest=digest).first():
            return known
        last = versions.aggregate(last=Max("number"))["last"] or 0
        return ProgrammeVersion.objects.create(
            municipality_id=municipality,
            key=programme.key,
            number=last + 1,
            title=programme.title,
            text=text,
            digest=digest,
            added_by=by.user,
        )


def put_in_force(version: int, *, since: dt.date, municipality: int, by: Actor) -> ProgrammeTerm:
    """An older version may come back, too. What was decided for the same day before is replaced.

    Raises ``ProgrammeVersion.DoesNotExist`` where the municipality has no such version.
    """
    with sitting(municipality, by, "программа вступает в силу") as s:
        chosen = ProgrammeVersion.objects.get(pk=version, municipality=municipality)
        term, made = ProgrammeTerm.objects.get_or_create(
            municipality_id=s.municipality, key=chosen.key, since=since, defaults={"version": chosen}
        )
        if not made and term.version_id != chosen.pk:
            term.version = chosen
            term.save(update_fields=["version"])
        return term


def version_on(key: str, on: dt.date, *, places: Sequence[int]) -> ProgrammeVersion | None:
    """The version in force on the day. ``places``: the municipality in whose scope this is asked, then what lies above
    it, the nearest first: a programme of one's own goes before one of the region."""
    terms = ProgrammeTerm.objects.filter(municipality__in=places, key=key, since__lte=on).select_related("version")
    nearest = {place: distance for distance, place in enumerate(places)}
    found = min(terms, key=lambda term: (nearest[term.municipality_id], -term.since.toordinal()), default=None)
    return None if found is None else found.version


def programme_of(version: ProgrammeVersion) -> Programme:
    """Raises ``ProgrammeFaults`` where a newer Opora refuses what an older one has taken in."""
    return _read(version.text)


@lru_cache(maxsize=32)
def _read(text: str) -> Programme:
    """To read a text takes a tenth of a second, and pages ask for the same few."""
    return _sound(text)


def _sound(text: str) -> Programme:
    examined = examine(text)
    if examined.programme is None:
        raise ProgrammeFaults(examined.faults)
    return examined.programme
