"""What goes into the registry comes out of it."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings

from opora.demo.spec import town
from opora.demo.write import town_dataset
from opora.indicators.dataset.check import check_dataset
from opora.indicators.dataset.store import Dataset
from opora.site.home import Home
from opora.snapshot.reading import one_read
from opora.snapshot.take import taken as read_and_written
from opora.snapshot.territories import territory
from tests.registry.database import forget_everything
from tests.registry.facts import TOWN, datasets
from tests.registry.loading import NEW_YEAR_EVE, loaded, taken, told
from tests.registry.town import ALICE

slow = settings(max_examples=5, suppress_health_check=list(HealthCheck))


def taken_twice(home: Home, dataset: Dataset, municipality: str) -> tuple[Dataset, Dataset]:
    """database → dataset → database → dataset."""
    forget_everything(home)
    loaded(dataset, municipality)
    once = taken(municipality)
    forget_everything(home)
    loaded(once, municipality)
    return once, taken(municipality)


@slow
@given(dataset=datasets())
def test_a_municipality_goes_in_and_out_unchanged(installation: Home, dataset: Dataset) -> None:
    assert check_dataset(dataset) == ()
    once, twice = taken_twice(installation, dataset, TOWN)
    assert told(once) == told(dataset)
    assert twice.hash == once.hash


@slow
@given(dataset=datasets(towns=3))
def test_a_region_goes_in_and_out_unchanged(installation: Home, dataset: Dataset) -> None:
    once, twice = taken_twice(installation, dataset, "регион")
    assert told(once) == told(dataset)
    assert twice.hash == once.hash


def test_a_generated_town_goes_in_and_out_unchanged_but_for_its_keys(installation: Home) -> None:
    dataset = town_dataset(town("balakhta"), people=40)
    once, twice = taken_twice(installation, dataset, "balakhta")
    assert {name: once.rows(name) for name in once.sources} == {name: dataset.rows(name) for name in dataset.sources}
    assert (once.synthetic, twice.hash) == (True, once.hash)


def test_what_is_committed_while_a_snapshot_is_taken_is_in_no_table_of_it(installation: Home, tmp_path: Path) -> None:
    dataset = town_dataset(town("balakhta"), people=40)
    forget_everything(installation)
    loaded(dataset, "balakhta")
    before = taken("balakhta")
    with one_read():
        territory("balakhta")  # the moment is that of the first question
        forget_everything(installation)
        meanwhile = read_and_written("balakhta", NEW_YEAR_EVE, tmp_path / "snapshot", ALICE)
    assert meanwhile.hash == before.hash
