"""Instead of deleting: a row that nothing refers to goes to the archive, and comes back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection
from django.utils import timezone

from opora.registry.batch.changing import locked
from opora.registry.batch.contradictions import refuse_contradictions
from opora.registry.batch.references import Reference, all_territories, references_to, refuse_dangling
from opora.registry.batch.words import described, listed
from opora.registry.batch.writing import update
from opora.registry.models import Row
from opora.registry.scope import Actor, scope
from opora.registry.verbs import Sitting, hold_off_loads, sitting

R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class Referring:
    """Living rows of one table that refer to a row."""

    reference: Reference
    number: int
    first: list[int]
    """Ids of some of them."""
    outside: bool
    """Some are of other territories than that of the sitting."""


def archive(model: type[R], ids: Sequence[int], *, municipality: int, by: Actor) -> list[R]:
    """Refuses what living rows still refer to, in whatever territory, and names them."""
    with sitting(municipality, by, "перенос в архив") as s:
        hold_off_loads([municipality])
        rows = locked(s, model, ids)
        _refuse_referred(s, model, rows)
        s.refuse_faults()
        return _rewritten(rows, timezone.now())


def bring_back(model: type[R], ids: Sequence[int], *, municipality: int, by: Actor) -> list[R]:
    """Refuses what refers to rows that are in the archive themselves, or contradicts living rows."""
    with sitting(municipality, by, "возврат из архива") as s:
        rows = locked(s, model, ids, archived=True)
        refuse_dangling(s, rows)
        refuse_contradictions(s, rows)
        s.refuse_faults()
        return _rewritten(rows, None)


def _rewritten(rows: Sequence[R | None], archived_at: Any) -> list[R]:
    changed = [row for row in rows if row is not None]
    for row in changed:
        row.archived_at = archived_at
    update(changed, ["archived_at"])
    return changed


def _refuse_referred(sitting: Sitting, model: type[R], rows: Sequence[R | None]) -> None:
    sound = list(sitting.sound(rows))
    found = referring(sitting, model, [row.pk for _, row in sound])
    for place, row in sound:
        for each in found.get(row.pk, ()):
            message = f"На эту запись ссылаются: {each.reference.title} — {each.number}{_examples(each)}"
            sitting.fault(place, "", message, "Сначала исправьте их или перенесите в архив")


def referring(sitting: Sitting, model: type[Row], ids: Sequence[int]) -> dict[int, list[Referring]]:
    """Living rows of every territory that refer to rows of this model, in one statement: by the id of the row."""
    references = [each for each in references_to(model) if issubclass(each.model, Row)]
    if not references or not ids:
        return {}
    query = " UNION ALL ".join(
        f'SELECT {place}, "{each.column}", count(*), (array_agg(id ORDER BY municipality_id <> %(ours)s, id))[1:4], '
        f'bool_or(municipality_id <> %(ours)s) FROM "{each.table}" '
        f'WHERE "{each.column}" = ANY (%(ids)s::bigint[]) AND archived_at IS NULL GROUP BY "{each.column}"'
        for place, each in enumerate(references)
    )
    found: defaultdict[int, list[Referring]] = defaultdict(list)
    with scope(all_territories(), sitting.by), connection.cursor() as cursor:
        cursor.execute(query, {"ours": sitting.municipality, "ids": list(ids)})
        for place, pk, number, first, outside in cursor.fetchall():
            found[pk].append(Referring(references[place], number, first, outside))
    return found


def _examples(found: Referring) -> str:
    """Of what others have entered, no more is told than that it is there."""
    manager: Any = found.reference.model._default_manager
    words = [described(row) for row in manager.filter(pk__in=found.first).order_by("pk")]
    others = "есть и у других территорий" if found.outside else ""
    told = "; ".join(filter(None, [listed(words), others]))
    return f" ({told})" if told else ""
