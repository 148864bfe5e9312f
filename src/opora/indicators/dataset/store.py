"""A dataset in hand: read from a folder or a workbook, written as a folder of Parquet files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from opora.indicators.dataset.arrow import TEXT_KEYS, conform, empty_table, key_type_of, schema_faults
from opora.indicators.dataset.csv_folder import csv_files, read_csv_folder
from opora.indicators.dataset.csv_writing import write_csv
from opora.indicators.dataset.descriptor import DESCRIPTOR, Descriptor
from opora.indicators.dataset.duck import distinct
from opora.indicators.dataset.faults import DatasetFault, unreadable
from opora.indicators.dataset.grid import Origin
from opora.indicators.dataset.parquet_folder import parquet_files, read_parquet_folder, write_folder
from opora.indicators.dataset.reading import Reading
from opora.indicators.dataset.table_names import table_called
from opora.indicators.dataset.tables import STORED
from opora.indicators.dataset.workbook import read_workbook

NOTHING_PROMISED = (
    "Таблица «Полнота» пуста, поэтому всё, чего в данных нет, считается неизвестным: «нет строки об аттестации» не "
    "значит «нет категории», и у чисел будут широкие границы. Впишите в «Полноту», какие таблицы внесены полностью и "
    "за какое время: муниципалитет, таблица, «С», «По», «полностью»"
)


@dataclass(frozen=True)
class Dataset:
    """Every stored table, under its name: a Parquet file that fits the declaration, or a table in memory."""

    sources: dict[str, Path | pa.Table] = field(repr=False)
    title: str = ""
    synthetic: bool = False
    """Made up: every number counted from it must say so."""
    key_type: pa.DataType = TEXT_KEYS
    """Type of all keys and references: string or int64."""
    reading_faults: tuple[DatasetFault, ...] = ()
    """What could not be read; those cells are empty."""
    faults_accepted: bool = False
    """Somebody decided to count in spite of the faults."""
    origins: dict[str, Origin] = field(default_factory=dict, repr=False)
    files: dict[str, Path] = field(default_factory=dict, repr=False)
    """Parquet files from which the tables were read, the ones that had to be mended too."""
    missing: tuple[str, ...] = ()
    """Tables that were not given; they are empty."""

    @cached_property
    def hash(self) -> str:
        """Tells whether the data are the same: of Parquet files by their bytes, else by the values in their order."""
        whole = hashlib.sha256()
        for name in STORED:
            if self.rows(name):
                whole.update(f"{name}:{self._table_hash(name)}\n".encode())
        return whole.hexdigest()

    @cached_property
    def places(self) -> Mapping[str, frozenset[str | int | None]]:
        """By table whose rows belong to territories: which ones they are; None where a row names none."""
        placed = [name for name, table in STORED.items() if table.column("municipality")]
        return {name: frozenset(distinct(self.sources[name], "municipality")) for name in placed}

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know, though it is no fault."""
        titles = ", ".join(f"«{STORED[name].title}»" for name in self.missing)
        missing = f"Нет таблиц: {titles}. Они считаются пустыми" if titles else ""
        return tuple(filter(None, (missing, self.note_of_coverage)))

    @property
    def note_of_coverage(self) -> str:
        """What it does to every number that nothing is promised to be complete; empty where something is."""
        promised = pc.equal(self.table("coverage")["status"], "complete")
        return "" if pc.any(promised).as_py() else NOTHING_PROMISED

    def taken_as_it_is(self) -> Dataset:
        """The dataset in spite of its faults, marked. Of rows with one key the first stands, or each row that refers
        to them would count several times."""
        singled = {name: table for name in STORED if (table := _singled(self.table(name))) is not None}
        return replace(self, sources=self.sources | singled, faults_accepted=True)

    def rows(self, name: str) -> int:
        source = self.sources[name]
        return int(pq.read_metadata(source).num_rows if isinstance(source, Path) else source.num_rows)

    def table(self, name: str) -> pa.Table:
        """The whole table in memory."""
        source = self.sources[name]
        return pq.read_table(source) if isinstance(source, Path) else source

    def _table_hash(self, name: str) -> str:
        if name in self.files:
            with self.files[name].open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        return _hash_of_values(self.table(name))


