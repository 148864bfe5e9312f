"""Deficits: found by diagnostics or otherwise, and closed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from opora.learning.domain.diagnostic import stated_level
from opora.learning.domain.whose import refuse_given_away, refuse_of_others
from opora.learning.models import Deficit, DiagnosticResult
from opora.registry.batch import (
    Correction,
    Ending,
    blank,
    changed_fields,
    corrected,
    end,
    fill,
    locked,
    prepared,
    referred,
    rewrite,
    write,
)
from opora.registry.batch.overlaps import days_of, living_like
from opora.registry.scope import Actor
from opora.registry.verbs import Sitting, sitting

COMPETENCES = frozenset({"subject", "methodical", "psychological", "communicative", "digital", "managerial"})
"""In these something can be lacking; motivation, readiness and burnout are states of mind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDeficit:
    person: int
    area: str | None = None
    subject: str | None = None
    topic: str | None = None
    diagnostic_result: int | None = None
    found_on: dt.date | None = None
    closed_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A result from which a deficit may follow."""

    result: int
    topic: str | None = None
    """What is lacking, more precisely than the area."""


def open_deficits(deficits: Sequence[FoundDeficit], *, municipality: int, by: Actor) -> list[Deficit]:
    with sitting(municipality, by, "выявленные дефициты") as s:
        rows = prepared(s, Deficit, deficits)
        _refuse_against_result(s, rows)
        return write(s, rows)


def find_deficits(findings: Sequence[Finding], *, municipality: int, by: Actor) -> list[Deficit]:
    """A low level in a competence is a deficit from the day of the result on, unless the same one is known by then.

    Gives back the new ones. Of the same results it finds nothing a second time.
    """
    with sitting(municipality, by, "дефициты по итогам диагностики") as s:
        results = locked(s, DiagnosticResult, [each.result for each in findings], "result")
        return write(s, _not_known(s, findings, _low(s, results)))


def close_deficits(endings: Sequence[Ending], *, municipality: int, by: Actor) -> list[Deficit]:
    with sitting(municipality, by, "устранение дефицитов") as s:
        return end(s, Deficit, endings)


def correct_deficits(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Deficit]:
    with sitting(municipality, by, "исправление дефицитов") as s:
        rows = corrected(s, Deficit, corrections)
        refuse_given_away(s, rows, corrections)
        if changed_fields(corrections) & {"person", "diagnostic_result", "found_on"}:
            _refuse_against_result(s, rows)
        return rewrite(s, rows, changed_fields(corrections))


def _refuse_against_result(sitting: Sitting, rows: Sequence[Deficit | None]) -> None:
    refuse_of_others(sitting, rows, "diagnostic_result", of=lambda row: row.person_id)
    batch = list(sitting.sound(rows))
    results = referred(batch, "diagnostic_result")
    for place, row in batch:
        result = results.get(row.diagnostic_result_id)
        if result is not None and row.found_on is not None and row.found_on < result.date:
            message = f"Дефицит выявлен раньше, чем получен результат ({result.date:%d.%m.%Y})"
            sitting.fault(place, "found_on", message, "Исправьте дату или выберите другой результат")


def _low(sitting: Sitting, results: Sequence[DiagnosticResult | None]) -> list[tuple[int, DiagnosticResult]]:
    """In the order of their days. A result that tells no level is a fault."""
    batch = list(sitting.sound(results))
    instruments = referred(batch, "instrument")
    low = []
    for place, row in batch:
        level = row.level or stated_level(instruments.get(row.instrument_id), row.score)
        if level is None:
            message = "Уровень не известен: он не указан, а по баллу его не определить"
            sitting.fault(place, "result", message, "Укажите уровень или пороги инструмента")
        elif level == "low" and (row.measures is None or row.measures in COMPETENCES):
            low.append((place, row))
    return sorted(low, key=lambda each: (each[1].date, each[1].pk))


def _not_known(
    sitting: Sitting, findings: Sequence[Finding], low: Sequence[tuple[int, DiagnosticResult]]
) -> list[Deficit]:
    """Whatever its topic, a deficit in this area and subject that has not been closed by then is the same one; and one
    that came of the same result is, even if it was closed since."""
    rows = [_deficit_of(sitting, place, result, findings[place].topic) for place, result in low]
    known: defaultdict[int, list[Deficit]] = defaultdict(list)
    for row in living_like(sitting, rows, "person"):
        known[row.person_id].append(row)
    new = []
    for row in rows:
        hers = known[row.person_id]
        if not any(_is_known_by(row, other) for other in hers):
            new.append(row)
            hers.append(row)
    return new


def _deficit_of(sitting: Sitting, place: int, result: DiagnosticResult, topic: str | None) -> Deficit:
    row = blank(sitting, Deficit)
    values = {"person": result.person_id, "area": result.measures, "subject": result.subject, "topic": topic}
    fill(sitting, place, row, values | {"diagnostic_result": result.pk, "found_on": result.date})
    return row


def _is_known_by(row: Deficit, other: Deficit) -> bool:
    same = (other.area, other.subject) == (row.area, row.subject) and days_of(other)[1] > days_of(row)[0]
    return same or other.diagnostic_result_id == row.diagnostic_result_id
