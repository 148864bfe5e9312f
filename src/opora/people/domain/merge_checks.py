"""What two cards that become one must not bring together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import combinations
from typing import Any

from django.db import connection

from opora.people.domain.employment_checks import days_of_main_job
from opora.people.domain.merge_moves import references
from opora.people.models import Employment
from opora.registry.batch.columns import columns_of, value_of
from opora.registry.batch.overlaps import overlap
from opora.registry.batch.references import Reference
from opora.registry.batch.words import described
from opora.registry.models import Row
from opora.registry.verbs import Sitting

Kept = Mapping[int, tuple[int, int]]
"""By the id of every card of the batch: its place in the batch, and the card that is kept."""


def refuse_second_main_jobs(sitting: Sitting, kept: Kept) -> None:
    """Jobs that say the same are one job, entered twice: the merge keeps one of them."""
    jobs = Employment.objects.filter(person__in=kept, kind="main", archived_at__isnull=True)
    of_one: defaultdict[tuple[int, int], list[Employment]] = defaultdict(list)
    for job in jobs.select_related("organisation").order_by("pk"):
        of_one[kept[job.person_id][1], job.municipality_id].append(job)
    for found in of_one.values():
        for one, other in combinations(found, 2):
            if one.person_id != other.person_id and not _same(one, other) and _overlap(one, other):
                message = f"Основные работы приходятся на одно время: {_said(one)}; {_said(other)}"
                mend = "Исправьте даты или вид работы, а лишнюю строку перенесите в архив"
                sitting.fault(kept[one.person_id][0], "duplicates", message, mend)


def refuse_one_person_twice_in_a_row(sitting: Sitting, kept: Kept) -> None:
    """Somebody would become her own mentor, or the tutor of her own route."""
    by_table: defaultdict[type, list[Reference]] = defaultdict(list)
    for each in references():
        by_table[each.model].append(each)
    for of_table in by_table.values():
        for one, other in combinations(of_table, 2):
            for first, second in _pairs(one, other, kept):
                if first != second and kept[first][1] == kept[second][1]:
                    message = f"В таблице «{one.title}» человек оказался бы в одной строке дважды"
                    sitting.fault(kept[first][0], "duplicates", message, "Сначала исправьте ту строку")


def refuse_two_of_what_is_one(sitting: Sitting, kept: Kept) -> None:
    """Such as two accounts to sign in with."""
    for each in references():
        if not getattr(each.model._meta.get_field(each.field), "unique", False):
            continue
        owners: defaultdict[int, list[int]] = defaultdict(list)
        for (pk,) in _rows(
            f'SELECT "{each.column}" FROM "{each.table}" WHERE "{each.column}" = ANY (%s::bigint[])', kept
        ):
            owners[kept[pk][1]].append(pk)
        for found in owners.values():
            if len(found) > 1:
                message = f"У обеих карточек есть своё: {each.title}"
                sitting.fault(kept[found[0]][0], "duplicates", message, "Сначала отвяжите одну из них")


def _pairs(one: Reference, other: Reference, kept: Kept) -> list[tuple[Any, ...]]:
    living = "AND archived_at IS NULL" if issubclass(one.model, Row) else ""
    return _rows(
        f'SELECT DISTINCT "{one.column}", "{other.column}" FROM "{one.table}" '
        f'WHERE "{one.column}" = ANY (%s::bigint[]) AND "{other.column}" = ANY (%s::bigint[]) {living}',
        kept,
        kept,
    )


def _rows(query: str, *kept: Kept) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, [list(each) for each in kept])
        return list(cursor.fetchall())


def _same(one: Row, other: Row) -> bool:
    names = set(columns_of(type(one))) - {"person"}
    return all(value_of(one, name) == value_of(other, name) for name in names)


def _overlap(one: Employment, other: Employment) -> bool:
    first, second = days_of_main_job(one), days_of_main_job(other)
    return first is not None and second is not None and overlap(first, second)


def _said(job: Employment) -> str:
    return f"{job.organisation.title} ({described(job)})"