def _singled(table: pa.Table) -> pa.Table | None:
    """The table without the rows whose key an earlier row has; None where no key comes twice."""
    if pc.count_distinct(table["id"], mode="all").as_py() == table.num_rows:
        return None
    numbered = pa.table({"id": table["id"], "row": pa.array(range(table.num_rows), pa.int64())})
    first = numbered.group_by("id").aggregate([("row", "min")])["row_min"]
    return table.take(first.sort())


def _hash_of_values(table: pa.Table) -> str:
    """Of the values and not of Arrow's bytes: those may change with its version, and the hash is kept for years."""
    digest = hashlib.sha256()
    for name in table.column_names:
        column = table[name]
        if pa.types.is_date(column.type):
            column = column.cast(pa.int32())
        digest.update(json.dumps([name, column.to_pylist()], ensure_ascii=False).encode())
    return digest.hexdigest()


def read_dataset(path: Path) -> Dataset:
    """Reads a folder of Parquet or CSV files or an Excel workbook.

    Cells that cannot be read are in ``reading_faults``; ``DatasetFaults`` is raised where there is nothing to read.
    """
    reading = _reader_of(path)
    _name_covered_tables(reading)
    return _dataset(reading)


def _reader_of(path: Path) -> Reading:
    if not path.exists():
        raise unreadable(f"Нет такой папки и такого файла: «{path}»", "Проверьте путь")
    if not path.is_dir():
        _require_files([path])
        return read_workbook(path)
    parquet, texts = parquet_files(path), csv_files(path)
    _require_files([*parquet, *texts])
    if parquet and texts:
        raise unreadable(f"В папке «{path}» и Parquet, и CSV", "Оставьте файлы одного вида")
    if parquet:
        return read_parquet_folder(path)
    if texts:
        return read_csv_folder(path)
    raise unreadable(f"В папке «{path}» нет таблиц", f"Нужны файлы .parquet с {DESCRIPTOR} или файлы .csv")


def _require_files(paths: Sequence[Path]) -> None:
    """A pipe or a device would be read for ever, and of a link that leads nowhere the table would be missed."""
    if others := [f"«{path.name}»" for path in paths if not path.is_file()]:
        raise unreadable(f"Это не файлы: {', '.join(others)}", "Положите на их место сами таблицы или уберите их")


def _name_covered_tables(reading: Reading) -> None:
    """People write which sheet is complete by its title; from here on it is the table's name."""
    source = reading.sources.get("coverage")
    if source is None:
        return
    data = pq.read_table(source) if isinstance(source, Path) else source
    written = data["table"].to_pylist()
    names = [_table_name(title) for title in written]
    if names != written:
        place = data.column_names.index("table")
        reading.sources["coverage"] = data.set_column(place, "table", pa.array(names, pa.string()))


def _table_name(title: str | None) -> str | None:
    table = table_called(title) if title else None
    return table.name if table else title


def _dataset(reading: Reading) -> Dataset:
    missing = tuple(name for name in STORED if name not in reading.sources)
    empty = {name: empty_table(STORED[name], reading.key_type) for name in missing}
    return Dataset(
        sources={name: (reading.sources | empty)[name] for name in STORED},
        title=reading.title,
        synthetic=reading.synthetic,
        key_type=reading.key_type,
        reading_faults=reading.faults.all(),
        origins=reading.origins,
        files=reading.files,
        missing=missing,
    )


def dataset_of_tables(tables: Mapping[str, pa.Table], *, title: str = "", synthetic: bool = False) -> Dataset:
    """A dataset of tables in memory; those that are not given are empty."""
    reading = Reading(title, synthetic)
    schemas = {name: (STORED[name], table.schema) for name, table in tables.items()}
    reading.key_type = key_type_of(schemas)
    for name, data in tables.items():
        source = f"таблица «{STORED[name].title}»"
        for fault in schema_faults(STORED[name], data.schema, reading.key_type, source):
            reading.faults.add(fault)
        reading.sources[name] = conform(STORED[name], data, reading.key_type)
        reading.origins[name] = Origin(source)
    _name_covered_tables(reading)
    return _dataset(reading)


def write_parquet(dataset: Dataset, folder: Path) -> None:
    """Writes the dataset as a folder; an earlier dataset there is replaced in one step."""
    write_folder(folder, dataset.sources, Descriptor(dataset.title, dataset.synthetic), dataset.key_type)


def write_csv_folder(dataset: Dataset, folder: Path) -> None:
    """Likewise, of CSV files: larger and slower, for programs that read nothing else."""
    write_csv(folder, dataset.sources, Descriptor(dataset.title, dataset.synthetic), dataset.key_type)
