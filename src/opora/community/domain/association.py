"""Associations: founded, headed, closed.

An association is one row for as long as it lives, whoever heads it: its meetings and members hang on the row, and a
count such as «four meetings in the year» must not fall apart where the head changes. So a new head takes the place of
the old one in the row, and who headed it before is told by the trail.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from opora.community.models import Association, Membership, MethodicalTheme
from opora.people.domain.ends import end_with
from opora.registry.batch import Correction, Ending, changed_fields, correct, corrected, ended, enter, rewrite
from opora.registry.scope import Actor
from opora.registry.verbs import Sitting, sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAssociation:
    title: str
    kind: str
    level: str
    organisation: int | None = None
    network: bool | None = None
    online: bool | None = None
    head: int | None = None
    theme: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    observed_on: dt.date | None = None


def found_associations(associations: Sequence[NewAssociation], *, municipality: int, by: Actor) -> list[Association]:
    with sitting(municipality, by, "создание объединений") as s:
        return enter(s, Association, associations)


def close_associations(endings: Sequence[Ending], *, municipality: int, by: Actor) -> list[Association]:
    """With an association end the membership in it and its methodical themes."""
    with sitting(municipality, by, "закрытие объединений") as s:
        rows = rewrite(s, ended(s, Association, endings), ["until"])
        _end_what_belongs(s, rows)
        return rows


def appoint_heads(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Association]:
    """Of ``head`` alone; empty where nobody heads the association for now."""
    with sitting(municipality, by, "назначение руководителей объединений") as s:
        return correct(s, Association, corrections, ["head"])


def correct_associations(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Association]:
    with sitting(municipality, by, "исправление объединений") as s:
        rows = rewrite(s, corrected(s, Association, corrections), changed_fields(corrections))
        if "until" in changed_fields(corrections):
            _end_what_belongs(s, [row for row in rows if row.until is not None])
        return rows


def _end_what_belongs(sitting: Sitting, closed: Sequence[Association]) -> None:
    end_with(sitting, closed, Membership, "association")
    end_with(sitting, closed, MethodicalTheme, "association")
