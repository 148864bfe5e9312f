"""Makes a town in which something is wrong as small as it can be, so that a person can see what."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.truth.town import Row, Town, declared

Wrong = Callable[[Town], bool]


def smallest(town: Town, wrong: Wrong, tries: int = 2_000) -> Town:
    """Rows are taken out and cells emptied while it is still wrong; every reference goes on leading to its row."""
    candidates = _simpler(town)
    for _ in range(tries):
        simpler = next(candidates, None)
        if simpler is None:
            break
        if wrong(simpler):
            town, candidates = simpler, _simpler(simpler)
    return Town({name: rows for name, rows in town.tables.items() if rows})


def _simpler(town: Town) -> Iterator[Town]:
    referred = {(table, key) for table, rows in town.tables.items() for row in rows for table, key in _refs(table, row)}
    for table, rows in town.tables.items():
        for place, row in reversed(list(enumerate(rows))):
            if (table, row["id"]) not in referred:
                yield town.without(table, place)
    for table, rows in town.tables.items():
        for place, row in enumerate(rows):
            for column in declared(table).columns:
                if row.get(column.name) is not None and not column.required:
                    yield town.changed(table, place, column.name, None)


def _refs(table: str, row: Row) -> Iterator[tuple[str, object]]:
    for column in declared(table).refs():
        if row.get(column.name) is not None:
            yield column.to, row[column.name]
