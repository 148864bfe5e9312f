"""Documents enter into force, replace others, and end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from opora.records.models import Document
from opora.registry.batch import (
    Correction,
    Ending,
    changed_fields,
    corrected,
    end,
    locked,
    prepared,
    refuse_unfilled,
    rewrite,
    write,
)
from opora.registry.batch.overlaps import living_like
from opora.registry.batch.words import described
from opora.registry.batch.writing import update
from opora.registry.scope import Actor
from opora.registry.verbs import Sitting, sitting

_NUMBER = {"number", "dated", "kind", "organisation"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDocument:
    kind: str
    organisation: int | None = None
    """Empty: a document of the municipality."""
    association: int | None = None
    topic: str | None = None
    title: str | None = None
    number: str | None = None
    dated: dt.date | None = None
    published_on: dt.date | None = None
    url: str | None = None
    addressees: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    observed_on: dt.date | None = None
    replaces: int | None = None
    """A document that ends on the first day of this one."""


def enact(documents: Sequence[NewDocument], *, municipality: int, by: Actor) -> list[Document]:
    with sitting(municipality, by, "введение документов в действие") as s:
        rows = prepared(s, Document, documents, besides=["replaces"])
        _refuse_same_number(s, rows)
        old = _ended(s, documents, rows)
        made = write(s, rows)
        for row in old:
            row.source = s.source
        update(old, ["until", "source"])
        return made


def end_documents(endings: Sequence[Ending], *, municipality: int, by: Actor) -> list[Document]:
    with sitting(municipality, by, "прекращение действия документов") as s:
        return end(s, Document, endings)


def correct_documents(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Document]:
    with sitting(municipality, by, "исправление документов") as s:
        rows = corrected(s, Document, corrections)
        if changed_fields(corrections) & _NUMBER:
            _refuse_same_number(s, rows)
        return rewrite(s, rows, changed_fields(corrections))


def _ended(sitting: Sitting, documents: Sequence[NewDocument], rows: Sequence[Document]) -> list[Document]:
    """Those that are replaced, not yet written: what had ended before keeps its end."""
    refuse_unfilled(
        sitting,
        [row if told.replaces is not None else None for told, row in zip(documents, rows, strict=True)],
        "since",
    )
    shortened = []
    for place, row in sitting.sound(locked(sitting, Document, [each.replaces for each in documents], "replaces")):
        day = documents[place].since
        assert day is not None
        if row.since is not None and row.since >= day:
            message = f"Этот документ действует только с {row.since:%d.%m.%Y}"
            sitting.fault(place, "replaces", message, "Выберите документ, который действовал раньше")
        elif row.until is None or row.until > day:
            row.until = day
            shortened.append(row)
    return shortened


def _refuse_same_number(sitting: Sitting, rows: Sequence[Document | None]) -> None:
    """One who issues documents gives a number once on a day to documents of a kind."""
    batch = [(place, row) for place, row in sitting.sound(rows) if row.number is not None and row.dated is not None]
    seen = {_number(row): row for row in living_like(sitting, [row for _, row in batch], "number")}
    for place, row in batch:
        twin = seen.setdefault(_number(row), row)
        if twin is not row:
            message = f"Документ с этим номером и датой уже есть: {described(twin)}"
            sitting.fault(place, "number", message, "Исправьте номер или найдите тот документ")


def _number(row: Document) -> tuple[object, ...]:
    return row.kind, row.organisation_id, row.number, row.dated
