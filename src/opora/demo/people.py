"""Who works there over the years: those of the anchor day, those before them and those after."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from opora.demo import draw
from opora.demo.draw import NEVER, Bools, Coded, Days, Floats, Ints, Pool
from opora.demo.names import names
from opora.demo.places import KINDS, SCHOOL, SUPPLEMENTARY, Places
from opora.demo.spec import TownSpec
from opora.demo.words import DIRECTIONS, SUBJECTS
from opora.demo.world import World
from opora.indicators.dataset.tables.choices import POST

GROUPS = ("educator", "manager", "support")


EDUCATOR, MANAGER, SUPPORT = range(3)


POSTS = tuple(POST)


TEACHER, PRESCHOOL_TEACHER, DIRECTOR, DEPUTY, METHODIST, OTHER = (
    POSTS.index(post) for post in ("teacher", "preschool_teacher", "director", "deputy", "methodist", "other")
)


@dataclass(slots=True)
class Staff:
    """Everybody who ever worked there in these years, one row a person."""

    id: Ints
    muni: Ints
    org: Ints
    org_after: Ints
    """Organisation after the move."""
    moved: Days
    kind: Ints
    group: Ints
    post: Ints
    taught: Ints
    """Number of the main subject, −1 for those who teach none."""
    seat: Ints
    since: Days
    until: Days
    """First day on which the person no longer works; far in the future for those who stay."""
    born: Days
    career_start: Days
    female: Bools
    zeal: Floats
    """How readily a person takes part, from 0 to 1."""
    at_anchor: Bools

    def __len__(self) -> int:
        return len(self.muni)

    @property
    def core(self) -> Bools:
        """Educators and managers."""
        mask: Bools = self.group != SUPPORT
        return mask

    def active(self, on: Any) -> Bools:
        """Who works on the day."""
        mask: Bools = (self.since <= on) & (on < self.until)
        return mask

    def org_on(self, people: Ints, dates: Any) -> Ints:
        """Where each of these people works on the day."""
        moved = self.moved[people]
        after = ~np.isnat(moved) & (moved <= dates)
        return np.where(after, self.org_after[people], self.org[people])

    def age(self, on: Any, people: Any = slice(None)) -> Floats:
        age: Floats = (np.datetime64(on, "D") - self.born[people]).astype(float) / 365.25
        return age

    def joined(self, other: Staff) -> Staff:
        return Staff(*(np.concatenate([getattr(self, f.name), getattr(other, f.name)]) for f in fields(self)))


FAR = np.datetime64("2100-01-01", "D")


def staff(world: World, spec: TownSpec, places: Places) -> Staff:
    """People on their seats on the anchor day, those before them and those after them."""
    people = _on_anchor_day(world, spec, places)
    newest = people
    for _ in range(4):
        newest = _successors(world, spec, newest)
        people = people.joined(newest)
    oldest = Staff(*(getattr(people, f.name)[people.at_anchor] for f in fields(people)))
    for _ in range(3):
        oldest = _predecessors(world, spec, oldest)
        people = people.joined(oldest)
    _move(world, spec, places, people)
    people.id = _write_people(world, spec, places, people)
    return people


def _on_anchor_day(world: World, spec: TownSpec, places: Places) -> Staff:
    rng, anchor = world.rng, spec.anchor
    seat_org = np.repeat(np.repeat(np.arange(len(places.org)), 3), places.head.ravel())
    seat_group = np.repeat(np.tile(np.arange(3), len(places.org)), places.head.ravel())
    size = len(seat_org)
    muni, kind = places.org_muni[seat_org], places.org_kind[seat_org]
    age = _ages(world, spec, muni, kind, seat_group)
    born = draw.add_years(np.full(size, anchor), -age) - draw.days(rng.integers(40, 320, size))
    before, after = spec.life["steady"]
    career = _career_starts(world, born, np.full(size, anchor - before))
    since = _hired(world, spec, career)
    post = _posts(world, spec, seat_org, muni, kind, seat_group)
    return Staff(
        id=np.zeros(size, np.int64),
        muni=muni,
        org=seat_org,
        org_after=seat_org,
        moved=np.full(size, NEVER),
        kind=kind,
        group=seat_group,
        post=post,
        taught=_taught(world, muni, kind, post),
        seat=np.arange(size),
        since=since,
        until=_leaves(world, spec, np.full(size, anchor + after)),
        born=born,
        career_start=np.minimum(career, since),
        female=~_male(world, spec, muni, kind, seat_group),
        zeal=rng.random(size),
        at_anchor=np.ones(size, np.bool_),
    )


def habit(section: dict[str, Any], kind: Ints, group: Ints) -> Floats:
    """What a section of the sizes says of each (kind, group): the rows of a table of weights."""
    default = next(iter(section.values()))
    by_kind = np.array([section.get(name, section.get("school", default)) for name in KINDS], dtype=float)
    table = by_kind[kind]
    for code, name in ((MANAGER, "managers"), (SUPPORT, "support")):
        if name in section:
            table[group == code] = section[name]
    return table


def cells(muni: Ints, kind: Ints, group: Ints) -> Ints:
    """Number of the (municipality, kind of organisation, group of staff)."""
    numbers: Ints = (muni * len(KINDS) + kind) * 3 + group
    return numbers


def deal_by_cell(world: World, section: dict[str, Any], muni: Ints, kind: Ints, group: Ints) -> Ints:
    """Deals categories exactly within every municipality, kind of organisation and group of staff."""
    cell = cells(muni, kind, group)
    width = len(next(iter(section.values())))
    weights = np.zeros((cell.max() + 1, width))
    weights[cell] = habit(section, kind, group)
    return draw.deal(world.rng, cell, weights)


def quota_by_cell(world: World, section: dict[str, Any], muni: Ints, kind: Ints, group: Ints) -> Bools:
    pairs = {name: [share, 1 - share] for name, share in section.items()}
    mask: Bools = deal_by_cell(world, pairs, muni, kind, group) == 0
    return mask


def _ages(world: World, spec: TownSpec, muni: Ints, kind: Ints, group: Ints) -> Ints:
    """Full years on the anchor day; the three bands are dealt exactly."""
    band = deal_by_cell(world, spec.life["ages"], muni, kind, group)
    low, high = np.array([22, 35, 51])[band], np.array([35, 51, 70])[band]
    within = world.rng.beta(np.where(band == 0, 2.4, 1.2), 1.2)
    age: Ints = low + np.floor(within * (high - low)).astype(np.int64)
    for name, count in spec.life.get("pensioners", {}).items():
        older = np.flatnonzero((kind == KINDS.index(name)) & (group == EDUCATOR) & (band == 2))
        age[older[:count]] = np.maximum(age[older[:count]], 63)
    return age


def _career_starts(world: World, born: Days, latest: Days) -> Days:
    """Most begin straight after their studies, some after another life."""
    rng, size = world.rng, len(born)
    first = np.minimum(draw.add_years(born, 20) + draw.days(rng.integers(0, 1700, size)), latest)
    late = draw.between(rng, first, latest, size)
    start = np.where(draw.coin(rng, 0.2, size), late, first)
    return _to_september(world, start, 0.6, draw.add_years(born, 18), latest)


def _to_september(world: World, dates: Days, share: float, low: Any, high: Any) -> Days:
    """Moves some of the days to 1 September of their year, where that stays within the bounds."""
    september = draw.september(draw.year_of(dates))
    fits = (september >= low) & (september <= high) & draw.coin(world.rng, share, len(dates))
    return np.where(fits, september, dates)


def _hired(world: World, spec: TownSpec, career: Days) -> Days:
    """When those of the anchor day came to this organisation."""
    rng, size = world.rng, len(career)
    before, _ = spec.life["steady"]
    stay = draw.days(np.minimum(rng.exponential(8.5 * 365, size), 40 * 365).astype(np.int64) + before)
    since = np.maximum(career, spec.anchor - stay)
    return _to_september(world, since, 0.6, career, spec.anchor - before)


def _leaves(world: World, spec: TownSpec, low: Days) -> Days:
    """The first day without the job; FAR for those who stay beyond the end."""
    stay = world.rng.exponential(365 / spec.life["turnover"], len(low)).astype(np.int64)
    until = np.minimum(low + draw.days(stay), FAR)
    until = _to_september(world, until, 0.5, low, draw.day("2200-01-01"))
    return np.where(until > spec.last, FAR, until)


def _posts(world: World, spec: TownSpec, org: Ints, muni: Ints, kind: Ints, group: Ints) -> Ints:
    post = np.full(len(org), OTHER)
    for name, weights in spec.life["posts"].items():
        mine = np.flatnonzero((kind == KINDS.index(name)) & (group == EDUCATOR))
        codes = np.array([POSTS.index(title) for title in weights])
        post[mine] = codes[draw.deal(world.rng, muni[mine], list(weights.values()))] if len(mine) else OTHER
    managers = np.flatnonzero(group == MANAGER)
    first = draw.rank_within(world.rng, org[managers], np.arange(len(managers))) == 0
    post[managers] = np.where(first, DIRECTOR, DEPUTY)
    return post


def _taught(world: World, muni: Ints, kind: Ints, post: Ints) -> Ints:
    """Main subject of school teachers and direction of the teachers of supplementary organisations."""
    taught = np.full(len(muni), -1)
    supplementary = (kind == SUPPLEMENTARY) & (post == POSTS.index("supplementary_teacher"))
    for mine, table, offset in (
        ((kind == SCHOOL) & (post == TEACHER), SUBJECTS, 0),
        (supplementary, DIRECTIONS, len(SUBJECTS)),
    ):
        who = np.flatnonzero(mine)
        if len(who):
            taught[who] = offset + draw.deal(world.rng, muni[who], [weight for _, weight, _ in table])
    return taught


def _male(world: World, spec: TownSpec, muni: Ints, kind: Ints, group: Ints) -> Bools:
    return quota_by_cell(world, spec.life["male"], muni, kind, group)


def _successors(world: World, spec: TownSpec, left: Staff) -> Staff:
    """Those who take the seats of the ones who left; one seat in eight stays empty."""
    rng = world.rng
    gone = np.flatnonzero(left.until < spec.last - 40)
    gone = gone[draw.coin(rng, np.where(left.post[gone] == DIRECTOR, 1.0, 0.9), len(gone))]
    gap = np.where(draw.coin(rng, 0.6, len(gone)), 0, rng.integers(8, 150, len(gone)))
    since = left.until[gone] + draw.days(gap)
    gone, since = gone[since < spec.last - 10], since[since < spec.last - 10]
    fresh = 0.58 + 0.08 * (draw.year_of(since) - 2020)
    young = draw.coin(rng, fresh, len(gone)) & (left.group[gone] != MANAGER)
    age = np.where(young, rng.integers(21, 27, len(gone)), rng.integers(30, 58, len(gone)))
    return _fresh(world, spec, left, gone, since, _leaves(world, spec, since + 30), age)


def _predecessors(world: World, spec: TownSpec, came: Staff) -> Staff:
    """Those whose seats were taken within the years of the facts."""
    rng = world.rng
    later = np.flatnonzero(came.since > spec.first + 30)
    gap = np.where(draw.coin(rng, 0.6, len(later)), 0, rng.integers(8, 120, len(later)))
    until = came.since[later] - draw.days(gap)
    since = until - draw.days(np.minimum(rng.exponential(6 * 365, len(later)) + 90, 20 * 365).astype(np.int64))
    old = draw.coin(rng, 0.4, len(later))
    age = np.where(old, rng.integers(50, 66, len(later)), rng.integers(23, 50, len(later)))
    years = np.floor((until - since).astype(float) / 365.25).astype(np.int64)
    return _fresh(world, spec, came, later, since, until, np.maximum(age - years, 21))


def _fresh(world: World, spec: TownSpec, like: Staff, rows: Ints, since: Days, until: Days, age: Ints) -> Staff:
    """New people on the seats of others; ``age`` on the day they come."""
    rng, size = world.rng, len(rows)
    born = draw.add_years(since, -age) - draw.days(rng.integers(20, 340, size))
    career = np.minimum(_career_starts(world, born, since), since)
    career = np.where((age < 27) & draw.coin(rng, 0.85, size), since, career)
    chance = habit({name: [share] for name, share in spec.life["male"].items()}, like.kind[rows], like.group[rows])
    return Staff(
        id=np.zeros(size, np.int64),
        muni=like.muni[rows],
        org=like.org[rows],
        org_after=like.org[rows],
        moved=np.full(size, NEVER),
        kind=like.kind[rows],
        group=like.group[rows],
        post=like.post[rows],
        taught=like.taught[rows],
        seat=like.seat[rows],
        since=since,
        until=until,
        born=born,
        career_start=career,
        female=~draw.coin(rng, chance[:, 0] if size else 0, size),
        zeal=rng.random(size),
        at_anchor=np.zeros(size, np.bool_),
    )


def _move(world: World, spec: TownSpec, places: Places, people: Staff) -> None:
    """A few go on to another organisation of the same kind on a 1 September."""
    rng = world.rng
    span = len(spec.years)
    movable = np.flatnonzero((people.group == EDUCATOR) & draw.coin(rng, spec.life["moves"] * span, len(people)))
    years = rng.integers(spec.years[0] + 1, spec.years[-1] + 1, len(movable))
    when = draw.september(years)
    before, after = spec.life["steady"]
    inside = (people.since[movable] + 200 < when) & (when < people.until[movable] - 200)
    inside &= (when < spec.anchor - before) | (when > spec.anchor + after)
    movable, when = movable[inside], when[inside]
    pool = Pool(places.org_muni * len(KINDS) + places.org_kind, len(places.municipality) * len(KINDS))
    target = pool.draw(rng, people.muni[movable] * len(KINDS) + people.kind[movable])
    real = target != people.org[movable]
    people.org_after = people.org_after.copy()
    people.org_after[movable[real]] = target[real]
    people.moved[movable[real]] = when[real]


def unknown(world: World, spec: TownSpec, people: Staff, name: str) -> Bools:
    """Of whom a thing is not known."""
    lost = draw.coin(world.rng, spec.life["unknown"][name], len(people))
    if spec.life["unknown"].get("only_newcomers"):
        lost &= ~people.at_anchor
    return lost


def _write_people(world: World, spec: TownSpec, places: Places, people: Staff) -> Ints:
    return world.add(
        "person",
        len(people),
        municipality=places.municipality[people.muni],
        **names(world.rng, people.female),
        born=np.where(unknown(world, spec, people, "born"), NEVER, people.born),
        sex=Coded(np.where(people.female, 0, 1), ("female", "male")),
        career_start=np.where(unknown(world, spec, people, "career_start") | ~people.core, NEVER, people.career_start),
    )
