"""How a number must change when the town does, whatever the number is: asked of the engine alone."""

from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Iterable, Iterator
from functools import cache

import pytest

from opora.indicators.dataset.schema import Column, Kind, Table, Time
from opora.indicators.formula import tree as t
from tests.truth.counts import Answer, Count, Indicator, cases, codes, denominators_of, things_of
from tests.truth.engine_adapter import Session
from tests.truth.packs import NAMES, Pack, pack
from tests.truth.reads import Reads, reads_of
from tests.truth.strategies import CONTEXTS, LONG_AGO, Choices, small_towns
from tests.truth.town import Cell, Context, Row, Town, declared, joined
from tests.truth.world import World

CONTEXT = CONTEXTS[0]
TOWNS = 12
OPENED = 30
"""At most so many lists of a programme are opened: each is compiled alone."""


@cache
def session(name: str) -> Session:
    return Session(pack(name).definitions)


@cache
def reads(name: str) -> Reads:
    group = pack(name)
    return reads_of(group.indicators.values(), group.definitions)


def values(name: str, keys: Iterable[str], town: Town, context: Context = CONTEXT) -> list[Answer]:
    return session(name).values([pack(name).indicators[key] for key in keys], town, context)


def crowd(name: str, seed: int, context: Context = CONTEXT) -> Town:
    """Towns in which the lists of things are complete: else nearly no number has bounds."""
    whole = frozenset(reads(name).things | {"employment"})
    return joined(small_towns(Choices(reads(name), context), seed, TOWNS, whole))


def things(indicator: Indicator) -> set[str]:
    return {things_of(of).table for of in denominators_of(indicator)}


# ── somebody who is not counted ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", NAMES)
def test_a_person_who_is_not_counted_changes_nothing(name: str) -> None:
    town = crowd(name, 1)
    more = town.with_rows(dict(newcomers(town)))
    people = [key for key, one in pack(name).indicators.items() if things(one) == {"person"}]
    keys = [key for key in people if leaves_out(pack(name).indicators[key], "new-", more, pack(name))]
    assert len(keys) >= 3
    assert values(name, keys, more) == values(name, keys, town)


def newcomers(town: Town) -> Iterator[tuple[str, list[Row]]]:
    """In the first municipality of every town one person who works nowhere, with rows of every other kind."""
    homes = [row["id"] for row in town.rows("territory") if str(row["id"]).endswith("-1")]
    yield "person", [{"id": f"new-{home}", "municipality": home, "born": LONG_AGO} for home in homes]
    for name in town.tables:
        person = declared(name).column("person")
        if name == "employment" or person is None or person.to != "person":
            continue
        yield name, [lonely(declared(name), town.rows(name)[0], f"new-{home}") for home in homes if town.rows(name)]


def lonely(table: Table, row: Row, person: str) -> Row:
    """A copy of the row for that person; it leads nowhere that it need not."""
    free = {column.name for column in table.refs() if not column.required}
    return {**{name: cell for name, cell in row.items() if name not in free}, "id": f"new-{person}", "person": person}


# ── another municipality ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", NAMES)
def test_rows_of_another_municipality_that_are_not_counted_change_nothing(name: str) -> None:
    town = crowd(name, 2)
    more = joined([town, without_tables(far_away(name), {"employment"})])
    keys = [key for key, one in pack(name).indicators.items() if leaves_out(one, "far-", more, pack(name))]
    assert len(keys) >= 3
    assert values(name, keys, more) == values(name, keys, town)


def leaves_out(indicator: Indicator, prefix: str, town: Town, group: Pack) -> bool:
    """Whether nothing with such a key is counted, nor may be."""
    world = World(town, CONTEXT, group.definitions)
    found = [case for of in denominators_of(indicator) for case in cases(of, None, Count(world))]
    return all(case.d == 0 for case in found if str(case.row["id"]).startswith(prefix))


def far_away(name: str) -> Town:
    """Another town in which every table is complete."""
    choices = Choices(reads(name), CONTEXT)
    place = joined(small_towns(choices, 3, TOWNS, frozenset(choices.tables)))
    return Town({table: [renamed(declared(table), row) for row in rows] for table, rows in place.tables.items()})


def renamed(table: Table, row: Row) -> Row:
    keys = {column.name for column in table.columns if column.kind in (Kind.KEY, Kind.REF)}
    return {name: f"far-{cell}" if name in keys and cell is not None else cell for name, cell in row.items()}


