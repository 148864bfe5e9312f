"""Who is in which association, their meetings and who came."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from opora.demo import draw
from opora.demo import words as w
from opora.demo.associations import KINDS, MUNICIPAL, ORGANISATION, REGIONAL, Associations
from opora.demo.draw import NEVER, Bools, Coded, Days, Ints, Pool
from opora.demo.people import EDUCATOR, TEACHER, Staff, cells
from opora.demo.places import PRESCHOOL, SUPPLEMENTARY, Places
from opora.demo.spec import TownSpec
from opora.demo.world import World


@dataclass(slots=True)
class Members:
    association: Ints
    person: Ints
    since: Days
    until: Days


def membership(world: World, spec: TownSpec, places: Places, people: Staff, found: Associations) -> Members:
    parts = [
        _in_municipal(world, spec, places, people, found),
        _in_own_organisation(world, spec, places, people, found),
        _in_level(world, spec, people, found, found.level == REGIONAL, spec.life["membership"]["regional"]),
        _in_level(world, spec, people, found, found.online, spec.life["membership"]["online"]),
        _young_everywhere(world, spec, people, found),
        *(_in_named(world, spec, people, found, number) for number in np.flatnonzero(~found.generic).tolist()),
    ]
    parts[2:] = [_after_anchor(world, spec, people, found, parts[0], part) for part in parts[2:]]
    everyone = _together(parts)
    once = _once(everyone)
    members = Members(*(getattr(everyone, name)[once] for name in ("association", "person", "since", "until")))
    world.add(
        "membership",
        len(members.person),
        association=found.id[members.association],
        person=people.id[members.person],
        since=members.since,
        until=np.where(members.until > spec.last, NEVER, members.until),
    )
    return members


def _together(parts: list[Members]) -> Members:
    return Members(*(np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Members)))


def _once(members: Members) -> Ints:
    """Nobody is in one association twice; nor before it began."""
    pair = members.association * 10_000_000 + members.person
    _, first = np.unique(pair, return_index=True)
    kept: Ints = first[members.since[first] < members.until[first]]
    return kept


def _joining(world: World, spec: TownSpec, people: Staff, found: Associations, association: Ints, who: Ints) -> Members:
    """When each of them joined: soon after they came, those of the anchor day before it."""
    rng = world.rng
    came = np.maximum(people.since[who], found.since[association])
    since = came + draw.days(rng.integers(5, 60, len(who)))
    settled = people.at_anchor[who] & (found.since[association] < spec.anchor)
    since = np.where(settled, np.minimum(since, np.maximum(came, spec.anchor - 30)), since)
    since = np.maximum(since, draw.day("2015-09-10"))
    return Members(association, who, since, people.until[who])


def _later(members: Members, start: Any) -> Members:
    return Members(members.association, members.person, np.maximum(members.since, start), members.until)


def _in_municipal(world: World, spec: TownSpec, places: Places, people: Staff, found: Associations) -> Members:
    """By subject for teachers, at random for the others; the share grows a little every September."""
    rng = world.rng
    share = spec.life["membership"]["municipal"]
    core = np.flatnonzero(people.core & people.at_anchor)
    cell = cells(people.muni[core], people.kind[core], people.group[core])
    inside = draw.quota(rng, cell, share, rng.random(len(core)) - 0.4 * people.zeal[core])
    others = np.flatnonzero(people.core & ~people.at_anchor)
    others = others[draw.coin(rng, share, len(others))]
    late = core[~inside]
    late = late[draw.coin(rng, 0.3, len(late))]
    parts = []
    autumn = draw.september(rng.integers(2022, 2026, len(late))) + 12
    for who, start in ((core[inside], None), (others, None), (late, autumn)):
        association = _own_association(world, people, found, who)
        known = association >= 0
        members = _joining(world, spec, people, found, association[known], who[known])
        parts.append(members if start is None else _later(members, start[known]))
    return _together(parts)


def _own_association(world: World, people: Staff, found: Associations, who: Ints) -> Ints:
    """The municipal association of the person's subject, else one that is not by subject."""
    rng, munis = world.rng, int(max(people.muni.max(), found.muni.max())) + 1
    width = len(w.SUBJECTS) + 1
    open_to_all = (found.level == MUNICIPAL) & (found.kind != KINDS.index("young_school")) & (found.org < 0)
    open_to_all &= found.generic & ~found.online
    mine = np.flatnonzero(open_to_all)
    pool = Pool(
        found.muni[mine] * width + np.where(found.subject[mine] >= 0, found.subject[mine], width - 1), munis * width
    )
    taught = np.where((people.taught[who] >= 0) & (people.taught[who] < width - 1), people.taught[who], width - 1)
    drawn = pool.draw(rng, people.muni[who] * width + taught)
    rest = pool.draw(rng, people.muni[who] * width + width - 1)
    if len(mine) == 0:
        return np.full(len(who), -1)
    drawn = np.where(drawn >= 0, drawn, rest)
    anyone = Pool(found.muni[mine], munis).draw(rng, people.muni[who])
    drawn = np.where(drawn >= 0, drawn, anyone)
    return np.where(drawn >= 0, mine[drawn], -1)


