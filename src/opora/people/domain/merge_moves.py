"""The moving itself: one statement a reference, however many cards and rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import AutoField

from opora.indicators.dataset.check_rules import may_not_repeat
from opora.people.models import Person, PersonMerge, PersonMergeMove
from opora.registry.batch.columns import columns_of
from opora.registry.batch.references import Reference, references_to
from opora.registry.models import Row


def references() -> list[Reference]:
    """All that refers to people, but for the memory of merges."""
    return [each for each in references_to(Person) if each.model not in (PersonMerge, PersonMergeMove)]


def move(merges: Iterable[PersonMerge]) -> None:
    """Every reference goes from the duplicates to the kept cards, archived rows too: they may come back. Of rows that
    then say the same twice one is put to the archive."""
    ids = [merge.pk for merge in merges]
    for each in references():
        _execute(_MOVE, each, ids)
    for model in _that_may_repeat():
        _execute(_ARCHIVE_REPEATS, Reference(model, ""), ids, agree=_agree(model))
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"merges": ids})


def give_back(merges: Iterable[PersonMerge]) -> None:
    """References that still are where the merge has put them."""
    ids = [merge.pk for merge in merges]
    for each in references():
        restored = _RESTORED if issubclass(each.model, Row) else ""
        _execute(_GIVE_BACK, each, ids, restored=restored)


def all_constraints(when: str) -> None:
    """``DEFERRED``: what is refused is looked at when all is done; ``IMMEDIATE``: now, and from now on."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS ALL {when}")


_MOVE = """
WITH moved AS (
    UPDATE "{table}" r SET "{column}" = m.kept_id FROM person_merge m
    WHERE m.id = ANY (%(merges)s::bigint[]) AND r."{column}" = m.duplicate_id
    RETURNING r.id, m.id AS merge_id, {municipality} AS municipality_id
)
INSERT INTO person_merge_move (merge_id, municipality_id, table_name, field, row_id, archived, given_back)
SELECT merge_id, municipality_id, '{table}', '{field}', id, false, false FROM moved
"""
# The later merge gives way to the earlier, and what was moved to what was there.
_ARCHIVE_REPEATS = """
WITH moved AS (
    SELECT row_id, min(merge_id) AS merge_id FROM person_merge_move
    WHERE merge_id = ANY (%(merges)s::bigint[]) AND table_name = '{table}' GROUP BY row_id
), repeated AS (
    UPDATE "{table}" SET archived_at = now() WHERE id IN (
        SELECT a.id FROM moved m JOIN "{table}" a ON a.id = m.row_id JOIN "{table}" b ON {agree}
        LEFT JOIN moved n ON n.row_id = b.id
        WHERE a.archived_at IS NULL AND b.archived_at IS NULL AND b.municipality_id = a.municipality_id
            AND b.id <> a.id AND (n.row_id IS NULL OR (n.merge_id, b.id) < (m.merge_id, a.id))
    ) RETURNING id
)
UPDATE person_merge_move SET archived = true FROM repeated
WHERE merge_id = ANY (%(merges)s::bigint[]) AND table_name = '{table}' AND row_id = repeated.id
"""
_COUNT = """
UPDATE person_merge m SET moved = (SELECT count(*) FROM person_merge_move WHERE merge_id = m.id)
WHERE id = ANY (%(merges)s::bigint[])
"""
_GIVE_BACK = """
WITH back AS (
    UPDATE "{table}" r SET "{column}" = m.duplicate_id{restored}
    FROM person_merge_move v JOIN person_merge m ON m.id = v.merge_id
    WHERE m.id = ANY (%(merges)s::bigint[]) AND v.table_name = '{table}' AND v.field = '{field}'
        AND r.id = v.row_id AND r."{column}" = m.kept_id
    RETURNING v.id
)
UPDATE person_merge_move SET given_back = true FROM back WHERE person_merge_move.id = back.id
"""
_RESTORED = ", archived_at = CASE WHEN v.archived THEN NULL ELSE r.archived_at END"


def _execute(statement: str, reference: Reference, merges: list[int], **parts: str) -> None:
    """Names in the text are those of models; nothing that anybody has typed gets into it."""
    assert isinstance(reference.model._meta.pk, AutoField), reference
    owned = issubclass(reference.model, Row)
    parts |= {"table": reference.table, "municipality": f"{'r' if owned else 'm'}.municipality_id"}
    if reference.field:
        parts |= {"field": reference.field, "column": reference.column}
    with connection.cursor() as cursor:
        cursor.execute(statement.format(**parts), {"merges": merges})


def _that_may_repeat() -> list[type[Row]]:
    """Not where others refer to the rows: those others would refer to the archive, so there both rows stay."""
    models: list[Any] = list(dict.fromkeys(each.model for each in references()))
    rows = [model for model in models if issubclass(model, Row)]
    return [model for model in rows if may_not_repeat(model.dataset) and not references_to(model)]


def _agree(model: type[Row]) -> str:
    columns = {Reference(model, name).column: column.required for name, column in columns_of(model).items()}
    return " AND ".join(
        f'b."{name}" {"=" if required else "IS NOT DISTINCT FROM"} a."{name}"' for name, required in columns.items()
    )
