"""What every way of reading a dataset gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from opora.indicators.dataset.arrow import NUMBER_KEYS, TEXT_KEYS
from opora.indicators.dataset.faults import FaultList
from opora.indicators.dataset.grid import Origin
from opora.indicators.dataset.schema import Kind
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
