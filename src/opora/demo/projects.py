"""Projects, sites and methodical themes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from opora.demo import draw
from opora.demo import words as w
from opora.demo.associations import FEDERAL, LEVELS, MUNICIPAL, REGIONAL, Associations
from opora.demo.draw import NEVER, Coded, Days, Ints, Pool
from opora.demo.membership import young
from opora.demo.named import Named
from opora.demo.people import Staff
from opora.demo.places import Places
from opora.demo.spec import TownSpec
from opora.demo.world import World


@dataclass(slots=True)
class Scene:
    """What other rows of the community refer to."""

    associations: Associations
    young_projects: Ints
    """Keys of projects for the young; their municipalities beside."""
    young_munis: Ints
    sites: Ints
    site_org: Ints
    site_since: Days


def projects(
    world: World, spec: TownSpec, places: Places, people: Staff, found: Associations, order: Ints, named: Named
) -> Scene:
    young = _municipal_projects(world, spec, places, people, found, order, named)
    _programmes_of_organisations(world, spec, places, named)
    _themes(world, places, found)
    sites, site_org, site_since = _sites(world, spec, places, order, named)
    return Scene(found, young[0], young[1], sites, site_org, site_since)


def _municipal_projects(
    world: World, spec: TownSpec, places: Places, people: Staff, found: Associations, order: Ints, named: Named
) -> tuple[Ints, Ints]:
    """One mentoring project that goes on, and every year some more; what the programme names is not repeated.

    Returns the lasting projects for the young with their municipalities.
    """
    rng, munis = world.rng, len(places.municipality)
    everywhere, autumn = np.arange(munis), draw.september(spec.years[0])
    own, rows = named.put(world, "project", int(places.municipality[0]))
    _named_participants(world, spec, places, people, own, rows)
    if not named.has("project", topic="mentoring", level="municipal"):
        lasting = world.add(
            "project",
            munis,
            municipality=places.municipality,
            title="Институт наставничества",
            form="project",
            topic="mentoring",
            level="municipal",
            innovative=0,
            document=order,
            since=autumn,
        )
        _take_part(world, spec, places, people, lasting, everywhere, autumn, 0)
    topics = [topic for topic in PROJECT_TOPICS if not named.has("project", topic=topic, level="municipal")]
    municipal = np.flatnonzero((found.level == MUNICIPAL) & (found.since < spec.first) & found.generic)
    for year in spec.years:
        row, nth = draw.spread(np.full(munis, 4 + (year - spec.years[0]) // 2 + year % 2))
        size = len(row)
        since = draw.first_of(year) + draw.days(rng.integers(10, 290, size))
        until = draw.add_years(since, 1 + (nth % 3 == 0))
        by = Pool(found.muni[municipal], munis).draw(rng, row)
        mine = (nth % 2 == 1) & (by >= 0) & (not rows)
        keys = world.add(
            "project",
            size,
            municipality=places.municipality[row],
            association=np.where(mine, found.id[municipal[by]], -1) if len(municipal) else None,
            title=Coded(nth % len(w.PROJECT_TITLES), w.PROJECT_TITLES),
            form=Coded((nth % 4 == 3).astype(np.int8), ("project", "programme")),
            topic=Coded(nth % len(topics), tuple(topics)),
            level="municipal",
            innovative=((nth % 3 == 0) & (not rows)).astype(np.int8),
            since=since,
            until=np.where(until > spec.last, NEVER, until),
        )
        _take_part(world, spec, places, people, keys, row, since, 0.12 + 0.02 * (year - spec.years[0]), until)
    return _young_projects(world, spec, places, own, rows)


PROJECT_TOPICS = ("deficits", "contests", "staff_development", "methodical_theme")


def _young_projects(
    world: World, spec: TownSpec, places: Places, keys: Ints, rows: list[dict[str, Any]]
) -> tuple[Ints, Ints]:
    """The town's own projects for the young, or one lasting one in every municipality."""
    theirs = [row for row in rows if row.get("topic") == "young_educators"]
    if theirs:
        lasting = [int(key) for key, row in zip(keys, rows, strict=True) if row in theirs and not row.get("until")]
        return np.array(lasting[:1], dtype=np.int64), np.zeros(len(lasting[:1]), np.int64)
    munis = len(places.municipality)
    autumn = draw.september(spec.years[0])
    keys = world.add(
        "project",
        munis,
        municipality=places.municipality,
        title="Шаг в профессию",
        form="programme",
        topic="young_educators",
        level="municipal",
        innovative=0,
        since=autumn,
    )
    return keys, np.arange(munis)