def _in_own_organisation(world: World, spec: TownSpec, places: Places, people: Staff, found: Associations) -> Members:
    rng = world.rng
    mine = np.flatnonzero(found.org >= 0)
    who = np.flatnonzero(
        (people.group == EDUCATOR) & draw.coin(rng, spec.life["membership"]["organisation"], len(people))
    )
    drawn = Pool(found.org[mine], len(places.org)).draw(rng, people.org[who])
    who, association = who[drawn >= 0], mine[drawn[drawn >= 0]] if len(mine) else drawn[drawn >= 0]
    members = _joining(world, spec, people, found, association, who)
    moved = people.moved[who]
    members.until = np.where(
        np.isnat(moved), members.until, np.minimum(members.until, np.where(np.isnat(moved), members.until, moved))
    )
    return members


def _in_level(world: World, spec: TownSpec, people: Staff, found: Associations, which: Bools, share: float) -> Members:
    """Associations beyond the town: more people join each year."""
    rng = world.rng
    mine = np.flatnonzero(which & (found.org < 0) & found.generic)
    who = np.flatnonzero(people.core & draw.coin(rng, share * 1.35, len(people)))
    if len(mine) == 0:
        return Members(*(np.zeros(0, np.int64),) * 2, *(np.zeros(0, "datetime64[D]"),) * 2)
    drawn = Pool(found.muni[mine], int(max(people.muni.max(), found.muni.max())) + 1).draw(rng, people.muni[who])
    members = _joining(world, spec, people, found, mine[drawn], who)
    year = rng.integers(spec.years[0] - 3, spec.years[-1] + 1, len(who))
    return _later(members, draw.first_of(year) + draw.days(rng.integers(20, 300, len(who))))


def _after_anchor(
    world: World, spec: TownSpec, people: Staff, found: Associations, counted: Members, part: Members
) -> Members:
    """Where the published number of members is exact, nobody else joins before the anchor day."""
    if not spec.life["membership"].get("municipal_exact"):
        return part
    inside = np.zeros(len(people), np.bool_)
    inside[counted.person[counted.since <= spec.anchor]] = True
    outside = ~inside[part.person] & (found.level[part.association] == MUNICIPAL) & people.at_anchor[part.person]
    years = draw.days(world.rng.integers(270, 3000, len(outside)))
    return _later(part, np.where(outside, spec.anchor + years, part.since))


def young(people: Staff) -> Bools:
    """Who was under 35 some day of these years."""
    mask: Bools = (people.group == EDUCATOR) & (people.age("2020-01-01") < 35)
    return mask


def _young_everywhere(world: World, spec: TownSpec, people: Staff, found: Associations) -> Members:
    """The school of the young of every municipality that has one without a name of its own."""
    schools = np.flatnonzero(found.generic & (found.kind == KINDS.index("young_school")))
    of_muni = np.full(int(max(people.muni.max(), found.muni.max())) + 1, -1)
    of_muni[found.muni[schools]] = schools
    who = np.flatnonzero(young(people) & (of_muni[people.muni] >= 0) & draw.coin(world.rng, 0.85, len(people)))
    return _until_grown(people, _joining(world, spec, people, found, of_muni[people.muni[who]], who))


