"""Contests and the entries of people, teams and organisations."""

from __future__ import annotations

from typing import Any

import numpy as np

from opora.demo import draw
from opora.demo import words as w
from opora.demo.calendar import chosen, day_of
from opora.demo.draw import Bools, Coded, Days, Ints
from opora.demo.named import Named
from opora.demo.people import Staff
from opora.demo.places import Places
from opora.demo.spec import TownSpec
from opora.demo.world import World
from opora.indicators.dataset.tables.choices import COMPETITION_RESULT

RESULTS = tuple(COMPETITION_RESULT)


def reference(world: World, spec: TownSpec) -> tuple[Ints, Ints]:
    """Contests from outside, year by year; the same for every municipality. Keys and years."""
    years = np.repeat(spec.years, len(w.OUTSIDE_CONTESTS))
    nth = np.tile(np.arange(len(w.OUTSIDE_CONTESTS)), len(spec.years))
    award = spec.life.get("award", "премия губернатора")
    contests = [
        (*contest[:4], award if contest[4].startswith("премия") else contest[4]) for contest in w.OUTSIDE_CONTESTS
    ]
    date = draw.first_of(years) + 60 + nth * 40
    return _write_contests(world, contests, nth, date, years, None)


def _write_contests(
    world: World, contests: list[Any], nth: Ints, date: Days, years: Ints, owner: Ints | None
) -> tuple[Ints, Ints]:
    ids = world.add(
        "contest",
        len(nth),
        municipality=owner,
        title=Coded(nth, tuple(contest[0] for contest in contests)),
        kind=Coded(nth, tuple(contest[1] for contest in contests)),
        level=Coded(nth, tuple(contest[2] for contest in contests)),
        status=np.array([contest[3] for contest in contests])[nth],
        award=Coded(
            np.where(np.array([bool(contest[4]) for contest in contests])[nth], nth, -1),
            tuple(contest[4] for contest in contests),
        ),
        date=date,
    )
    return ids, years


def contests(
    world: World,
    spec: TownSpec,
    places: Places,
    people: Staff,
    outside: tuple[Ints, Ints],
    teams: tuple[Ints, Ints],
    named: Named,
) -> None:
    """The municipality's contests and the entries of people, teams and organisations."""
    rng = world.rng
    munis = len(places.municipality)
    width = len(w.CONTESTS)
    own_keys, own_rows = named.put(world, "contest", int(places.municipality[0]))
    for year in spec.years:
        nth = np.tile(np.arange(width), munis)
        owner = places.municipality[np.repeat(np.arange(munis), width)]
        date = np.full(len(nth), draw.first_of(year) + 40) + draw.days(nth * 50)
        own, _ = _write_contests(world, list(w.CONTESTS), nth, date, np.full(len(nth), year), owner)
        beyond = outside[0][outside[1] == year]
        who = chosen(world, people, year, spec.rate("contest", year))
        mentors = chosen(world, people, year, 0.012, among=people.core & (people.age(draw.first_of(year)) > 38))
        away = draw.coin(rng, 0.35, len(who))
        kind = draw.pick(rng, ("0", "1", "2", "3", "4"), len(who), (4, 4, 2, 5, 0.5)).codes
        outside_kind = rng.choice([0, 1, 2, 3, 5, 6], len(who))
        contest = np.where(away, beyond[outside_kind], own[people.muni[who] * width + kind])
        skill = np.where(away, outside_kind < 2, kind < 3)
        lead = own[people.muni[mentors] * width + 4]
        contest, skill = _some_to_named(world, own_keys, own_rows, year, contest, skill)
        _entries(
            world,
            spec,
            people,
            np.concatenate([who, mentors]),
            np.concatenate([contest, lead]),
            np.concatenate([skill, np.zeros(len(lead), np.bool_)]),
            year,
        )
        _collective_entries(world, places, year, own, width, beyond, teams)


def _some_to_named(
    world: World, keys: Ints, rows: list[dict[str, Any]], year: int, contest: Ints, skill: Bools
) -> tuple[Ints, Bools]:
    """A third of the entries go to the contests that the programme names. Tells which ones are contests of skill."""
    theirs = [
        (int(key), row["kind"] == "skill")
        for key, row in zip(keys, rows, strict=True)
        if str(row["date"])[:4] == str(year) and row["kind"] != "grant"
    ]
    if not theirs:
        return contest, skill
    some = draw.coin(world.rng, 0.35, len(contest))
    which = world.rng.integers(0, len(theirs), len(contest))
    named, named_skill = (np.array(column) for column in zip(*theirs, strict=True))
    return np.where(some, named[which], contest), np.where(some, named_skill[which], skill)


def _entries(world: World, spec: TownSpec, people: Staff, who: Ints, contest: Ints, skill: Bools, year: int) -> None:
    """Winners and prize-winners are a few more every year."""
    rng, better = world.rng, 0.016 * (year - spec.years[0])
    weights = [0.58 - 2 * better, 0.16, 0.16 + better, 0.1 + better]
    known = (spec.figures or {}).get("winners", {})
    if known and len(who):  # as many winners as the programme's trend tells; further years go on with it
        won = known.get(year, max(known.values()) + 6 * (year - max(known))) / len(who)
        weights = [0.8 * (1 - won), 0.2 * (1 - won), 0.6 * won, 0.4 * won]
    result = draw.deal(rng, people.muni[who] * 2 + skill, weights)
    lost = draw.coin(rng, spec.life["unknown"]["level"] / 8, len(who)) & (result < 2)
    world.add(
        "contest_entry",
        len(who),
        contest=contest,
        person=people.id[who],
        result=Coded(np.where(lost, -1, result), RESULTS),
        date=draw.apart(rng, who, day_of(world, people, who, year, 30), -1),
    )


def _collective_entries(
    world: World, places: Places, year: int, own: Ints, width: int, beyond: Ints, teams: tuple[Ints, Ints]
) -> None:
    rng = world.rng
    keys, org = teams
    enter = np.flatnonzero(draw.quota(rng, places.org_muni[org], 0.45)) if len(org) else np.zeros(0, np.int64)
    date = draw.first_of(year) + draw.days(rng.integers(40, 330, len(enter)))
    contest = own[places.org_muni[org[enter]] * width + rng.choice([2, 3], len(enter))]
    result = draw.pick(rng, RESULTS, len(enter), (6, 2, 2, 1))
    world.add("contest_entry", len(enter), contest=contest, team=keys[enter], result=result, date=date)
    at = places.educational
    some = at[draw.quota(rng, places.org_muni[at], 0.16)]
    first = np.unique(places.org_muni[at], return_index=True)[1]
    some = np.union1d(some, at[first])
    date = draw.first_of(year) + draw.days(rng.integers(60, 330, len(some)))
    result = draw.pick(rng, RESULTS, len(some), (6, 2, 2, 1))
    world.add(
        "contest_entry",
        len(some),
        contest=np.full(len(some), beyond[4]),
        organisation=places.org[some],
        result=result,
        date=date,
    )
