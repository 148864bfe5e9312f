"""Consultations and other help that somebody got."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from opora.learning.domain.whose import refuse_of_others, refuse_same_person
from opora.learning.models import Support
from opora.registry.batch import Correction, changed_fields, corrected, prepared, rewrite, write
from opora.registry.scope import Actor
from opora.registry.verbs import Sitting, sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    person: int
    kind: str
    date: dt.date
    by: int | None = None
    topic: str | None = None
    route: int | None = None
    """The one on which she was helped."""


def record_support(helped: Sequence[Help], *, municipality: int, by: Actor) -> list[Support]:
    with sitting(municipality, by, "сопровождение") as s:
        rows = prepared(s, Support, helped)
        _refuse_impossible(s, rows)
        return write(s, rows)


def correct_support(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Support]:
    with sitting(municipality, by, "исправление сопровождения") as s:
        rows = corrected(s, Support, corrections)
        if changed_fields(corrections) & {"person", "by", "route"}:
            _refuse_impossible(s, rows)
        return rewrite(s, rows, changed_fields(corrections))


def _refuse_impossible(sitting: Sitting, rows: Sequence[Support | None]) -> None:
    refuse_same_person(sitting, rows, "person", "by", "Человек не оказывает поддержки самому себе")
    refuse_of_others(sitting, rows, "route", of=lambda row: row.person_id)
