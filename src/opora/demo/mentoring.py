"""Mentors and their mentees; how beginners adapt."""

from __future__ import annotations

import numpy as np

from opora.demo import draw
from opora.demo.calendar import chosen, municipality
from opora.demo.draw import NEVER, Bools, Coded, Days, Floats, Ints, Pool
from opora.demo.people import EDUCATOR, MANAGER, Staff
from opora.demo.places import Places
from opora.demo.spec import TownSpec
from opora.demo.world import World


def mentoring(world: World, spec: TownSpec, places: Places, people: Staff) -> None:
    """Pairs of a school year: the mentor is older, seasoned, and mostly from the same organisation."""
    rng = world.rng
    habits = spec.life["mentored"]
    circle = rng.random(len(people))
    for year in range(spec.years[0] - 1, spec.years[-1] + 1):
        starts = draw.september(year) + 9
        if starts < spec.first:
            continue
        educators = (people.group == EDUCATOR) & people.active(starts + 60)
        young = educators & ((people.age(starts) < 35) | (people.career_start > draw.first_of(year - 2)))
        mentees = np.concatenate(
            [
                chosen(world, people, year, min(1, habits["young"] + 0.015 * (year - spec.years[0])), among=young),
                chosen(world, people, year, habits["others"], among=educators & ~young),
            ]
        )
        since = np.maximum(starts + draw.days(rng.integers(0, 30, len(mentees))), people.since[mentees] + 7)
        seasoned = (people.core) & (people.age(starts) > 35) & (people.career_start < draw.first_of(year - 8))
        seasoned &= people.active(starts)
        mentor = _mentors(world, spec, places, people, mentees, since, seasoned, circle)
        kept = (mentor >= 0) & (since < people.until[mentees])
        _write_pairs(world, spec, places, people, mentees[kept], mentor[kept], since[kept], year)


def _mentors(
    world: World,
    spec: TownSpec,
    places: Places,
    people: Staff,
    mentees: Ints,
    since: Days,
    seasoned: Bools,
    circle: Floats,
) -> Ints:
    """A mentor for each; −1 where nobody fits."""
    rng = world.rng
    able = np.flatnonzero(seasoned)
    few = able[draw.quota(rng, people.org[able], spec.life["mentors_per_organisation"], circle[able])]
    if len(few) == 0:
        return np.full(len(mentees), -1)
    when = np.full(len(few), since.min() if len(since) else spec.last)
    at_home = Pool(people.org_on(few, when), len(places.org))
    in_town = Pool(people.muni[few], len(places.municipality))
    found = np.full(len(mentees), -1)
    home = people.org_on(mentees, since)
    for attempt in range(6):
        near = few_or_none(few, at_home.draw(rng, home))
        far = few_or_none(few, in_town.draw(rng, people.muni[mentees]))
        network = draw.coin(rng, 0.1, len(mentees)) | (near < 0) | (attempt > 4)
        candidate = np.where(network, far, near)
        fits = (candidate >= 0) & (candidate != mentees) & (people.born[candidate] < people.born[mentees] - 365)
        fits &= people.until[candidate] > since + 90
        found = np.where((found < 0) & fits, candidate, found)
    return found


def few_or_none(few: Ints, drawn: Ints) -> Ints:
    return np.where(drawn >= 0, few[drawn], -1)


def _write_pairs(
    world: World, spec: TownSpec, places: Places, people: Staff, mentee: Ints, mentor: Ints, since: Days, year: int
) -> None:
    rng, size = world.rng, len(mentee)
    until = np.minimum(draw.september(year + 1) - 1 + np.zeros(size, "timedelta64[D]"), people.until[mentee])
    until = np.minimum(until, people.until[mentor])
    org = people.org_on(mentee, since)
    order, programme = _mentoring_papers(world, places, people, mentee, org, since, year)
    over = until <= spec.last
    leader = people.group[mentor] == MANAGER
    world.add(
        "mentorship",
        size,
        mentor=people.id[mentor],
        mentee=people.id[mentee],
        form=Coded(np.where(leader, 2, np.where(draw.coin(rng, 0.1, size), 1, 0)), ("pair", "group", "leader")),
        network=people.org_on(mentor, since) != org,
        consent=np.where(draw.coin(rng, 0.96, size), 1, -1),
        order=order,
        programme=programme,
        result=Coded(
            np.where(over, draw.pick(rng, ("achieved", "partly", "not_achieved"), size, (8, 3, 1)).codes, -1),
            ("achieved", "partly", "not_achieved"),
        ),
        since=since,
        until=np.where(until > spec.last, NEVER, until),
    )


def _mentoring_papers(
    world: World, places: Places, people: Staff, mentee: Ints, org: Ints, since: Days, year: int
) -> tuple[Ints, Ints]:
    """The organisation's order, and a programme for most pairs."""
    orgs = np.unique(org)
    dated = draw.september(year) + 5
    order = world.add(
        "document",
        len(orgs),
        municipality=places.municipality[places.org_muni[orgs]],
        organisation=places.org[orgs],
        kind="order",
        topic="наставничество",
        title=f"О закреплении наставников на {year}/{year + 1} учебный год",
        number=[f"{number}-од" for number in world.rng.integers(100, 400, len(orgs))],
        dated=dated,
        since=dated,
        until=draw.september(year + 1) if draw.september(year + 1) <= draw.day("2025-12-31") else NEVER,
    )
    programme = np.full(len(mentee), -1)
    mine = np.flatnonzero(draw.coin(world.rng, 0.85, len(mentee)))
    programme[mine] = world.add(
        "document",
        len(mine),
        municipality=municipality(places, people, mentee[mine]),
        organisation=places.org[org[mine]],
        kind="programme",
        topic="персонализированная программа наставничества",
        title="Персонализированная программа наставничества",
        number=[f"{number}" for number in range(1, len(mine) + 1)],
        dated=since[mine],
        since=since[mine],
        until=draw.september(year + 1) if draw.september(year + 1) <= draw.day("2025-12-31") else NEVER,
    )
    return order[np.searchsorted(orgs, org)], programme


def adaptation(world: World, spec: TownSpec, places: Places, people: Staff) -> None:
    """A conclusion after the first year of work, and for some after the second."""
    rng = world.rng
    for after in (300, 665):
        date = people.career_start + after
        who = np.flatnonzero(
            people.core & (date >= spec.first) & (date < spec.last) & (date < people.until) & (date > people.since)
        )
        who = who[draw.coin(rng, 0.85 if after < 400 else 0.6, len(who))]
        results = ("adapted", "partly", "not_adapted")
        adapted = draw.deal(
            rng,
            people.muni[who],
            [spec.life["adapted"], 0.8 - spec.life["adapted"] * 0.8, 0.2 - spec.life["adapted"] * 0.2],
        )
        world.add(
            "adaptation",
            len(who),
            person=people.id[who],
            organisation=places.org[people.org_on(who, date[who])],
            result=Coded(adapted, results),
            date=date[who],
        )