def _named_participants(
    world: World, spec: TownSpec, places: Places, people: Staff, keys: Ints, rows: list[dict[str, Any]]
) -> None:
    """Who takes part in the municipal projects that the programme names."""
    rng = world.rng
    for key, row in zip(keys, rows, strict=True):
        if row.get("level") != "municipal":
            continue
        since = np.datetime64(str(row["since"]))
        ends = np.datetime64(str(row["until"])) if row.get("until") else draw.day("2100-01-01")
        for_young = row.get("topic") == "young_educators"
        mask = (
            (young(people) if for_young else people.core)
            & (people.until > since + 40)
            & (people.since < min(ends, spec.last) - 200)
        )
        who = np.flatnonzero(mask & draw.coin(rng, 0.3 if for_young else 0.04, len(people)))
        joined = np.maximum(people.since[who] + 20, max(since, spec.first)) + draw.days(rng.integers(0, 60, len(who)))
        until = np.minimum(people.until[who], ends)
        fits = (joined < until) & (joined < spec.last)
        world.add(
            "project_participant",
            int(fits.sum()),
            project=np.full(int(fits.sum()), key),
            person=people.id[who[fits]],
            since=joined[fits],
            until=np.where(until > spec.last, NEVER, until)[fits],
        )


def _take_part(
    world: World,
    spec: TownSpec,
    places: Places,
    people: Staff,
    project: Ints,
    muni: Ints,
    since: Any,
    share: float,
    until: Any = None,
) -> None:
    """Organisations of the town and some of its people."""
    rng = world.rng
    at = places.educational
    start = np.broadcast_to(since, len(project))
    end = np.full(len(project), draw.day("2100-01-01")) if until is None else until
    per_muni = np.bincount(places.org_muni[at], minlength=len(places.municipality))
    first = np.searchsorted(places.org_muni[at], np.arange(len(places.municipality)))
    row, nth = draw.spread(per_muni[muni])
    org = at[first[muni[row]] + nth]
    chosen_rows = draw.coin(rng, share, len(row))
    row, org = row[chosen_rows], org[chosen_rows]
    joined = start[row] + draw.days(rng.integers(0, 30, len(row)))
    world.add(
        "project_participant",
        len(row),
        project=project[row],
        organisation=places.org[org],
        since=joined,
        until=np.where(end[row] > spec.last, NEVER, end[row]),
    )
    core = np.flatnonzero(people.core)
    row, _ = draw.spread(np.full(len(project), 10))
    who = Pool(people.muni[core], len(places.municipality)).draw(rng, muni[row])
    who = core[who]
    joined = start[row] + draw.days(rng.integers(0, 60, len(row)))
    ends = np.minimum(end[row], people.until[who])
    fits = (people.since[who] <= joined) & (joined < ends)
    _, once = np.unique(row * 10_000_000 + who, return_index=True)
    kept = once[fits[once]]
    world.add(
        "project_participant",
        len(kept),
        project=project[row[kept]],
        person=people.id[who[kept]],
        since=joined[kept],
        until=np.where(ends[kept] > spec.last, NEVER, ends[kept]),
    )


def _programmes_of_organisations(world: World, spec: TownSpec, places: Places, named: Named) -> None:
    """Programmes of staff development in every organisation, of mentoring in more and more of them."""
    rng, at = world.rng, places.educational
    since = draw.september(rng.choice([2018, 2019, 2020, 2021, 2022], len(at), p=[0.4, 0.2, 0.2, 0.12, 0.08]))
    _programmes(world, places, at, since, title="Программа развития педагогических кадров", topic="staff_development")
    if not named.has("project", topic="mentoring", level="organisation"):
        _mentoring_programmes(world, spec, places, at)
    calm = named.has("project", level="organisation")
    topics = (
        ("quality", "functional_literacy", "digital")
        if calm
        else ("staff_development", "quality", "functional_literacy", "deficits")
    )
    for year in spec.years:
        some = at[draw.quota(rng, places.org_muni[at], 0.15 + 0.03 * (year - spec.years[0]))]
        since = draw.first_of(year) + draw.days(rng.integers(10, 300, len(some)))
        until = draw.add_years(since, 2)
        until = np.where(until > spec.last, NEVER, until)
        topic = draw.pick(rng, topics, len(some))
        _programmes(
            world,
            places,
            some,
            since,
            title="Инновационный проект организации",
            topic=topic,
            form="project",
            innovative=1,
            until=until,
        )


