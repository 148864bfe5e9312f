"""The engine that was asked for, and the data in the form in which it takes them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opora.indicators.dataset.store import Dataset
    from opora.indicators.engine.backends import Engine


@contextmanager
def engine_for(dataset: Dataset, name: str) -> Iterator[tuple[Engine, Dataset]]:
    """The engine, and the dataset in the form that this engine reads."""
    from opora.indicators.engine.backends import open_engine

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
