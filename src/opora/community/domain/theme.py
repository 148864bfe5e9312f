"""Methodical themes on which organisations and associations work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from opora.community.models import MethodicalTheme
from opora.registry.batch import Correction, Ending, correct, end, enter
from opora.registry.scope import Actor
from opora.registry.verbs import sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTheme:
    """Of an organisation, of an association, or, where neither is named, of the whole municipality."""

    title: str
    organisation: int | None = None
    association: int | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    observed_on: dt.date | None = None


def set_themes(themes: Sequence[NewTheme], *, municipality: int, by: Actor) -> list[MethodicalTheme]:
    with sitting(municipality, by, "методические темы") as s:
        return enter(s, MethodicalTheme, themes)


def end_themes(endings: Sequence[Ending], *, municipality: int, by: Actor) -> list[MethodicalTheme]:
    with sitting(municipality, by, "завершение методических тем") as s:
        return end(s, MethodicalTheme, endings)


def correct_themes(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[MethodicalTheme]:
    with sitting(municipality, by, "исправление методических тем") as s:
        return correct(s, MethodicalTheme, corrections)
