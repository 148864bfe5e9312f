"""A folder of CSV files, one per table, for programs: names of columns, codes, dates of ISO; safe to open in Excel."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv
import pyarrow.parquet as pq

from opora.indicators.dataset.descriptor import CSV, DESCRIPTOR, Descriptor, descriptor_text, key_words
from opora.indicators.dataset.folder_writing import fresh_folder
from opora.indicators.dataset.formula_guard import GUARDED
from opora.indicators.dataset.tables import STORED


def write_csv(
    folder: Path, sources: Mapping[str, Path | pa.Table], descriptor: Descriptor, key_type: pa.DataType
) -> None:
    """Writes every table, the empty ones too. Nobody ever sees a half-written folder."""
    with fresh_folder(folder) as fresh:
        for name in STORED:
            source = sources[name]
            table = pq.read_table(source) if isinstance(source, Path) else source
            with (fresh / f"{name}.csv").open("wb") as file:
                write_csv_table(file, table)
        text = descriptor_text(descriptor, iter(STORED.values()), key_words(key_type), CSV)
        (fresh / DESCRIPTOR).write_text(text, "utf-8")


def write_csv_table(file: BinaryIO, table: pa.Table) -> None:
    """A text that Excel would take for a formula is written with an apostrophe before it."""
    file.write(codecs.BOM_UTF8)  # by this mark Excel knows UTF-8
    pcsv.write_csv(_guarded(table), file)


def _guarded(table: pa.Table) -> pa.Table:
    for place, field in enumerate(table.schema):
        if pa.types.is_string(field.type):
            safe = pc.replace_substring_regex(table[field.name], GUARDED, r"'\1")
            table = table.set_column(place, field.name, safe)
    return table
