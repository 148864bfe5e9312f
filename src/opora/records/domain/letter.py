"""Addressed recommendations; circulars, and who has read them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from opora.records.models import Acknowledgement, Circular, Recommendation
from opora.registry.batch import (
    Correction,
    changed_fields,
    corrected,
    prepared,
    referred,
    rewrite,
    write,
)
from opora.registry.batch.overlaps import living_like
from opora.registry.scope import Actor
from opora.registry.verbs import Sitting, sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRecommendation:
    """To an organisation, a person, an association or a category of educators."""

    date: dt.date
    organisation: int | None = None
    person: int | None = None
    association: int | None = None
    staff_category: str | None = None
    basis: str | None = None
    text: str | None = None
    document: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCircular:
    title: str
    date: dt.date
    respond_by: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An organisation has read a circular."""

    circular: int
    organisation: int
    date: dt.date


def recommend(recommendations: Sequence[NewRecommendation], *, municipality: int, by: Actor) -> list[Recommendation]:
    with sitting(municipality, by, "адресные рекомендации") as s:
        rows = prepared(s, Recommendation, recommendations)
        _refuse_without_addressee(s, rows)
        return write(s, rows)


def correct_recommendations(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Recommendation]:
    with sitting(municipality, by, "исправление рекомендаций") as s:
        rows = corrected(s, Recommendation, corrections)
        if changed_fields(corrections) & {"organisation", "person", "association", "staff_category"}:
            _refuse_without_addressee(s, rows)
        return rewrite(s, rows, changed_fields(corrections))


def send_circulars(circulars: Sequence[NewCircular], *, municipality: int, by: Actor) -> list[Circular]:
    with sitting(municipality, by, "информационные письма") as s:
        rows = prepared(s, Circular, circulars)
        _refuse_early_term(s, rows)
        return write(s, rows)


def correct_circulars(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Circular]:
    with sitting(municipality, by, "исправление писем") as s:
        rows = corrected(s, Circular, corrections)
        if changed_fields(corrections) & {"date", "respond_by"}:
            _refuse_early_term(s, rows)
        return rewrite(s, rows, changed_fields(corrections))


def acknowledge(readings: Sequence[Reading], *, municipality: int, by: Actor) -> list[Acknowledgement]:
    """An organisation reads a circular once, and not before it was sent."""
    with sitting(municipality, by, "ознакомление с письмами") as s:
        rows = prepared(s, Acknowledgement, readings)
        _refuse_impossible_reading(s, rows)
        return write(s, rows)


def correct_acknowledgements(
    corrections: Sequence[Correction], *, municipality: int, by: Actor
) -> list[Acknowledgement]:
    with sitting(municipality, by, "исправление отметок об ознакомлении") as s:
        rows = corrected(s, Acknowledgement, corrections)
        _refuse_impossible_reading(s, rows)
        return rewrite(s, rows, changed_fields(corrections))


def _refuse_without_addressee(sitting: Sitting, rows: Sequence[Recommendation | None]) -> None:
    for place, row in sitting.sound(rows):
        if not (row.organisation_id or row.person_id or row.association_id or row.staff_category):
            mend = "Выберите организацию, педагога, объединение или категорию педагогов"
            sitting.fault(place, "organisation", "Не указано, кому рекомендация", mend)


def _refuse_early_term(sitting: Sitting, rows: Sequence[Circular | None]) -> None:
    for place, row in sitting.sound(rows):
        if row.respond_by is not None and row.respond_by < row.date:
            message = f"Срок ознакомления раньше, чем отправлено письмо ({row.date:%d.%m.%Y})"
            sitting.fault(place, "respond_by", message, "Исправьте одну из дат")


def _refuse_impossible_reading(sitting: Sitting, rows: Sequence[Acknowledgement | None]) -> None:
    batch = list(sitting.sound(rows))
    circulars = referred(batch, "circular")
    known = living_like(sitting, [row for _, row in batch], "circular")
    seen = {(row.circular_id, row.organisation_id): row.date for row in known}
    for place, row in batch:
        sent = circulars[row.circular_id].date
        of = row.circular_id, row.organisation_id
        if row.date < sent:
            message = f"Письмо отправлено только {sent:%d.%m.%Y}"
            sitting.fault(place, "date", message, "Исправьте дату")
        elif of in seen:
            message = f"Организация уже ознакомилась с этим письмом {seen[of]:%d.%m.%Y}"
            sitting.fault(place, "organisation", message, "Уберите лишнее")
        seen.setdefault(of, row.date)