def without_tables(town: Town, names: Iterable[str]) -> Town:
    """Without these tables and all that cannot be without them; what only may lead to them leads nowhere."""
    gone = set(names) & set(town.tables)
    while more := {name for name in set(town.tables) - gone if any(column.to in gone for column in musts(name))}:
        gone |= more
    kept = {name: rows for name, rows in town.tables.items() if name not in gone}
    return Town({name: [_cut(declared(name), row, gone) for row in rows] for name, rows in kept.items()})


def musts(name: str) -> list[Column]:
    return [column for column in declared(name).refs() if column.required]


def _cut(table: Table, row: Row, gone: set[str]) -> Row:
    lost = {column.name for column in table.refs() if column.to in gone}
    return {name: None if name in lost else cell for name, cell in row.items()}


# ── something becomes known ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("starts", "seed"), [(False, 0), (False, 1), (True, 2)], ids=["cells", "more cells", "first days"]
)
@pytest.mark.parametrize("name", NAMES)
def test_what_becomes_known_moves_a_number_only_within_its_bounds(name: str, starts: bool, seed: int) -> None:
    context = CONTEXTS[seed]
    town, group = crowd(name, seed, context), pack(name)
    keys = [key for key, one in group.indicators.items() if grows_surer(one, group, starts)]
    better = learned(town, Choices(reads(name), context), random.Random(seed), starts)
    assert better.tables != town.tables
    before = values(name, keys, town, context)
    after = values(name, keys, better, context)
    assert {key: (was, now) for key, was, now in zip(keys, before, after, strict=True) if not surer(was, now)} == {}


def grows_surer(indicator: Indicator, group: Pack, starts: bool) -> bool:
    """Not where it is asked whether something is known; nor, when first days change, what is the latest."""
    nodes = reads_of([indicator], group.definitions).nodes
    return t.Known not in nodes and not (starts and t.Latest in nodes)


def learned(town: Town, choices: Choices, generator: random.Random, starts: bool) -> Town:
    """The town with every third of its empty cells filled."""
    return Town(
        {
            name: [_filled(declared(name), row, choices, generator, starts) for row in town.rows(name)]
            for name in town.tables
        }
    )


def _filled(table: Table, row: Row, choices: Choices, generator: random.Random, starts: bool) -> Row:
    found = dict(row)
    for column in table.columns:
        if row.get(column.name) is None and generator.random() < 1 / 3 and _may_fill(table, column, choices, starts):
            found[column.name] = _first_day(table, row) if starts else _some(table, column, choices, generator)
    return found


def _may_fill(table: Table, column: Column, choices: Choices, starts: bool) -> bool:
    """Only what is unknown when empty: not the end of a state, not a link."""
    if table.name == "coverage" or column.kind in (Kind.KEY, Kind.REF) or column.name in choices.reads.vias:
        return False
    if table.time is Time.STATE and column.name in (table.start, table.end, table.observed):
        return starts and column.name == table.start
    return not starts


def _some(table: Table, column: Column, choices: Choices, generator: random.Random) -> Cell:
    return generator.choice([cell for cell in choices.of(table.name, column.name) if cell is not None])


def _first_day(table: Table, row: Row) -> dt.date:
    """Not after the day on which it was seen, and before its end."""
    latest = [row.get(table.observed), row.get(table.end), CONTEXT.on]
    return min(day for day in latest if isinstance(day, dt.date)) - dt.timedelta(days=1)


def surer(was: Answer, now: Answer) -> bool:
    """The number and its bounds lie within the bounds of before; what was decided stays so."""
    low = -math.inf if was.low is None else was.low
    high = math.inf if was.high is None else was.high
    moved = [number for number in (now.value, now.low, now.high) if number is not None]
    return all(low - 1e-9 <= number <= high + 1e-9 for number in moved) and now.unknown <= was.unknown + 1e-9


# ── who is behind a number ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", NAMES)
def test_the_opened_list_is_what_the_number_counted(name: str) -> None:
    group = pack(name)
    town = joined(small_towns(Choices(reads(name), CONTEXT), 4, 4))
    wrong: dict[str, object] = {}
    shares = {key: one for key, one in group.indicators.items() if "share" in one}
    for key in list(shares)[:: 1 + len(shares) // OPENED]:
        rows = codes(shares[key], town, CONTEXT, group.definitions)
        mine = {(row, (d, min(d, c))) for row, (d, c) in rows.items() if d}
        if odd := mine ^ set(session(name).codes(shares[key], town, CONTEXT).items()):
            wrong[key] = odd
    assert wrong == {}
