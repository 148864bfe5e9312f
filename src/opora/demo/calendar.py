"""Whom something happens to in a year, and on which day of it."""

from __future__ import annotations

from typing import Any

import numpy as np

from opora.demo import draw
from opora.demo.draw import Bools, Days, Floats, Ints
from opora.demo.people import Staff, cells
from opora.demo.places import Places
from opora.demo.spec import TownSpec
from opora.demo.world import World


def present(people: Staff, year: int) -> Bools:
    """Who works there for two months of the year at least."""
    starts, ends = draw.first_of(year), draw.first_of(year + 1)
    long: Bools = np.minimum(people.until, ends) - np.maximum(people.since, starts) > draw.days(60)
    return long


def chosen(
    world: World, people: Staff, year: int, share: Any, *, among: Bools | None = None, score: Floats | None = None
) -> Ints:
    """Exactly the share of those who are there at the end of the year, and by chance of those who left before.

    The same people come again from year to year more often than not.
    """
    rng = world.rng
    may = people.core if among is None else among
    at_end = people.active(draw.first_of(year + 1) - 1)
    stayers = np.flatnonzero(may & at_end)
    leavers = np.flatnonzero(may & ~at_end & present(people, year))
    order = rng.random(len(stayers)) - 0.7 * people.zeal[stayers] if score is None else score[stayers]
    cell = cells(people.muni[stayers], people.kind[stayers], people.group[stayers])
    take = draw.quota(rng, cell, share, order)
    gone = leavers[draw.coin(rng, np.max(share) * 0.8, len(leavers))]
    return np.concatenate([stayers[take], gone])


def day_of(world: World, people: Staff, who: Ints, year: Any, low: int = 10, high: int = 350) -> Days:
    """A working day of the year for each of them; ``low`` and ``high`` count from 1 January."""
    starts = draw.first_of(year)
    first = np.maximum(people.since[who] + 3, starts + low)
    last = np.minimum(people.until[who] - 2, starts + high)
    first = np.minimum(first, people.until[who] - 1)
    dates = draw.between(world.rng, first, np.maximum(last, first), len(who))
    return _out_of_holidays(dates, first)


def _out_of_holidays(dates: Days, first: Days) -> Days:
    """What falls into July and the first half of August comes in spring, where the person was there already."""
    inside = (dates - draw.first_of(draw.year_of(dates))).astype(np.int64)
    moved = dates - 110
    holidays = (inside > 181) & (inside < 225) & (moved >= first)
    return np.where(holidays, moved, dates)


def until_left(spec: TownSpec, people: Staff, who: Ints, until: Days) -> Days:
    """An end that is no later than the person's leaving; none if it lies beyond the facts."""
    until = np.minimum(until, people.until[who])
    return np.where(until > spec.last, draw.NEVER, until)


def municipality(places: Places, people: Staff, who: Ints) -> Ints:
    """Key of the municipality of each of these people."""
    keys: Ints = places.municipality[people.muni[who]]
    return keys


def open_end(until: Days, spec: TownSpec) -> Days:
    """An end that lies beyond the facts is none."""
    return np.where(until > spec.last, draw.NEVER, until)