def _mentoring_programmes(world: World, spec: TownSpec, places: Places, at: Ints) -> None:
    """More organisations each year, as the trend tells or by a tenth a year."""
    known = (spec.figures or {}).get("mentoring_organisations", {})
    order, held = world.rng.random(len(at)), np.zeros(len(at), np.bool_)
    for year in spec.years:
        share = known.get(year, max(known.values(), default=0) if year > max(known, default=0) else 0.45)
        share = share if known else min(0.95, 0.45 + 0.1 * (year - spec.years[0]))
        now = draw.quota(world.rng, places.org_muni[at], share, order)
        fresh = at[now & ~held]
        held |= now
        since = draw.first_of(year) + draw.days(world.rng.integers(10, 290, len(fresh)))
        _programmes(world, places, fresh, since, title="Наставничество в организации", topic="mentoring")


def _programmes(
    world: World,
    places: Places,
    at: Ints,
    since: Days,
    *,
    title: str,
    topic: Any,
    form: str = "programme",
    innovative: int = 0,
    until: Any = None,
) -> None:
    world.add(
        "project",
        len(at),
        municipality=places.municipality[places.org_muni[at]],
        organisation=places.org[at],
        title=title,
        form=form,
        topic=topic,
        level="organisation",
        innovative=innovative,
        since=since,
        until=until,
    )


def _themes(world: World, places: Places, found: Associations) -> None:
    """Themes of associations; those of organisations stand beside their project groups."""
    size = len(found.id)
    world.add(
        "methodical_theme",
        size,
        municipality=places.municipality[found.muni],
        organisation=np.where(found.org >= 0, places.org[found.org], -1),
        association=found.id,
        title=draw.pick(world.rng, w.THEMES, size),
        since=np.maximum(found.since, draw.september(2019)),
    )


SITES = (
    ("problem_methodical", MUNICIPAL, 0.22, 0.05),
    ("lab", MUNICIPAL, 0.1, 0.025),
    ("innovation", REGIONAL, 0.1, 0.02),
    ("internship", REGIONAL, 0.06, 0.015),
    ("pilot", REGIONAL, 0.04, 0.01),
    ("resource", MUNICIPAL, 0.1, 0.01),
    ("base", REGIONAL, 0.05, 0.01),
    ("experimental", FEDERAL, 0.03, 0.005),
)
"""Kind, level, share of organisations that hold the status in the first year, and what each year adds."""


CALM_SITES = ("lab", "resource", "base", "experimental")
"""Kinds of sites that are dealt even where the programme names sites of its own."""


def _sites(world: World, spec: TownSpec, places: Places, order: Ints, named: Named) -> tuple[Ints, Ints, Days]:
    """Keys, organisations and first days of the sites."""
    named.put(world, "innovation_site", int(places.municipality[0]))
    rng = world.rng
    parts = [
        _sites_of_kind(world, spec, places, number)
        for number, (kind, *_) in enumerate(SITES)
        if kind in CALM_SITES or not named.rows("innovation_site")
    ]
    number, org, since = (np.concatenate(column) for column in zip(*parts, strict=True))
    ended = draw.coin(rng, 0.06, len(org)) & (number != 1)
    until = draw.add_years(since, 4)
    municipal = np.array([site[1] for site in SITES])[number] == MUNICIPAL
    ids = world.add(
        "innovation_site",
        len(org),
        organisation=places.org[org],
        kind=Coded(number, tuple(site[0] for site in SITES)),
        level=Coded(np.array([site[1] for site in SITES])[number], LEVELS),
        topic=draw.pick(rng, ("innovation", "quality", "functional_literacy", "digital", "mentoring"), len(org)),
        title=draw.pick(rng, w.THEMES, len(org)),
        document=np.where(municipal, order[places.org_muni[org]], -1),
        since=since,
        until=np.where(ended & (until <= spec.last), until, NEVER),
    )
    return ids, org, since


def _sites_of_kind(world: World, spec: TownSpec, places: Places, number: int) -> tuple[Ints, Ints, Days]:
    """Organisations that win the status year by year."""
    rng, at = world.rng, places.educational
    kind, _, share, step = SITES[number]
    known = (spec.figures or {}).get("laboratories", {}) if kind == "lab" else {}
    factor = spec.life["sites"] / 0.3
    order, held, parts = rng.random(len(at)), np.zeros(len(at), np.bool_), []
    for year in spec.years:
        part = min(1.0, (share + step * (year - spec.years[0])) * factor)
        if known:
            part = known.get(year, max(known.values()) + 1) / len(at)
        now = draw.quota(rng, places.org_muni[at], part, order)
        fresh = at[now & ~held]
        held |= now
        low = draw.day("2018-09-01") if year == spec.years[0] else draw.first_of(year) + 10
        since = draw.between(rng, low, draw.first_of(year) + (20 if year == spec.years[0] else 290), len(fresh))
        parts.append((np.full(len(fresh), number), fresh, since))
    numbers, orgs, days = zip(*parts, strict=True)
    return np.concatenate(numbers), np.concatenate(orgs), np.concatenate(days)
