"""Instruments, and what they showed of whom. A score is turned into a level by the thresholds of the instrument."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from opora.learning.domain.thresholds import Thresholds, Unreadable, thresholds
from opora.learning.domain.whose import refuse_given_away
from opora.learning.models import DiagnosticResult, Instrument
from opora.registry.batch import Correction, changed_fields, corrected, prepared, referred, rewrite, write
from opora.registry.batch.columns import columns_of
from opora.registry.scope import Actor
from opora.registry.verbs import Sitting, sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class NewInstrument:
    title: str
    origin: str | None = None
    level: str | None = None
    independent: bool | None = None
    thresholds: str | None = None
    """«низкий < 50, высокий ≥ 75»; see ``thresholds.py``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What was measured of one person in one area."""

    person: int
    date: dt.date
    instrument: int | None = None
    measures: str | None = None
    subject: str | None = None
    score: float | None = None
    level: str | None = None
    """Empty: by the score, if the instrument states its thresholds."""


def enter_instruments(instruments: Sequence[NewInstrument], *, municipality: int, by: Actor) -> list[Instrument]:
    with sitting(municipality, by, "новые инструменты диагностики") as s:
        rows = prepared(s, Instrument, instruments)
        _refuse_unreadable(s, rows)
        return write(s, rows)


def correct_instruments(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Instrument]:
    """New thresholds hold for results that are recorded later: the levels of those before are what was told then."""
    with sitting(municipality, by, "исправление инструментов диагностики") as s:
        rows = corrected(s, Instrument, corrections)
        if "thresholds" in changed_fields(corrections):
            _refuse_unreadable(s, rows)
        return rewrite(s, rows, changed_fields(corrections))


def record_results(results: Sequence[Result], *, municipality: int, by: Actor) -> list[DiagnosticResult]:
    with sitting(municipality, by, "результаты диагностики") as s:
        rows = prepared(s, DiagnosticResult, results)
        for place, row, level in _levels(s, rows):
            row.level = row.level or level
            _refuse_other_level(s, place, row, level)
        return write(s, rows)


def correct_results(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[DiagnosticResult]:
    """With a new score a new level is told, if it has changed: nobody's level changes unseen."""
    with sitting(municipality, by, "исправление результатов диагностики") as s:
        rows = corrected(s, DiagnosticResult, corrections)
        refuse_given_away(s, rows, corrections)
        if changed_fields(corrections) & {"instrument", "score", "level"}:
            for place, row, level in _levels(s, rows):
                _refuse_other_level(s, place, row, level)
        return rewrite(s, rows, changed_fields(corrections))


def stated_level(instrument: Instrument | None, score: float | None) -> str | None:
    """What the thresholds say of a score; None where they say nothing, or cannot be read."""
    stated = _stated(instrument)
    return None if stated is None or score is None else stated.level(score)


def _stated(instrument: Instrument | None) -> Thresholds | None:
    """Of an instrument that was loaded the thresholds may be any text."""
    try:
        return thresholds(instrument.thresholds) if instrument is not None and instrument.thresholds else None
    except Unreadable:
        return None


def _levels(
    sitting: Sitting, rows: Sequence[DiagnosticResult | None]
) -> Iterator[tuple[int, DiagnosticResult, str | None]]:
    """Each sound row with the level that follows from its score; a score beyond a whole scale is a fault."""
    batch = list(sitting.sound(rows))
    scales = {pk: _stated(instrument) for pk, instrument in referred(batch, "instrument").items()}
    for place, row in batch:
        scale = scales.get(row.instrument_id)
        level = scale.level(row.score) if scale and row.score is not None else None
        if scale and scale.whole and row.score is not None and level is None and row.level is None:
            message = f"Балл {_plain(row.score)} не относится ни к одному уровню по порогам инструмента"
            sitting.fault(place, "score", message, "Исправьте балл или укажите уровень")
        yield place, row, level


def _refuse_other_level(sitting: Sitting, place: int, row: DiagnosticResult, level: str | None) -> None:
    if level is not None and row.level != level and row.score is not None:
        column = columns_of(DiagnosticResult)["level"]
        told = f"указан {column.label(row.level)}" if row.level else "уровень не указан"
        message = f"Балл {_plain(row.score)} по порогам инструмента — {column.label(level)} уровень, а {told}"
        sitting.fault(place, "level", message, "Исправьте балл или уровень")


def _plain(score: float) -> str:
    return f"{score:g}".replace(".", ",")


def _refuse_unreadable(sitting: Sitting, rows: Sequence[Instrument | None]) -> None:
    for place, row in sitting.sound(rows):
        try:
            if row.thresholds:
                thresholds(row.thresholds)
        except Unreadable as unread:
            message = f"Пороги не прочитаны: {unread}"
            sitting.fault(place, "thresholds", message, "Напишите так: низкий < 50, высокий ≥ 75")
