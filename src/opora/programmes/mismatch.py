"""Whether the data can be about the programme at all: the same place, and the same years."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from opora.indicators.dataset.schema import Time
from opora.indicators.dataset.store import Dataset
from opora.indicators.dataset.tables import STORED
from opora.indicators.periods import DAY, Context
from opora.programmes.model import Programme

_KIND_OF_PLACE = re.compile(
    r"\b(город\w*|г|муниципальн\w+|округ\w*|район\w*|поселени\w+|посёлок|поселок|село|сельск\w+|образовани\w+|зато"
    r"|с|подведомственн\w+|территори\w+|демо)\b"
)
_STEM = 5
"""So many first letters of a name do not change with its case: «Балахта», «Балахтинский»."""
_NAMED = 3


def mismatches(programme: Programme, dataset: Dataset, context: Context) -> tuple[str, ...]:
    """What a person must hear before any number; nothing where data and programme go together."""
    return tuple(filter(None, (_other_place(programme, dataset), _other_years(dataset, context))))


def _other_place(programme: Programme, dataset: Dataset) -> str:
    rows = dataset.table("territory").select(["title", "kind"]).to_pylist()
    titles = [row["title"] for row in rows if row["kind"] == "municipality" and row["title"]]
    wanted = _stems(programme.municipality)
    if not titles or not wanted or any(not (found := _stems(title)) or found & wanted for title in titles):
        return ""
    rest = f" и ещё {len(titles) - _NAMED}" if len(titles) > _NAMED else ""
    named = ", ".join(f"«{title}»" for title in titles[:_NAMED])
    return f"данные не о том городе: в них {named}{rest}, а программа — «{programme.municipality}»"


def _stems(place: str) -> set[str]:
    """Of the words that name the place itself, not its kind."""
    plain = _KIND_OF_PLACE.sub(" ", place.casefold().replace("ё", "е"))
    return {word[:_STEM] for word in re.findall(r"\w+", plain)}


def _other_years(dataset: Dataset, context: Context) -> str:
    span = days_of(dataset)
    start, end = context.period.start, min(context.period.end - DAY, context.on)
    if span is None or (span[0] <= end and start <= span[1]):
        return ""
    return f"за {context.period.title} записей нет: в данных они с {span[0]:%d.%m.%Y} по {span[1]:%d.%m.%Y}"


def days_of(dataset: Dataset) -> tuple[dt.date, dt.date] | None:
    """The first and the last day on which anything happened; None where nothing is dated."""
    dated = [(table.name, table.start) for table in STORED.values() if table.time is Time.FACT]
    found = [day for name, column in dated for day in _ends(dataset.sources[name], column)]
    return (min(found), max(found)) if found else None


def _ends(source: Path | pa.Table, column: str) -> Iterable[dt.date]:
    """The least and the greatest value; of a file by its footer, that a country's need not be read through."""
    if isinstance(source, Path):
        metadata = pq.read_metadata(source)
        place = metadata.schema.names.index(column)
        groups = [metadata.row_group(number).column(place).statistics for number in range(metadata.num_row_groups)]
        return [day for group in groups if group is not None and group.has_min_max for day in (group.min, group.max)]
    ends = pc.min_max(source[column]).as_py()
    return [day for day in ends.values() if day is not None]
