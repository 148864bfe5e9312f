"""The workbook of a dataset, taken in as a file, is what a load makes of it; undone, it leaves nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings

from opora.indicators.dataset.store import Dataset
from opora.indicators.dataset.tables import STORED
from opora.indicators.dataset.template import write_workbook
from opora.intake.adapters import Dropped
from opora.people.models import Territory
from opora.registry.scope import scope
from opora.site.home import Home
from tests.intake.registry.files import committed, counts, facts, taken_in, undone
from tests.people.town import ALICE, Town
from tests.registry.database import forget_everything
from tests.registry.facts import TOWN, datasets

slow = settings(max_examples=8, suppress_health_check=list(HealthCheck))


def place() -> Town:
    """With nothing in it, under the names that random datasets give their territories."""
    country = Territory.objects.create(key="страна", title="Россия", kind="country")
    region = Territory.objects.create(key="регион", title="Томская область", kind="region", parent=country)
    town = Territory.objects.create(key=TOWN, title=TOWN.title(), kind="municipality", parent=region)
    with scope([town.pk], ALICE):
        return Town(town.pk, 0, 0, ())


def workbook(dataset: Dataset) -> Dropped:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "набор.xlsx"
        write_workbook(dataset, path)
        return Dropped("набор.xlsx", path.read_bytes())


def rows_of(dataset: Dataset) -> dict[str, list[dict[str, Any]]]:
    found = {name: dataset.table(name).sort_by("id").to_pylist() for name in STORED if dataset.rows(name)}
    return {name: rows for name, rows in found.items() if name != "territory"}


@slow
@given(dataset=datasets())
def test_whatever_is_taken_in_and_undone_leaves_the_facts_as_they_were(installation: Home, dataset: Dataset) -> None:
    forget_everything(installation)
    city = place()
    before = facts()
    batch = taken_in(city, workbook(dataset))
    assert batch.state == "planned", batch.failure
    assert facts() == before
    if counts(batch).get("new"):
        after = committed(city, batch)
        if after.state == "planned":  # the database has refused it, and has told why
            assert after.refused
            assert facts() == before
            return
        again = taken_in(city, workbook(dataset))
        assert "changed" not in counts(again)
        assert undone(city, after).state == "undone"
    assert facts() == before
    forget_everything(installation)
