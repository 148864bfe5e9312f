"""Engines that carry out a plan: DuckDB in this process, or Spark Connect (a local Sail server, or a cluster)."""

from __future__ import annotations

import os
import re
import socket
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeAlias
from urllib.parse import urlsplit
from uuid import uuid4

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from opora.indicators.dataset.duck import rows_of

_GLOBBED = re.compile(r"[*?[{]")
"""Characters that Spark would take for a pattern."""

Source: TypeAlias = "Path | pa.Table"
"""A Parquet file, or a table in memory."""


MEMORY = 4 * 1024**3
"""Bytes that DuckDB may take where nothing else is said, on a machine that has so much."""

SMALL = 1_000_000
"""Rows of a dataset whose queries are carried out side by side."""

PATIENCE = 5
"""Seconds to wait for a server: Spark's own client would try for minutes."""


class NoAnswer(Exception):
    """The engine's server cannot be reached; the message is for the user."""


Rows: TypeAlias = "list[dict[str, Any]]"

Questions: TypeAlias = "Mapping[str, tuple[str, Sequence[str]]]"
"""By the name of a table that is to be made: the query that makes it, and the queries that read it."""


class Engine(Protocol):
    dialect: str

    def register(self, name: str, source: Source) -> None:
        """Makes a table known by this name. It may be opened only when it is first read."""

    def types(self, name: str) -> Mapping[str, str]:
        """Ibis types of the columns of a registered table."""

    def query(self, sql: str, tables: Collection[str] | None = None) -> Rows:
        """``tables``: the registered ones that it reads; None: any of them."""

    def carry_out(self, questions: Questions, tables: Collection[str]) -> dict[str, list[Rows]]:
        """The answers by name, in order. The tables that were made are gone afterwards, whatever happens."""

    def close(self) -> None: ...


def ibis_type(arrow: pa.DataType) -> str:
    if pa.types.is_dictionary(arrow):
        return ibis_type(arrow.value_type)
    for test, name in (
        (pa.types.is_date, "date"),
        (pa.types.is_boolean, "boolean"),
        (pa.types.is_integer, "int64"),
        (pa.types.is_floating, "float64"),
        (pa.types.is_null, "string"),
        (pa.types.is_timestamp, "date"),
    ):
        if test(arrow):
            return name
    return "string"


def _looked_at(source: Source) -> tuple[dict[str, str], int]:
    """Ibis types of the columns of a Parquet file or a table, and the number of its rows."""
    if isinstance(source, Path):
        metadata = pq.read_metadata(source)
        schema, rows = metadata.schema.to_arrow_schema(), metadata.num_rows
    else:
        schema, rows = source.schema, source.num_rows
    return {field.name: ibis_type(field.type) for field in schema}, rows


class DuckDB:
    """The default: in this process, reading Parquet where it lies.

    ``memory``: bytes that it may take; beyond that it works on the disk, in a folder that it makes and removes.
    """

    dialect = "duckdb"

    def __init__(self, *, threads: int | None = None, memory: int = MEMORY) -> None:
        self._connection = duckdb.connect()
        self._types: dict[str, dict[str, str]] = {}
        self._unopened: dict[str, Source] = {}
        self._rows = 0
        self._in_memory = False
        self._threads = threads or os.cpu_count() or 1
        self._connection.execute("SET enable_progress_bar = false")
        self._connection.execute("SET parquet_metadata_cache = true")  # each file is read by many queries
        self._connection.execute(f"SET threads = {int(self._threads)}")
        if _bytes(self._connection.execute("SELECT current_setting('memory_limit')").fetchall()[0][0]) > memory:
            self._connection.execute("SET memory_limit = ?", [f"{memory}B"])
        aside = Path(tempfile.gettempdir()) / f"opora-{uuid4().hex}"
        self._connection.execute("SET temp_directory = ?", [str(aside)])

    def register(self, name: str, source: Source) -> None:
        self._types[name], rows = _looked_at(source)
        self._rows += rows
        self._unopened[name] = source
        self._in_memory = self._in_memory or not isinstance(source, Path)

    def types(self, name: str) -> Mapping[str, str]:
        return self._types[name]

    def query(self, sql: str, tables: Collection[str] | None = None) -> Rows:
        self._open(tuple(self._unopened) if tables is None else tables)
        return _rows_of(self._connection, sql)

    def _open(self, tables: Collection[str]) -> None:
        # A programme reads half of the tables, and DuckDB looks into each file that it is told of.
        for name in sorted(self._unopened.keys() & set(tables)):
            source = self._unopened.pop(name)
            if isinstance(source, Path):
                self._connection.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM {rows_of(source)}")
            else:
                self._connection.register(name, source)

    def carry_out(self, questions: Questions, tables: Collection[str]) -> dict[str, list[Rows]]:
        self._open(tables)
        # Of a small town the time goes into the planning of queries, which DuckDB does on one thread each; a great one
        # keeps all threads busy with a single query, and two at once would take twice the memory. A table in memory is
        # seen by the connection alone that it was given to.
        if self._threads == 1 or self._in_memory or self._rows > SMALL:
            return {name: self._one_by_one(name, *asked) for name, asked in questions.items()}
        return self._side_by_side(questions)

    def _one_by_one(self, name: str, sql: str, queries: Sequence[str]) -> list[Rows]:
        try:
            _make(self._connection, name, sql)
            return [_rows_of(self._connection, query) for query in queries]
        finally:
            _drop(self._connection, name)

    def _side_by_side(self, questions: Questions) -> dict[str, list[Rows]]:
        longest_first = sorted(questions, key=lambda name: -len(questions[name][0]))
        answers: dict[str, list[Future[Rows]]] = {}
        try:
            with ThreadPoolExecutor(self._threads) as pool:
                made = {
                    pool.submit(_make, self._connection.cursor(), name, questions[name][0]): name
                    for name in longest_first
                }
                for done in as_completed(made):
                    done.result()
                    name = made[done]
                    queries = questions[name][1]
                    answers[name] = [pool.submit(_rows_of, self._connection.cursor(), query) for query in queries]
            return {name: [one.result() for one in asked] for name, asked in answers.items()}
        finally:
            for name in questions:
                _drop(self._connection, name)

    def close(self) -> None:
        self._connection.close()


