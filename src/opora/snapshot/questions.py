"""What is asked of the registry's numbers, and how an answer is kept until the facts under it change."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import duckdb

from opora import __version__
from opora.indicators.engine.plan import Plan
from opora.indicators.periods import Period
from opora.people.models import Territory
from opora.programmes.model import Programme
from opora.registry.locks import one_at_a_time
from opora.registry.scope import Actor, scope
from opora.snapshot.models import KeptValues
from opora.snapshot.moments import Moment, changed_since
from opora.snapshot.territories import territory, with_all_inside

_MOST_PLANS = 64
_SHELF: dict[object, Plan] = {}


@dataclass(frozen=True)
class Question:
    """Which values: nothing but the facts can change the answer."""

    programme: Programme
    municipality: str
    on: dt.date
    period: Period | None = None
    by: tuple[str, ...] = ("organisation", "subject")
    code: str = ""
    """Of the indicator that is to be opened; empty where values are asked for."""
    text: str = ""
    """Digest of the programme's text where it has one: to tell the same from the programme itself takes longer than to
    read what is kept."""

    @cached_property
    def digest(self) -> str:
        told = (
            self.text or repr(self.programme),
            self.municipality,
            self.on,
            self.period,
            self.by,
            self.code,
            __version__,
            duckdb.__version__,
        )
        return hashlib.sha256(repr(told).encode()).hexdigest()


def kept_row(question: Question, place: Territory) -> KeptValues | None:
    """Within the scope of the question."""
    return KeptValues.objects.filter(municipality=place, question=question.digest).first()


def changed_under(row: KeptValues) -> frozenset[str]:
    """Tables of the scope that have changed since the answer was true."""
    assert row.era is not None
    return changed_since(Moment(row.era, row.seen))


def keep(
    question: Question, place: Territory, then: Moment, about: Mapping[str, Any], tables: Iterable[str] = ()
) -> KeptValues:
    """The answer is there, and nobody waits for it any more. ``tables``: while these are as they were, it holds."""
    row, _ = KeptValues.objects.update_or_create(
        municipality=place,
        question=question.digest,
        defaults={
            "about": dict(about),
            "tables": sorted(tables),
            "era": then.era,
            "seen": then.seen,
            "counted_at": dt.datetime.now(dt.UTC),
            "asked_at": None,
            "failed_at": None,
            "failure": "",
        },
    )
    return row


@contextmanager
def scope_of(question: Question, actor: Actor) -> Iterator[Territory]:
    """The municipality, or the region with all that lies in it."""
    top = territory(question.municipality)
    with scope([each.pk for each in with_all_inside(top)], actor):
        yield top


def counted_once(question: Question) -> AbstractContextManager[None]:
    """Of all the processes of the installation one counts the answer."""
    return one_at_a_time(f"opora values {question.digest}")


def shelf() -> dict[object, Plan]:
    """Compiled plans of this process; those of too many questions are not kept."""
    if len(_SHELF) > _MOST_PLANS:
        _SHELF.clear()
    return _SHELF
