"""The engine that was asked for, found to be there before any work is done."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from opora.cli.trouble import Trouble

if TYPE_CHECKING:
    from opora.indicators.dataset.store import Dataset
    from opora.indicators.engine.backends import Engine

PATIENCE = 5
"""Seconds to wait for a server: Spark's own client would try for minutes."""


@contextmanager
def engine_for(dataset: Dataset, name: str) -> Iterator[tuple[Engine, Dataset]]:
    """The engine, and the dataset in the form that this engine reads."""
    from opora.indicators.engine.backends import open_engine

    if name.startswith("sc://"):
        _see_that_it_answers(name)
    # Sail would tell of its every step, in English.
    os.environ.setdefault("RUST_LOG", "error")
    with TemporaryDirectory(prefix="opora-") as scratch, open_engine(name) as engine:
        yield engine, dataset if name == "duckdb" else _on_disk(dataset, Path(scratch) / "dataset")


def _on_disk(dataset: Dataset, folder: Path) -> Dataset:
    """A server is told where the files lie: tables in memory are written for it."""
    from opora.indicators.dataset.store import read_dataset, write_parquet

    if all(isinstance(source, Path) for source in dataset.sources.values()):
        return dataset
    write_parquet(dataset, folder)
    return replace(dataset, sources=read_dataset(folder).sources)


def _see_that_it_answers(address: str) -> None:
    place = urlsplit(address)
    try:
        socket.create_connection((place.hostname or "", place.port or 0), PATIENCE).close()
    except (OSError, ValueError, OverflowError) as error:
        raise Trouble(f"Движок {address} не отвечает: проверьте адрес и запущен ли сервер") from error
