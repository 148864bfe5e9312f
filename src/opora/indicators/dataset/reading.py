"""What every way of reading a dataset gives, and the names by which its tables are found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from opora.indicators.dataset.arrow import NUMBER_KEYS, TEXT_KEYS
from opora.indicators.dataset.faults import DatasetFault, FaultList, did_you_mean, plain
from opora.indicators.dataset.grid import Origin
from opora.indicators.dataset.letters import strayed_letters
from opora.indicators.dataset.schema import Kind, Table
from opora.indicators.dataset.tables import STORED


@dataclass(slots=True)
class Reading:
    """A dataset being read: filled in by one of the readers."""

    title: str
    synthetic: bool = False
    key_type: pa.DataType = TEXT_KEYS
    sources: dict[str, Path | pa.Table] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    """Parquet files by table, whether or not ``sources`` could take them as they are."""
    origins: dict[str, Origin] = field(default_factory=dict)
    faults: FaultList = field(default_factory=FaultList)


def number_keys(reading: Reading) -> None:
    """Keys and references become whole numbers, unless somebody has added one that is none."""
    numbered: dict[str, Path | pa.Table] = {}
    for name, source in reading.sources.items():
        if isinstance(source, Path):
            return
        keys = {column.name for column in STORED[name].columns if column.kind in (Kind.KEY, Kind.REF)}
        fields = [field.with_type(NUMBER_KEYS) if field.name in keys else field for field in source.schema]
        try:
            numbered[name] = source.cast(pa.schema(fields))
        except pa.ArrowInvalid:
            return
    reading.sources, reading.key_type = numbered, NUMBER_KEYS


_TABLE_OF_NAME: dict[str, Table] = {plain(table.title): table for table in STORED.values()} | dict(STORED)


def table_called(name: str) -> Table | None:
    """The table by its name or by the Russian title of its sheet."""
    return _TABLE_OF_NAME.get(plain(name))


def unknown_table(what: str, name: str) -> DatasetFault:
    """The fault of a sheet or a file that is no table: ``what`` is «лист» or «файл»."""
    stem = name.partition(".")[0]
    titles = did_you_mean(stem, (table.title for table in STORED.values()))
    mend = titles or did_you_mean(stem, STORED) or "Удалите его или назовите так, как он назван в шаблоне"
    return DatasetFault(f"Непонятный {what} «{name}»{strayed_letters(stem)}", mend, rule="unknown_table")


def twice(what: str, names: Iterable[str]) -> DatasetFault:
    """The fault of two sheets or files for one table."""
    both = " и ".join(f"«{name}»" for name in names)
    return DatasetFault(
        f"Одна таблица дана дважды: {both}", f"Оставьте один {what}; сейчас прочитан первый", rule="twice"
    )
