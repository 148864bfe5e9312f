"""Engines that carry out a plan: DuckDB in this process, or Spark Connect (a local Sail server, or a cluster)."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeAlias
from urllib.parse import urlsplit

import duckdb
import pyarrow as pa

Source: TypeAlias = "Path | pa.Table"
"""A Parquet file, or a table in memory."""


PATIENCE = 5
"""Seconds to wait for a server: Spark's own client would try for minutes."""


class NoAnswer(Exception):
    """The engine's server cannot be reached; the message is for the user."""


class Engine(Protocol):
    dialect: str

    def register(self, name: str, source: Source) -> None: ...

    def types(self, name: str) -> Mapping[str, str]:
        """Ibis types of the columns of a registered table."""

    def store(self, name: str, sql: str) -> None:
        """Keep the outcome of a query as a table."""

    def query(self, sql: str) -> list[dict[str, Any]]: ...

    def drop(self, name: str) -> None: ...

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


def schema_of(source: Source) -> dict[str, str]:
    """Ibis types of the columns of a Parquet file or a table."""
    import pyarrow.parquet as pq

    schema = pq.read_schema(source) if isinstance(source, Path) else source.schema
    return {field.name: ibis_type(field.type) for field in schema}


class DuckDB:
    """The default: in this process, reading Parquet where it lies."""

    dialect = "duckdb"

    def __init__(self, *, threads: int | None = None, memory: str | None = None) -> None:
        self._connection = duckdb.connect()
        self._types: dict[str, dict[str, str]] = {}
        self._connection.execute("SET enable_progress_bar = false")
        if threads:
            self._connection.execute(f"SET threads = {int(threads)}")
        if memory:
            self._connection.execute("SET memory_limit = ?", [memory])

    def register(self, name: str, source: Source) -> None:
        self._types[name] = schema_of(source)
        if isinstance(source, Path):
            path = str(source).replace("'", "''")
            self._connection.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet('{path}')")
        else:
            self._connection.register(name, source)

    def types(self, name: str) -> Mapping[str, str]:
        return self._types[name]

    def store(self, name: str, sql: str) -> None:
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {sql}")

    def query(self, sql: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self._connection.execute(sql).fetch_arrow_table().to_pylist()
        return rows

    def drop(self, name: str) -> None:
        self._connection.execute(f"DROP TABLE IF EXISTS {name}")

    def close(self) -> None:
        self._connection.close()


class SparkConnect:
    """Any Spark Connect endpoint. The server must see the same files under the same paths."""

    def __init__(self, address: str) -> None:
        import ibis
        from pyspark.sql import SparkSession

        self.dialect = str(ibis.pyspark.name)  # naming the backend registers the options that its SQL compiler reads
        self._session = SparkSession.builder.remote(address).getOrCreate()
        self._types: dict[str, dict[str, str]] = {}

    def register(self, name: str, source: Source) -> None:
        self._types[name] = schema_of(source)
        if isinstance(source, Path):
            frame = self._session.read.parquet(str(source))
        else:
            frame = self._session.createDataFrame(_plain(source))
        frame.createOrReplaceTempView(name)

    def types(self, name: str) -> Mapping[str, str]:
        return self._types[name]

    def store(self, name: str, sql: str) -> None:
        self._session.sql(sql).createOrReplaceTempView(name)

    def query(self, sql: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self._session.sql(sql).toArrow().to_pylist()
        return rows

    def drop(self, name: str) -> None:
        self._session.catalog.dropTempView(name)

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