def _until_grown(people: Staff, members: Members) -> Members:
    """The young leave on 1 September after their 35th birthday."""
    grown = draw.september(draw.year_of(draw.add_years(people.born[members.person], 35)) + 1)
    return Members(members.association, members.person, members.since, np.minimum(members.until, grown))


def _in_named(world: World, spec: TownSpec, people: Staff, found: Associations, number: int) -> Members:
    """Members of an association that the programme names; most join at once, a third year by year."""
    rng, whom = world.rng, found.whom[number]
    mask = (people.muni == found.muni[number]) & _meant(people, whom)
    who = np.flatnonzero(mask & draw.coin(rng, found.share[number], len(people)))
    members = _joining(world, spec, people, found, np.full(len(who), number), who)
    if whom.startswith("young"):
        return _until_grown(people, members)
    late = draw.coin(rng, 0.45, len(who))
    year = draw.first_of(rng.integers(spec.years[0], spec.years[-1] + 1, len(who))) + draw.days(
        rng.integers(20, 300, len(who))
    )
    return _later(members, np.where(late, year, members.since))


def _meant(people: Staff, whom: str) -> Bools:
    taught = {"primary": (0,), "mathematics": (2, 7), "russian": (1,), "science": (7, 9, 10, 11)}
    if whom in taught:
        return np.isin(people.taught, taught[whom])
    mask = young(people) if whom.startswith("young") else people.core
    if whom.endswith("preschool"):
        mask = mask & (people.kind == PRESCHOOL)
    if whom.endswith("supplementary"):
        mask = mask & (people.kind == SUPPLEMENTARY)
    if whom.endswith("teachers"):
        mask = mask & (people.post == TEACHER)
    return mask


def meetings(world: World, spec: TownSpec, people: Staff, found: Associations, members: Members) -> None:
    """Four or five meetings a year of the municipality's associations, and who came; a school's own keep no list."""
    rng = world.rng
    count = np.where(
        found.level == ORGANISATION, 1, np.where(found.level == MUNICIPAL, rng.integers(4, 6, len(found.id)), 0)
    )
    listed = np.flatnonzero((found.level == MUNICIPAL)[members.association] & ~found.online[members.association])
    members = Members(*(getattr(members, f.name)[listed] for f in fields(members)))
    parts = []
    for year in spec.years:
        row, nth = draw.spread(np.where(found.since < draw.first_of(year), count, 0))
        months = np.array([1, 3, 8, 10, 11])
        month = np.where(count[row] <= 2, months[np.minimum(nth * 2, 3)], months[nth])
        date = draw.first_of(year) + 30 * month + draw.days(rng.integers(0, 25, len(row)))
        parts.append((row, date))
    row, date = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((date, row))
    row, date = row[order], date[order]
    kept = (date <= spec.last) & (date >= spec.first)
    row, date = row[kept], date[kept]
    subject = ("methods", "methodical_theme", "at_risk_pupils", "updated_standards", "functional_literacy")
    ids = world.add(
        "meeting",
        len(row),
        association=found.id[row],
        topic=draw.pick(rng, w.MEETING_TOPICS, len(row)),
        subject_matter=draw.pick(rng, subject, len(row)),
        protocol=Coded(np.arange(len(row)) % 5, tuple(f"№ {number}" for number in range(1, 6))),
        date=date,
    )
    _attendance(world, people, members, row, date, ids)


def _attendance(world: World, people: Staff, members: Members, row: Ints, date: Days, ids: Ints) -> None:
    """Everybody's mark at every meeting held while a member; a few marks are missing."""
    key = row * 100_000 + date.astype(np.int64)
    low = np.searchsorted(key, members.association * 100_000 + members.since.astype(np.int64))
    high = np.searchsorted(key, members.association * 100_000 + members.until.astype(np.int64))
    member, nth = draw.spread(high - low)
    meeting = low[member] + nth
    who = members.person[member]
    size = len(who)
    chance = 0.72 + 0.25 * people.zeal[who].astype(np.float32)
    drawn = world.rng.random(size, dtype=np.float32)
    present = np.where(drawn < 0.012, -1, (drawn < chance).astype(np.int8))
    world.add("attendance", size, meeting=ids[meeting], person=people.id[who], present=present, date=date[meeting])
