"""The folder of Parquet files in which a dataset is stored and frozen."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from opora.indicators.dataset.arrow import conform, empty_table, fits, key_type_of, schema_faults
from opora.indicators.dataset.descriptor import DESCRIPTOR, Descriptor, descriptor_text, key_words, read_descriptor
from opora.indicators.dataset.duck import readable
from opora.indicators.dataset.folder_writing import fresh_folder
from opora.indicators.dataset.grid import Origin
from opora.indicators.dataset.reading import Reading
from opora.indicators.dataset.schema import Table
from opora.indicators.dataset.table_names import table_called, unknown_table
from opora.indicators.dataset.tables import STORED
from opora.indicators.dataset.texts import has_untidy_texts


def read_parquet_folder(folder: Path) -> Reading:
    """A file that fits the declaration stays a path, whatever its size: it is looked through, but never held."""
    descriptor = read_descriptor(folder)
    reading = Reading(descriptor.title, descriptor.synthetic)
    for path in parquet_files(folder):
        table = table_called(path.stem)
        if table is None:
            reading.faults.add(unknown_table("файл", path.name))
        else:
            reading.files[table.name] = path
    schemas = {name: _schema(path) for name, path in reading.files.items()}
    reading.key_type = key_type_of({reading.files[name].name: (STORED[name], schemas[name]) for name in schemas})
    for name, schema in schemas.items():
        _take_file(STORED[name], schema, reading)
    return reading


def parquet_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.parquet"))


def _schema(path: Path) -> pa.Schema:
    with readable(path):
        return pq.read_schema(path)


def _take_file(table: Table, schema: pa.Schema, reading: Reading) -> None:
    """A file of an older Opora may lack a column that was added since: its table is read, and the column is empty."""
    path = reading.files[table.name]
    source = f"файл {path.name}"
    reading.origins[table.name] = Origin(source)
    for fault in schema_faults(table, schema, reading.key_type, source):
        reading.faults.add(fault)
    with readable(path):
        as_it_is = fits(table, schema, reading.key_type) and not has_untidy_texts(path, schema)
        reading.sources[table.name] = path if as_it_is else conform(table, pq.read_table(path), reading.key_type)


def write_folder(
    folder: Path, sources: Mapping[str, Path | pa.Table], descriptor: Descriptor, key_type: pa.DataType
) -> None:
    """Writes every table, the empty ones too. Nobody ever sees a half-written folder."""
    with fresh_folder(folder) as fresh:
        with ThreadPoolExecutor() as pool:
            written = [
                pool.submit(_write_table, fresh / f"{name}.parquet", sources.get(name, empty_table(table, key_type)))
                for name, table in STORED.items()
            ]
        for one in written:
            one.result()
        text = descriptor_text(descriptor, iter(STORED.values()), key_words(key_type))
        (fresh / DESCRIPTOR).write_text(text, "utf-8")


def _write_table(path: Path, source: Path | pa.Table) -> None:
    if isinstance(source, Path):
        shutil.copyfile(source, path)
    else:
        pq.write_table(source, path, compression="zstd")
