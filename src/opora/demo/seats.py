"""Seats of the staff list, filled and empty."""

from __future__ import annotations

import numpy as np

from opora.demo import draw
from opora.demo import words as w
from opora.demo.calendar import open_end
from opora.demo.draw import NEVER, Coded, Days, Ints, Pool
from opora.demo.people import EDUCATOR, POSTS, Staff
from opora.demo.places import Places
from opora.demo.spec import TownSpec
from opora.demo.world import World

Vacancies = tuple[Ints, Days, Days]
"""A person on such a seat, since when it is empty and until when."""


def vacancies(world: World, spec: TownSpec, places: Places, people: Staff) -> None:
    """Seats advertised between two people, and some that have long been empty."""
    parts = [_advertised(world, spec, people)]
    parts += [_long_empty(world, spec, places, people, year) for year in spec.years]
    like, since, until = (np.concatenate(column) for column in zip(*parts, strict=True))
    seat = (people.org[like] * len(POSTS) + people.post[like]) * 64 + people.taught[like] + 1
    world.add(
        "vacancy",
        len(like),
        organisation=places.org[people.org[like]],
        post=Coded(people.post[like], POSTS),
        staff_group="educator",
        subject=Coded(people.taught[like], w.TAUGHT),
        rate=np.where(draw.coin(world.rng, 0.7, len(like)), 1.0, 0.5),
        since=draw.apart(world.rng, seat, since),
        until=np.where(until > spec.last, NEVER, until),
    )


def _advertised(world: World, spec: TownSpec, people: Staff) -> Vacancies:
    order = np.lexsort((people.since, people.seat))
    order = order[people.group[order] == EDUCATOR]
    here, after = order[:-1], order[1:]
    same = people.seat[here] == people.seat[after]
    since = people.until[here]
    until = np.where(same, people.since[after], NEVER)
    long = np.where(same, (until - since) > draw.days(30), draw.coin(world.rng, 0.15, len(here)))
    kept = long & (since < spec.last - 15)
    return here[kept], since[kept], until[kept]


def _long_empty(world: World, spec: TownSpec, places: Places, people: Staff, year: int) -> Vacancies:
    """Some organisations look for somebody for months."""
    rng, orgs = world.rng, places.educational
    educators = np.flatnonzero(people.group == EDUCATOR)
    share = spec.life["organisations_with_vacancies"] * (1 - 0.08 * (year - spec.years[0]))
    chosen = orgs[draw.quota(rng, places.org_muni[orgs], max(0.02, share))]
    drawn = Pool(people.org[educators], len(places.org)).draw(rng, chosen)
    like = educators[drawn[drawn >= 0]]
    since = draw.first_of(year, 8) + draw.days(rng.integers(0, 30, len(like)))
    return like, since, since + draw.days(rng.integers(140, 330, len(like)))


def staffing(world: World, spec: TownSpec, places: Places, people: Staff) -> None:
    """Seats planned and filled on each 1 September, by organisation, post and subject."""
    rng = world.rng
    base = (people.org * len(POSTS) + people.post) * (len(w.TAUGHT) + 1) + people.taught + 1
    seats = np.flatnonzero(people.at_anchor & people.core)
    lines, planned = np.unique(base[seats], return_counts=True)
    for year in spec.years:
        since = draw.september(year)
        at_work = np.flatnonzero(people.active(since + 20) & people.core)
        there = np.searchsorted(lines, base[at_work])
        known = (there < len(lines)) & (lines[np.minimum(there, len(lines) - 1)] == base[at_work])
        filled = np.bincount(there[known], minlength=len(lines))
        rest, taught = np.divmod(lines, len(w.TAUGHT) + 1)
        org, post = np.divmod(rest, len(POSTS))
        more = np.where(draw.coin(rng, 0.04, len(lines)), 0.5, 0)
        world.add(
            "staffing",
            len(lines),
            organisation=places.org[org],
            post=Coded(post, POSTS),
            subject=Coded(taught - 1, w.TAUGHT),
            planned_rate=np.maximum(planned, filled) + more,
            filled_rate=filled,
            since=since,
            until=open_end(np.full(len(lines), draw.september(year + 1)), spec),
        )
