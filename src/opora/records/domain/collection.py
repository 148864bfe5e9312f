"""Collections of data, the cards that come back, and surveys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from opora.records.models import CardAnswer, Collection, SurveyResult
from opora.registry.batch import (
    Correction,
    changed_fields,
    correct,
    corrected,
    enter,
    prepared,
    refuse_above,
    rewrite,
    write,
)
from opora.registry.scope import Actor
from opora.registry.verbs import sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCollection:
    title: str
    date: dt.date
    """By which the answers are due."""
    topic: str | None = None
    level: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    collection: int
    question: str
    """The code of the indicator."""
    date: dt.date
    organisation: int | None = None
    """Empty: the municipality answers."""
    value: float | None = None
    base: float | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What an anonymous survey said in all."""

    topic: str
    date: dt.date
    organisation: int | None = None
    respondents: int | None = None
    positive: int | None = None


def announce_collections(collections: Sequence[NewCollection], *, municipality: int, by: Actor) -> list[Collection]:
    with sitting(municipality, by, "объявление сборов данных") as s:
        return enter(s, Collection, collections)


def correct_collections(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Collection]:
    with sitting(municipality, by, "исправление сборов данных") as s:
        return correct(s, Collection, corrections)


def answer_cards(answers: Sequence[Answer], *, municipality: int, by: Actor) -> list[CardAnswer]:
    """A later answer to the same question takes the place of an earlier one in every count, which stays to be seen; of
    one day there is one answer."""
    with sitting(municipality, by, "ответы карт") as s:
        rows = prepared(s, CardAnswer, answers)
        refuse_above(s, rows, "value", "base")
        return write(s, rows)


def correct_answers(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[CardAnswer]:
    with sitting(municipality, by, "исправление ответов карт") as s:
        rows = corrected(s, CardAnswer, corrections)
        if changed_fields(corrections) & {"value", "base"}:
            refuse_above(s, rows, "value", "base")
        return rewrite(s, rows, changed_fields(corrections))


def record_surveys(surveys: Sequence[Survey], *, municipality: int, by: Actor) -> list[SurveyResult]:
    with sitting(municipality, by, "итоги опросов") as s:
        rows = prepared(s, SurveyResult, surveys)
        refuse_above(s, rows, "positive", "respondents")
        return write(s, rows)


def correct_surveys(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[SurveyResult]:
    with sitting(municipality, by, "исправление итогов опросов") as s:
        rows = corrected(s, SurveyResult, corrections)
        if changed_fields(corrections) & {"positive", "respondents"}:
            refuse_above(s, rows, "positive", "respondents")
        return rewrite(s, rows, changed_fields(corrections))
