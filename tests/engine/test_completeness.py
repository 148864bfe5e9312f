"""No row means «no» only where the list is whole."""

from __future__ import annotations

from opora.indicators.dataset.store import Dataset
from opora.indicators.engine.backends import DuckDB
from opora.indicators.engine.plan import Asked
from opora.indicators.periods import Context
from opora.programmes.check import examine
from opora.programmes.compute import calculator_for
from tests.engine.asking import ON, day, formula, job, outcome, small_town
from tests.truth.town import Row


def test_where_the_list_is_whole_in_every_town_a_row_of_a_region_still_does_not_know() -> None:
    """Of the two events nobody took part in, that of the town is known to have had nobody."""
    town = small_town(
        event=[
            {"id": "ours", "municipality": "north", "date": day("2022-03-01")},
            {"id": "theirs", "municipality": "region", "date": day("2022-03-01")},
        ]
    )
    region: Row = {"id": "region", "title": "Край", "kind": "region"}
    value = outcome(town.with_rows({"territory": [region]}), {"share": "has participation", "of": "event"}).value
    assert (value.n, value.total, value.unknown) == (0, 1, 1)


PROGRAMME = """\
programme: {key: example, title: Пример, municipality: Город}
indicators: []
"""


def test_of_rows_with_one_key_the_first_stands_when_faults_are_accepted() -> None:
    """Boris's card was entered twice: he is one person, with one job, and the first card tells his birthday."""
    town = small_town(
        person=[{"id": "boris", "born": day("1990-01-01")}, {"id": "boris", "born": day("1950-01-01")}],
        employment=[job("boris")],
    )
    dataset = Dataset(dict(town.arrow())).taken_as_it_is()
    programme = examine(PROGRAMME).programme
    assert programme is not None
    asked = [Asked(formula({"share": "person.age < 35", "of": "employment"}))]
    (found,) = calculator_for(programme, dataset, DuckDB(threads=1)).outcomes(asked, Context.on_date(ON))
    assert (found.value.n, found.value.total) == (1, 1)
    assert dataset.faults_accepted
