"""Experience that is shown: presentations, publications, materials and who recommends them, practices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from opora.community.models import Material, Practice, Presentation, Publication
from opora.registry.batch import (
    Correction,
    Ending,
    changed_fields,
    correct,
    corrected,
    end,
    enter,
    fill,
    locked,
    prepared,
    refuse_dangling,
    rewrite,
    write,
)
from opora.registry.scope import Actor
from opora.registry.verbs import Sitting, sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPresentation:
    person: int
    date: dt.date
    event: int | None = None
    site: int | None = None
    topic: str | None = None
    level: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPublication:
    person: int
    date: dt.date
    title: str | None = None
    outlet: str | None = None
    form: str | None = None
    topic: str | None = None
    level: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMaterial:
    title: str
    kind: str
    date: dt.date
    person: int | None = None
    association: int | None = None
    """Which has recommended it."""
    updated: bool | None = None
    outlet: str | None = None
    protocol: str | None = None
    recommended_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """An association recommends a material."""

    material: int
    association: int
    recommended_on: dt.date
    protocol: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPractice:
    title: str
    organisation: int | None = None
    person: int | None = None
    topic: str | None = None
    level: str | None = None
    url: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    observed_on: dt.date | None = None


def record_presentations(
    presentations: Sequence[NewPresentation], *, municipality: int, by: Actor
) -> list[Presentation]:
    with sitting(municipality, by, "представление опыта") as s:
        return enter(s, Presentation, presentations)


def correct_presentations(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Presentation]:
    with sitting(municipality, by, "исправление представления опыта") as s:
        return correct(s, Presentation, corrections)


def record_publications(publications: Sequence[NewPublication], *, municipality: int, by: Actor) -> list[Publication]:
    with sitting(municipality, by, "публикации") as s:
        return enter(s, Publication, publications)


def correct_publications(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Publication]:
    with sitting(municipality, by, "исправление публикаций") as s:
        return correct(s, Publication, corrections)


def record_materials(materials: Sequence[NewMaterial], *, municipality: int, by: Actor) -> list[Material]:
    with sitting(municipality, by, "методические материалы") as s:
        rows = prepared(s, Material, materials)
        _refuse_early_recommendation(s, rows)
        return write(s, rows)


def recommend_materials(approvals: Sequence[Approval], *, municipality: int, by: Actor) -> list[Material]:
    """A material is recommended once; another recommendation is a correction."""
    with sitting(municipality, by, "рекомендация методических материалов") as s:
        rows = locked(s, Material, [each.material for each in approvals], "material")
        for place, row in s.sound(rows):
            told = approvals[place]
            if row.association_id is not None or row.recommended_on is not None:
                s.fault(place, "material", "Материал уже рекомендован", "Обновите страницу")
            values = {"association": told.association, "recommended_on": told.recommended_on}
            fill(s, place, row, values | {"protocol": told.protocol or row.protocol})
        refuse_dangling(s, rows, ["association"])
        _refuse_early_recommendation(s, rows)
        return rewrite(s, rows, ["association", "protocol", "recommended_on"])


def correct_materials(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Material]:
    with sitting(municipality, by, "исправление методических материалов") as s:
        rows = corrected(s, Material, corrections)
        if changed_fields(corrections) & {"date", "recommended_on"}:
            _refuse_early_recommendation(s, rows)
        return rewrite(s, rows, changed_fields(corrections))


def open_practices(practices: Sequence[NewPractice], *, municipality: int, by: Actor) -> list[Practice]:
    with sitting(municipality, by, "банк практик") as s:
        return enter(s, Practice, practices)


def close_practices(endings: Sequence[Ending], *, municipality: int, by: Actor) -> list[Practice]:
    with sitting(municipality, by, "исключение из банка практик") as s:
        return end(s, Practice, endings)


def correct_practices(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Practice]:
    with sitting(municipality, by, "исправление банка практик") as s:
        return correct(s, Practice, corrections)


def _refuse_early_recommendation(sitting: Sitting, rows: Sequence[Material | None]) -> None:
    for place, row in sitting.sound(rows):
        if row.recommended_on is not None and row.recommended_on < row.date:
            message = f"Рекомендован раньше, чем подготовлен ({row.date:%d.%m.%Y})"
            sitting.fault(place, "recommended_on", message, "Исправьте одну из дат")
