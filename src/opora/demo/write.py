"""A synthetic town as a dataset: in memory, or as a folder of Parquet files with its descriptor."""

from __future__ import annotations

from pathlib import Path

from opora.demo.generate import generate
from opora.demo.spec import MARK, NOTE, TownSpec
from opora.indicators.dataset.store import Dataset, dataset_of_tables, write_parquet


def town_dataset(spec: TownSpec, *, people: int | None = None, seed: int = 2021) -> Dataset:
    """The town's tables, marked as synthetic."""
    title = f"{spec.title}{MARK}: {NOTE}"
    return dataset_of_tables(generate(spec, people=people, seed=seed), title=title, synthetic=True)


def write_town(spec: TownSpec, folder: Path, *, people: int | None = None, seed: int = 2021) -> Dataset:
    """Writes the town as a folder; a dataset that is there already is replaced."""
    dataset = town_dataset(spec, people=people, seed=seed)
    write_parquet(dataset, folder)
    return dataset
