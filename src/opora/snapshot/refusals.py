"""What the registry refuses though a dataset may hold it: asked before and after the rows are written, all at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow.compute as pc
from django.db import connection

from opora.indicators.dataset.faults import DatasetFault, FaultList
from opora.indicators.dataset.grid import Origin
from opora.indicators.dataset.schema import Kind
from opora.indicators.dataset.store import Dataset
from opora.indicators.dataset.tables import STORED
from opora.snapshot.owners import foreign_rows
from opora.snapshot.tables import places
from opora.snapshot.territories import Territories


def foreign(dataset: Dataset, territories: Territories) -> tuple[DatasetFault, ...]:
    """Rows of municipalities that were not to be loaded."""
    faults = FaultList()
    for name, table in STORED.items():
        column = table.column("municipality")
        if column is None or name == "contest":  # Contests of others may be entered by anybody.
            continue
        for row in foreign_rows(dataset, name, territories).select(["id", "municipality"]).to_pylist():
            message = f"Строка относится к территории «{row['municipality']}», а загружается другая"
            mend = "Уберите строку или загрузите её со своей территорией"
            source = _source(dataset.origins, name)
            faults.add(DatasetFault(message, mend, source, name, "municipality", None, str(row["id"]), "foreign"))
    return faults.all()


def unstorable(dataset: Dataset) -> tuple[DatasetFault, ...]:
    """Texts with the character 0, which PostgreSQL has no place for."""
    faults = FaultList()
    for name, table in STORED.items():
        data = dataset.table(name)
        for column in table.columns:
            if column.kind is not Kind.TEXT:
                continue
            for row in data.filter(pc.match_substring(data[column.name], "\0")).select(["id"]).to_pylist():
                message, mend = "В тексте есть знак с кодом 0", "Наберите текст заново"
                place = _source(dataset.origins, name), name, column.name, None, str(row["id"])
                faults.add(DatasetFault(message, mend, *place, "unstorable"))
    return faults.all()


def conflicts(origins: Mapping[str, Origin], scope: tuple[int, ...]) -> tuple[DatasetFault, ...]:
    """What the written rows contradict, among themselves and to those that were there. ``origins``: what the tables
    came from, as a message names it."""
    faults = FaultList()
    for fault in (*_main_jobs(origins, scope), *_repeated(origins, scope)):
        faults.add(fault)
    return faults.all()


# First by one sort, which finds nobody in the usual case; only of those found the pairs of rows.
_MAIN_JOBS = """
WITH jobs AS MATERIALIZED (
    SELECT id, key, municipality_id, person_id, least(coalesce(since, observed_on), until) AS first,
        coalesce(until, 'infinity') AS after
    FROM employment
    WHERE municipality_id = ANY (%s) AND kind = 'main' AND archived_at IS NULL
        AND coalesce(since, observed_on) IS NOT NULL AND (until IS NULL OR coalesce(since, observed_on) < until)
), busy AS (
    SELECT municipality_id, person_id, first, max(after) OVER (
        PARTITION BY municipality_id, person_id ORDER BY first, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS taken_until FROM jobs
), suspects AS (
    SELECT DISTINCT municipality_id, person_id FROM busy WHERE first < taken_until
)
SELECT later.key, earlier.key FROM suspects
    JOIN jobs earlier USING (municipality_id, person_id) JOIN jobs later USING (municipality_id, person_id)
WHERE (earlier.first, earlier.id) < (later.first, later.id) AND later.first < earlier.after
ORDER BY later.key, earlier.key
"""


def _main_jobs(origins: Mapping[str, Origin], scope: tuple[int, ...]) -> Iterator[DatasetFault]:
    mend = "Исправьте даты или вид занятости одной из двух строк"
    for key, earlier in _rows(_MAIN_JOBS, scope):
        message = f"У человека в это же время есть другая основная работа (строка с кодом «{earlier}»)"
        yield DatasetFault(
            message, mend, _source(origins, "employment"), "employment", "kind", None, key, "two_main_jobs"
        )


def _repeated(origins: Mapping[str, Origin], scope: tuple[int, ...]) -> Iterator[DatasetFault]:
    for name, place in places().items():
        for columns in place.table.unique:
            both = ", ".join(f'"{column}"' for column in columns)
            known = " AND ".join(f'"{column}" IS NOT NULL' for column in columns)
            query = (
                f"SELECT array_agg(key ORDER BY id), concat_ws(' — ', {both}) FROM \"{name}\" "
                f"WHERE municipality_id = ANY (%s) AND archived_at IS NULL AND {known} "
                f"GROUP BY municipality_id, {both} HAVING count(*) > 1 ORDER BY 2"
            )
            for keys, value in _rows(query, scope):
                message = f"«{value}» уже есть в строке с кодом «{keys[0]}»"
                mend = "Оставьте одну из этих строк или исправьте ошибку"
                yield DatasetFault(
                    message, mend, _source(origins, name), name, columns[0], None, keys[-1], "not_unique"
                )


def _rows(query: str, scope: tuple[int, ...]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, [list(scope)])
        return list(cursor.fetchall())


def _source(origins: Mapping[str, Origin], name: str) -> str:
    origin = origins.get(name) or Origin(f"таблица «{STORED[name].title}»")
    return origin.source
