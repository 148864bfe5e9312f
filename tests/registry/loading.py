"""Loading and taking, as the tests speak of them."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

from opora.indicators.dataset.store import Dataset
from opora.indicators.dataset.tables import STORED
from opora.registry.scope import Actor
from opora.site.home import Home
from opora.snapshot.load import Loaded, load
from opora.snapshot.take import take
from tests.registry.facts import TOWN

ALICE = Actor("alice", "192.0.2.1")
NEW_YEAR_EVE = dt.date(2022, 12, 31)


def loaded(dataset: Dataset, municipality: str = TOWN) -> Loaded:
    return load(dataset, municipality, ALICE)


def taken(municipality: str = TOWN) -> Dataset:
    """A snapshot whose folder lasts as long as the installation: files are read only when somebody asks."""
    scratch = tempfile.mkdtemp(dir=Home.current().folder)
    return take(municipality, NEW_YEAR_EVE, Path(scratch) / "snapshot", ALICE)


def told(dataset: Dataset) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, in the order of the keys."""
    return {name: dataset.table(name).sort_by("id").to_pylist() for name in STORED}
