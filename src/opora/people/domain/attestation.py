"""Categories and соответствие, as приказ Минпросвещения России от 24.03.2023 № 196 has it.

A category awarded since 01.09.2023 has no term; an older one holds five years from its award (the order keeps the terms
of those awarded before); соответствие is confirmed every five years. Педагог-методист and педагог-наставник are awarded
to who has the highest category.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from opora.indicators.periods import shifted
from opora.people.models import Attestation
from opora.registry.batch import (
    Correction,
    Ending,
    changed_fields,
    corrected,
    end,
    prepared,
    refuse_overlaps,
    refuse_unfilled,
    rewrite,
    succeeded,
    write,
    write_ends,
)
from opora.registry.batch.overlaps import days_of, living_like, overlap
from opora.registry.scope import Actor
from opora.registry.verbs import Sitting, sitting

WITHOUT_TERM_SINCE = dt.date(2023, 9, 1)
YEARS = 5
CATEGORIES = {"first", "highest"}
_FOR_THE_HIGHEST = {"methodist", "mentor"}
ENDS = {
    "first": {"first"},
    "highest": {"highest", "first"},
    "methodist": {"methodist"},
    "mentor": {"mentor"},
    "conformity": {"conformity", "nonconformity"},
    "nonconformity": {"conformity", "nonconformity"},
}
"""What a new result ends, of those for the same post. A first category does not take the highest away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """The result of an attestation."""

    person: int
    category: str
    since: dt.date
    """The day of the decision."""
    post: str | None = None
    until: dt.date | None = None
    """Empty: as the law has it."""


def attest(awards: Sequence[Award], *, municipality: int, by: Actor) -> list[Attestation]:
    """A new result ends the older one of the same kind for the same post; one that is entered late ends where the newer
    begins."""
    with sitting(municipality, by, "аттестация") as s:
        rows = prepared(s, Attestation, awards)
        refuse_unfilled(s, rows, "since")
        for place, row in s.sound(rows):
            _refuse_against_the_order(s, place, row)
            row.until = row.until or lawful_end(row.category, row.since)
        _refuse_without_highest(s, rows)
        older = succeeded(s, rows, "person", "post", ends=lambda new, old: old.category in ENDS[new.category])
        made = write(s, rows)
        write_ends(s, older)
        return made


def end_attestations(endings: Sequence[Ending], *, municipality: int, by: Actor) -> list[Attestation]:
    """Before its term, or of what has none: a category was taken away."""
    with sitting(municipality, by, "прекращение категории") as s:
        return end(s, Attestation, endings)


def correct_attestations(corrections: Sequence[Correction], *, municipality: int, by: Actor) -> list[Attestation]:
    """Dates are corrected as they are told: no term is counted anew."""
    with sitting(municipality, by, "исправление аттестации") as s:
        rows = corrected(s, Attestation, corrections)
        if changed_fields(corrections) & {"person", "post", "category", "since", "until"}:
            _refuse_without_highest(s, rows)
            refuse_overlaps(s, rows, "person", "post", "category")
        return rewrite(s, rows, changed_fields(corrections))


def lawful_end(category: str, since: dt.date | None) -> dt.date | None:
    """The first day on which the result holds no more; None: it has no term, or its beginning is not known."""
    if since is None:
        return None
    has_term = category == "conformity" or (category in CATEGORIES and since < WITHOUT_TERM_SINCE)
    return shifted(since, YEARS, "year") if has_term else None


def _refuse_against_the_order(sitting: Sitting, place: int, row: Attestation) -> None:
    assert row.since is not None
    of_the_order = row.category in CATEGORIES | _FOR_THE_HIGHEST
    if row.category in _FOR_THE_HIGHEST and row.since < WITHOUT_TERM_SINCE:
        message = "Такую категорию присваивают с 01.09.2023"
        sitting.fault(place, "since", message, "Исправьте дату или категорию")
    elif of_the_order and row.since >= WITHOUT_TERM_SINCE and row.until is not None:
        message = "Категория, присвоенная с 01.09.2023, бессрочна"
        sitting.fault(place, "until", message, "Уберите срок; если категорию сняли, внесите это отдельно")


def _refuse_without_highest(sitting: Sitting, rows: Sequence[Attestation | None]) -> None:
    """Held on the day of the decision: known before, or entered in the same batch. Where a post is not known, the
    highest category for any post will do."""
    batch = list(sitting.sound(rows))
    asking = [(place, row) for place, row in batch if row.category in _FOR_THE_HIGHEST]
    known = living_like(sitting, [row for _, row in batch], "person", category="highest")
    highest = known + [row for _, row in batch if row.category == "highest"]
    for place, row in asking:
        held = (each for each in highest if each.person_id == row.person_id and _on(each, row.since))
        if not any(None in (each.post, row.post) or each.post == row.post for each in held):
            message = "На день присвоения нет высшей категории по этой должности"
            sitting.fault(place, "category", message, "Сначала внесите высшую категорию")


def _on(row: Attestation, day: dt.date | None) -> bool:
    return day is not None and overlap(days_of(row), (day, day + dt.timedelta(1)))
