"""All that a reader may see of a person, in the order of time."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from opora.access.seeing import Standing, visible_to
from opora.indicators.periods import Period
from opora.registry.models import Source
from opora.web.concealed import conceal
from opora.web.person.community import COMMUNITY
from opora.web.person.learning import LEARNING
from opora.web.person.telling import Kind, Moment, Telling
from opora.web.person.work import WORK

TELLINGS: tuple[Telling[Any], ...] = (*WORK, *LEARNING, *COMMUNITY)
_SEPTEMBER = 9
_OTHERS = ("mentor", "mentee", "tutor", "by", "person")
"""Fields by which a row names somebody beside her."""


@dataclass(frozen=True, slots=True)
class Year:
    """A school year, or what has no date."""

    title: str
    moments: Sequence[Moment]


@dataclass(frozen=True, slots=True)
class Timeline:
    moments: Sequence[Moment]
    """Newest first, of which the day is not known last."""

    @property
    def kinds(self) -> list[tuple[Kind, int]]:
        """Those of which there is something, and how much."""
        found = Counter(moment.kind for moment in self.moments)
        return [(kind, found[kind]) for kind in Kind if found[kind]]

    def of(self, kind: Kind | None) -> list[Year]:
        chosen = [moment for moment in self.moments if kind in (None, moment.kind)]
        return [Year(title, list(moments)) for title, moments in groupby(chosen, key=_year)]

    def sources(self) -> list[str]:
        """Where all of it comes from, newest first."""
        ids = {moment.source for moment in self.moments if moment.source is not None}
        return list(
            dict.fromkeys(Source.objects.filter(pk__in=ids).order_by("-made_at").values_list("title", flat=True))
        )


def timeline_of(standing: Standing, person: int) -> Timeline:
    """As many queries as there are tables, however much is in them."""
    found = [
        (telling, row, path)
        for telling in TELLINGS
        for row, path in telling.found(visible_to(standing, telling.model), person)
    ]
    conceal([row for _, row, _ in found], _OTHERS, standing)
    moments = [telling.moment(row, path) for telling, row, path in found]
    return Timeline(sorted(moments, key=lambda one: one.when or dt.date.min, reverse=True))


def _year(moment: Moment) -> str:
    if moment.when is None:
        return "Когда, не известно"
    year = moment.when.year - (moment.when.month < _SEPTEMBER)
    return Period(dt.date(year, _SEPTEMBER, 1), 12).title
