"""How many queries each page asks: counted in two worlds, and kept with ``python -m tests.web.keep_queries``.

``queries.json`` is the baseline. That a page asks more than it did is a decision: the change of that file shows it.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from opora.indicators.dataset.schema import Time
from opora.indicators.dataset.tables import STORED
from tests import installation  # it must come before any model
from tests.access.world import SCHOOLS, TESTS, School, build, rows_of
from tests.registry.facts import Row, dataset

BASELINE = Path(__file__).with_name("queries.json")
HERE = SCHOOLS[0]
MORE = (School(HERE.town, f"{HERE.town} 3"), School(HERE.town, f"{HERE.town} 4"))


class Counter:
    """The same browsers each time: the page of one's sessions asks once for each of them (that is allauth's)."""

    def __init__(self) -> None:
        from tests.web.every_page import readers
        from tests.web.people import browser

        self._browsers = {role: browser(user) for role, user in readers().items()}

    def counted(self) -> dict[str, int]:
        """By the name of a page, in the world as it is; asked for the second time, as of a server that has been up."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        from tests.web.every_page import addresses, count_numbers

        count_numbers()
        found = {}
        for page in addresses():
            self._browsers[page.role].get(page.path)
            with CaptureQueriesContext(connection) as asked:
                self._browsers[page.role].get(page.path)
            found[page.name] = len(asked)
        return found


def grow() -> None:
    """Two more schools in the town, with a row of everything each, and more facts of each person of the first ones."""
    from opora.snapshot.load import load

    rows = rows_of([*(school for school in SCHOOLS if school.town == HERE.town), *MORE])
    for name, table in STORED.items():
        if table.time is Time.FACT and not table.unique:
            rows[name] += [_again(row, days) for row in rows[name] for days in (1, 2)]
    load(dataset(rows), HERE.town, TESTS)


def _again(row: Row, days: int) -> Row:
    """The same on another day."""
    later = {
        name: value + dt.timedelta(days=days) if isinstance(value, dt.date) and name != "born" else value
        for name, value in row.items()
    }
    return later | {"id": f"{row['id']} {days}"}


def keep() -> None:
    for _home in installation.running():
        build()
        BASELINE.write_text(json.dumps(dict(sorted(Counter().counted().items())), indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    keep()
