"""Teams, duties by order, roles of experts."""

from __future__ import annotations

from typing import Any

import numpy as np

from opora.demo import draw
from opora.demo import words as w
from opora.demo.associations import LEVELS, MUNICIPAL
from opora.demo.calendar import open_end
from opora.demo.draw import Coded, Days, Ints, Pool
from opora.demo.people import EDUCATOR, MANAGER, Staff
from opora.demo.places import Places
from opora.demo.spec import TownSpec
from opora.demo.world import World

TEAM_KINDS = ("management", "collective", "project", "creative", "design", "problem")


def teams(world: World, spec: TownSpec, places: Places, people: Staff) -> tuple[Ints, Ints]:
    """Teams of every organisation with their members. Returns the collectives and their organisations."""
    at = places.educational
    _management_teams(world, spec, places, people, at)
    _project_groups(world, spec, places, people, at)
    for kind, share in ((3, 0.5), (4, 0.25), (5, 0.35)):
        some = at[draw.quota(world.rng, places.org_muni[at], share)]
        since = draw.september(world.rng.integers(spec.years[0], spec.years[-1] + 1, len(some))) + 15
        _small_teams(world, spec, places, people, some, kind, since, 5)
    sizes = np.bincount(people.org[(people.group == EDUCATOR) & people.at_anchor], minlength=len(places.org))
    row, _ = draw.spread(np.maximum(1, sizes[at] // 9))
    orgs = at[row]
    keys = _small_teams(world, spec, places, people, orgs, 1, np.full(len(orgs), draw.september(spec.years[0])), 6)
    return keys, orgs


def _write_team(world: World, places: Places, orgs: Ints, kind: int, since: Any, theme: Ints | None = None) -> Ints:
    first = world.next_id["team"]
    titles = [f"{TEAM_TITLES[kind]} № {number}" for number in range(first, first + len(orgs))]
    return world.add(
        "team",
        len(orgs),
        organisation=places.org[orgs],
        title=titles,
        kind=TEAM_KINDS[kind],
        topic=draw.pick(world.rng, w.THEMES, len(orgs)),
        methodical_theme=theme,
        since=since,
    )


TEAM_TITLES = (
    "Управленческая команда",
    "Команда педагогов",
    "Проектная группа",
    "Творческая группа",
    "Проектировочная группа",
    "Проблемная группа",
)


def _write_members(world: World, spec: TownSpec, people: Staff, team: Ints, who: Ints, since: Days) -> None:
    """Until they leave or go to another organisation."""
    until = np.where(np.isnat(people.moved[who]), people.until[who], np.minimum(people.moved[who], people.until[who]))
    fits = (since < until) & (since <= spec.last)
    world.add(
        "team_member",
        int(fits.sum()),
        team=team[fits],
        person=people.id[who[fits]],
        since=since[fits],
        until=open_end(until, spec)[fits],
    )


def _management_teams(world: World, spec: TownSpec, places: Places, people: Staff, at: Ints) -> None:
    since = draw.september(2018)
    keys = np.full(len(places.org), -1)
    keys[at] = _write_team(world, places, at, 0, since)
    seats = np.flatnonzero((people.group == EDUCATOR) & people.at_anchor)
    seats = seats[draw.rank_within(world.rng, people.org[seats]) < 2]
    inside = (people.group == MANAGER) | np.isin(people.seat, people.seat[seats])
    who = np.flatnonzero(inside & (keys[people.org] >= 0))
    _write_members(world, spec, people, keys[people.org[who]], who, np.maximum(people.since[who], since))


def _project_groups(world: World, spec: TownSpec, places: Places, people: Staff, at: Ints) -> None:
    """Groups that work on the organisation's methodical theme: nearly everybody is in one."""
    rng, since = world.rng, draw.september(spec.years[0])
    theme = world.add(
        "methodical_theme",
        len(at),
        municipality=places.municipality[places.org_muni[at]],
        organisation=places.org[at],
        title=draw.pick(rng, w.THEMES, len(at)),
        since=since,
    )
    count = 2
    keys = np.full((count, len(places.org)), -1)
    for nth in range(count):
        keys[nth, at] = _write_team(world, places, at, 2, since, theme)
    who = np.flatnonzero(people.core & np.isin(people.org, at) & draw.coin(rng, 0.98, len(people)))
    first = np.maximum(people.since[who] + draw.days(rng.integers(7, 120, len(who))), since)
    _write_members(world, spec, people, keys[people.id[who] % count, people.org[who]], who, first)
    moved = np.flatnonzero(people.core & ~np.isnat(people.moved) & np.isin(people.org_after, at))
    after = people.moved[moved] + 20
    fits = (after < people.until[moved]) & (people.moved[moved] > since)
    moved, after = moved[fits], after[fits]
    world.add(
        "team_member",
        len(moved),
        team=keys[0, people.org_after[moved]],
        person=people.id[moved],
        since=after,
        until=open_end(people.until[moved], spec),
    )


def _small_teams(
    world: World, spec: TownSpec, places: Places, people: Staff, orgs: Ints, kind: int, since: Days, size: int
) -> Ints:
    keys = _write_team(world, places, orgs, kind, since)
    who = np.flatnonzero(people.group == EDUCATOR)
    row, _ = draw.spread(np.full(len(orgs), size + size // 2))
    drawn = Pool(people.org[who], len(places.org)).draw(world.rng, orgs[row])
    row, members = row[drawn >= 0], who[drawn[drawn >= 0]]
    _, once = np.unique(row * 10_000_000 + members, return_index=True)
    row, members = row[once], members[once]
    start = np.maximum(since[row], people.since[members] + 20)
    _write_members(world, spec, people, keys[row], members, start)
    return keys


DUTIES = (
    ("methodical_work", 1.0),
    ("mentoring", 0.45),
    ("training", 0.6),
    ("young_educators", 0.3),
    ("innovation", 0.25),
    ("attestation", 0.3),
)


def duties(world: World, spec: TownSpec, places: Places, people: Staff, order: Ints) -> None:
    """Who answers for what in each organisation; when one leaves, somebody who stays takes it over."""
    rng, at = world.rng, places.educational
    steady = people.at_anchor & people.core & np.isnat(people.moved)
    for area, share in DUTIES:
        some = at[draw.quota(rng, places.org_muni[at], share)]
        able = np.flatnonzero(steady & np.isin(people.org, some))
        first = able[
            draw.rank_within(rng, people.org[able], rng.random(len(able)) + (people.since[able] > spec.first)) == 0
        ]
        after = (spec.last - np.minimum(people.until[able], spec.last)).astype(np.int64) + (
            people.group[able] == MANAGER
        )
        second = able[draw.rank_within(rng, people.org[able], after) == 0]
        heir = np.full(len(places.org), -1)
        heir[people.org[second]] = second
        who = heir[people.org[first]]
        later = (people.until[first] <= spec.last) & (people.until[who] > people.until[first])
        _write_duties(
            world, spec, places, people, order, area, first, np.maximum(people.since[first], draw.september(2019))
        )
        _write_duties(world, spec, places, people, order, area, who[later], people.until[first[later]])
    _expert_roles(world, spec, people)


def _write_duties(
    world: World, spec: TownSpec, places: Places, people: Staff, order: Ints, area: str, who: Ints, since: Days
) -> None:
    world.add(
        "responsibility",
        len(who),
        person=people.id[who],
        organisation=places.org[people.org[who]],
        area=area,
        document=order[people.muni[who]],
        since=since,
        until=open_end(people.until[who], spec),
    )


EXPERTS = (
    ("expert", 0.03),
    ("jury", 0.03),
    ("municipal_tutor", 0.012),
    ("mentor_tutor", 0.012),
    ("lecturer", 0.006),
    ("reserve", 0.012),
)


def _expert_roles(world: World, spec: TownSpec, people: Staff) -> None:
    """Given year by year, each for three years."""
    rng = world.rng
    for year in range(spec.years[0] - 2, spec.years[-1] + 1):
        for role, share in EXPERTS:
            mask = people.core & people.active(draw.first_of(year, 10)) & (people.zeal > 0.4)
            who = np.flatnonzero(mask & draw.coin(rng, share / 1.6 * (1 + 0.08 * (year - spec.years[0])), len(people)))
            since = draw.first_of(year, 10) + draw.days(rng.integers(0, 60, len(who)))
            until = np.minimum(draw.add_years(since, 3), people.until[who])
            fits = since < until
            areas = ("final_exams", "training", "contests", "attestation", "methodical_work")
            world.add(
                "expert_role",
                int(fits.sum()),
                person=people.id[who[fits]],
                role=role,
                area=draw.pick(rng, areas, int(fits.sum())),
                level=Coded(rng.choice([MUNICIPAL, 3], int(fits.sum())), LEVELS),
                since=since[fits],
                until=open_end(until, spec)[fits],
            )