def _make(connection: duckdb.DuckDBPyConnection, name: str, sql: str) -> None:
    connection.execute(f"CREATE OR REPLACE TABLE {name} AS {sql}")


def _drop(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    connection.execute(f"DROP TABLE IF EXISTS {name}")


def _rows_of(connection: duckdb.DuckDBPyConnection, sql: str) -> Rows:
    rows: Rows = connection.execute(sql).fetch_arrow_table().to_pylist()
    return rows


def _bytes(told: str) -> float:
    """«18.8 GiB», as DuckDB tells of its limit."""
    amount, unit = told.split()
    return float(amount) * 1024.0 ** ("bytes", "KiB", "MiB", "GiB", "TiB").index(unit)


class SparkConnect:
    """Any Spark Connect endpoint. The server must see the same files under the same paths."""

    def __init__(self, address: str) -> None:
        import ibis
        from pyspark.sql import SparkSession

        self.dialect = str(ibis.pyspark.name)  # naming the backend registers the options that its SQL compiler reads
        self._session = SparkSession.builder.remote(address).getOrCreate()
        self._types: dict[str, dict[str, str]] = {}

    def register(self, name: str, source: Source) -> None:
        self._types[name], _ = _looked_at(source)
        if isinstance(source, Path):
            frame = self._session.read.parquet(_GLOBBED.sub(r"[\g<0>]", str(source)))
        else:
            frame = self._session.createDataFrame(_plain(source))
        frame.createOrReplaceTempView(name)

    def types(self, name: str) -> Mapping[str, str]:
        return self._types[name]

    def query(self, sql: str, tables: Collection[str] | None = None) -> Rows:
        rows: Rows = self._session.sql(sql).toArrow().to_pylist()
        return rows

    def carry_out(self, questions: Questions, tables: Collection[str]) -> dict[str, list[Rows]]:
        return {name: self._answered(name, *asked) for name, asked in questions.items()}

    def _answered(self, name: str, sql: str, queries: Sequence[str]) -> list[Rows]:
        kept = self._session.sql(sql).cache()
        kept.createOrReplaceTempView(name)
        try:
            return [self.query(query) for query in queries]
        finally:
            self._session.catalog.dropTempView(name)
            kept.unpersist()

    def close(self) -> None:
        self._session.stop()


def _plain(table: pa.Table) -> pa.Table:
    """Without dictionary encoding, which Spark Connect does not take."""
    fields = [
        pa.field(field.name, field.type.value_type if pa.types.is_dictionary(field.type) else field.type)
        for field in table.schema
    ]
    return table.cast(pa.schema(fields))


@contextmanager
def open_engine(name: str = "duckdb") -> Iterator[Engine]:
    """``duckdb``, ``sail`` (a Sail server is started here and stopped after), or ``sc://host:port``.

    Raises ``NoAnswer`` where nobody answers at the address.
    """
    if name == "duckdb":
        engine: Engine = DuckDB()
        try:
            yield engine
        finally:
            engine.close()
    elif name == "sail":
        from pysail.spark import SparkConnectServer

        server = SparkConnectServer()
        server.start()
        _, port = server.listening_address
        engine = SparkConnect(f"sc://localhost:{port}")
        try:
            yield engine
        finally:
            engine.close()
            server.stop()
    elif name.startswith("sc://"):
        _see_that_it_answers(name)
        engine = SparkConnect(name)
        try:
            yield engine
        finally:
            engine.close()
    else:
        raise ValueError(f"Движок «{name}» неизвестен: бывает duckdb, sail или sc://адрес:порт")


def _see_that_it_answers(address: str) -> None:
    try:
        place = urlsplit(address)
        socket.create_connection((place.hostname or "", place.port or 0), PATIENCE).close()
    except (OSError, ValueError, OverflowError) as error:
        raise NoAnswer(f"Движок {address} не отвечает: проверьте адрес и запущен ли сервер") from error
