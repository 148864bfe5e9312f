"""What a row may not be because of the rows beside it: asked for every table by its declarations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence, Set
from typing import Any

from opora.indicators.dataset.check_rules import may_not_repeat
from opora.registry.batch.columns import columns_of, value_of
from opora.registry.batch.overlaps import days_of, refuse_overlaps
from opora.registry.batch.words import described
from opora.registry.batch.writing import repeats
from opora.registry.models import Row
from opora.registry.verbs import Sitting


def refuse_contradictions(sitting: Sitting, rows: Sequence[Row | None], changed: Set[str] | None = None) -> None:
    """``changed``: the fields that are written, if not all: what was so before is not held against a correction."""
    model = next((type(row) for row in rows if row is not None), None)
    if model is None:
        return
    table = model.dataset
    dates = {table.start, table.end} - {""}
    if may_not_repeat(table):
        refuse_repeats(sitting, rows)
    for unique in table.unique:
        if changed is None or changed & set(unique):
            _refuse_taken(sitting, rows, unique)
    if model.one_at_a_time and (changed is None or changed & {*model.one_at_a_time, *dates}):
        refuse_overlaps(sitting, rows, *model.one_at_a_time)
    for name in model.within:
        if changed is None or changed & {name, *dates}:
            _refuse_beyond_end(sitting, rows, name)


def refuse_repeats(sitting: Sitting, rows: Sequence[Row | None]) -> None:
    """A row that says the same as another is that one, entered twice."""
    sound = list(sitting.sound(rows))
    if not sound:
        return
    columns = columns_of(type(sound[0][1]))
    # Of people without names, as in depersonalised data, many are alike.
    known = [name for name, column in columns.items() if column.required] or ["last_name"]
    for place, row in _agreeing(sound, list(columns), known):
        sitting.fault(place, "", f"Такая запись уже есть: {described(row)}", "Уберите лишнюю")


def _refuse_taken(sitting: Sitting, rows: Sequence[Row | None], unique: tuple[str, ...]) -> None:
    sound = list(sitting.sound(rows))
    for place, row in _agreeing(sound, unique, unique):
        taken = " — ".join(str(value_of(row, name)) for name in unique)
        sitting.fault(place, unique[0], f"«{taken}» уже есть", "Исправьте ту запись, вместо того чтобы вводить вторую")


def _agreeing(rows: Sequence[tuple[int, Row]], names: Sequence[str], known: Sequence[str]) -> list[tuple[int, Row]]:
    """Rows that agree in these fields with an earlier one of the batch or with one that is in the table."""
    seen: set[tuple[object, ...]] = set()
    found = {}
    for place, row in rows:
        values = tuple(value_of(row, name) for name in names)
        if values in seen and None not in [value_of(row, name) for name in known]:
            found[place] = row
        seen.add(values)
    found |= {rows[index][0]: rows[index][1] for index, _ in repeats([row for _, row in rows], names, known)}
    return list(found.items())


def _refuse_beyond_end(sitting: Sitting, rows: Sequence[Row | None], name: str) -> None:
    batch = list(sitting.sound(rows))
    model: Any = next((type(row)._meta.get_field(name).related_model for _, row in batch), None)
    if model is None:
        return
    wanted = {value_of(row, name) for _, row in batch} - {None}
    over = {row.pk: row for row in model.objects.filter(pk__in=wanted, until__isnull=False)}
    for place, row in batch:
        state = over.get(value_of(row, name))
        if state is not None and days_of(row)[1] > state.until:
            last = state.until - dt.timedelta(1)
            message = f"«{columns_of(type(row))[name].title}» — только по {last:%d.%m.%Y}: {described(state)}"
            sitting.fault(place, name, message, "Выберите другое или исправьте даты")
