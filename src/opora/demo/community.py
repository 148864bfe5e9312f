"""What people do together: associations and their meetings, events, contests, materials, projects, sites."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from opora.demo import draw
from opora.demo import words as w
from opora.demo.calendar import chosen, day_of, municipality
from opora.demo.draw import NEVER, Bools, Coded, Days, Ints, Pool
from opora.demo.named import Named
from opora.demo.people import EDUCATOR, MANAGER, PRESCHOOL, SCHOOL, SUPPLEMENTARY, TEACHER, Places, Staff, cells
from opora.demo.spec import TownSpec
from opora.demo.world import World
from opora.indicators.dataset.tables.choices import COMPETITION_RESULT, LEVEL
from opora.indicators.dataset.tables.community import TOPIC

LEVELS = tuple(LEVEL)
ORGANISATION, MUNICIPAL, INTERMUNICIPAL, REGIONAL, FEDERAL, _ = range(6)
TOPICS = tuple(TOPIC)
RESULTS = tuple(COMPETITION_RESULT)
KINDS = ("subject", "intersubject", "metasubject", "young_school", "creative_group", "council", "professional_association", "club", "community")
EVENT_KINDS = ("seminar", "conference", "master_class", "open_lesson", "round_table", "webinar", "internship", "training_session", "methodical_day")


@dataclass(slots=True)
class Associations:
    id: Ints
    muni: Ints
    org: Ints
    """Number of the organisation, −1 for those of the municipality."""
    kind: Ints
    level: Ints
    online: Bools
    subject: Ints
    """Number of the subject its members teach, −1 where it is not by subject."""
    since: Days
    share: Any
    """Named ones: which share of those whom it is for are members; −1 for the others."""
    whom: list[str]
    """Named ones: whom it is for."""

    @property
    def generic(self) -> Bools:
        return np.asarray(self.share) < 0


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


def reference(world: World, spec: TownSpec) -> tuple[Ints, Ints]:
    """Contests from outside, year by year; the same for every municipality. Keys and years."""
    years = np.repeat(spec.years, len(w.OUTSIDE_CONTESTS))
    nth = np.tile(np.arange(len(w.OUTSIDE_CONTESTS)), len(spec.years))
    award = spec.life.get("award", "премия губернатора")
    contests = [(*contest[:4], award if contest[4].startswith("премия") else contest[4]) for contest in w.OUTSIDE_CONTESTS]
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
        award=Coded(np.where(np.array([bool(contest[4]) for contest in contests])[nth], nth, -1), tuple(contest[4] for contest in contests)),
        date=date,
    )
    return ids, years


# --- associations ---------------------------------------------------------------------------------------------------


def associations(world: World, spec: TownSpec, places: Places, people: Staff, named: Named) -> Associations:
    """The municipality's associations by kind, those that its programme names, and those of every school."""
    parts = [_municipal(world, spec, places, named), _inside(places)]
    muni, org, kind, level, online, subject, titles = (np.concatenate(column) for column in zip(*parts, strict=True))
    size = len(muni)
    since = draw.september(world.rng.integers(2012, 2020, size))
    nobody = np.full(size, -1.0)
    found = Associations(np.zeros(size, np.int64), muni, org, kind, level, online, subject, since, nobody, [""] * size)
    heads = _heads(world, people, found)
    found.id = world.add(
        "association",
        size,
        municipality=places.municipality[muni],
        organisation=np.where(org >= 0, places.org[org], -1),
        title=titles,
        kind=Coded(kind, KINDS),
        level=Coded(level, LEVELS),
        network=(draw.coin(world.rng, 0.3, size) & (org < 0)) if not named.rows("association") else np.zeros(size, np.bool_),
        online=online,
        head=np.where(heads >= 0, people.id[heads], -1),
        theme=draw.pick(world.rng, w.THEMES, size),
        since=since,
    )
    return _with_named(world, places, named, found)


def _with_named(world: World, places: Places, named: Named, found: Associations) -> Associations:
    ids, rows = named.put(world, "association", int(places.municipality[0]))
    if not rows:
        return found
    size = len(rows)
    judged = [_audience(row, rows) for row in rows]
    more = Associations(
        ids,
        np.zeros(size, np.int64),
        np.full(size, -1),
        np.array([KINDS.index(row["kind"]) for row in rows]),
        np.array([LEVELS.index(row["level"]) for row in rows]),
        np.array([bool(row.get("online")) for row in rows]),
        np.full(size, -1),
        np.array([np.datetime64(str(row["since"])) for row in rows], dtype="datetime64[D]"),
        np.array([share for _, share in judged]),
        [whom for whom, _ in judged],
    )
    joined = [np.concatenate([getattr(found, f.name), getattr(more, f.name)]) for f in fields(found)[:-1]]
    return Associations(*joined, found.whom + more.whom)


SHARES = {"young_school": 0.97, "council": 0.05, "professional_association": 0.14, "club": 0.08, "community": 0.16, "intersubject": 0.1, "metasubject": 0.1}
WHOM = (("начальных", "primary"), ("математики", "mathematics"), ("русского", "russian"), ("воспитател", "preschool"), ("дошкольн", "preschool"), ("дополнительного", "supplementary"), ("естественно", "science"))


def _audience(row: dict[str, Any], rows: list[dict[str, Any]]) -> tuple[str, float]:
    """Whom a named association is for, as far as its title tells, and how many of them come."""
    title, kind = str(row["title"]).lower(), str(row["kind"])
    if kind == "young_school":
        beside = any(other is not row and other["kind"] == kind for other in rows)
        whom = "young teachers" if "учител" in title else "young preschool" if beside else "young"
        return whom, SHARES[kind] if beside else 0.75
    whom = next((name for word, name in WHOM if word in title), "all")
    if kind == "subject":
        return whom, 0.55 if row.get("network") else 0.9
    return whom, SHARES.get(kind, 0.1) * (1.5 if whom != "all" else 1)


def _heads(world: World, people: Staff, found: Associations) -> Ints:
    """Somebody seasoned who has been there all the time."""
    lasting = np.flatnonzero(people.at_anchor & people.core & (people.zeal > 0.5) & (people.until > draw.day("2025-12-31")))
    if len(lasting) == 0:
        return np.full(len(found.muni), -1)
    pool = Pool(people.muni[lasting], int(max(people.muni.max(), found.muni.max())) + 1)
    drawn = pool.draw(world.rng, found.muni)
    return np.where(drawn >= 0, lasting[drawn], -1)


def _municipal(world: World, spec: TownSpec, places: Places, named: Named) -> tuple[Any, ...]:
    """One row of numbers per kind for each municipality; kinds that the programme names are not repeated."""
    rows = []
    for name, count in spec.life["associations"].items():
        repeated = name != "subject" and named.has("association", kind=name)
        for nth in range(0 if repeated else count):
            level, online = MUNICIPAL, False
            if name in ("professional_association", "club"):
                level = REGIONAL
            if name == "community":
                online = True
                level = (REGIONAL, MUNICIPAL, FEDERAL)[nth % 3]
            subject = nth if name == "subject" and nth < len(w.SUBJECTS) else -1
            rows.append((KINDS.index(name), level, online, subject, _title(name, nth, level)))
    munis = np.arange(len(places.municipality))
    owner, which = np.repeat(munis, len(rows)), np.tile(np.arange(len(rows)), len(munis))
    kind, level, online, subject, title = (np.array(column)[which] for column in zip(*rows, strict=True))
    return owner, np.full(len(owner), -1), kind, level, online, subject, title


def _title(kind: str, nth: int, level: int) -> str:
    if kind == "subject":
        subject = w.SUBJECTS[nth][0] if nth < len(w.SUBJECTS) else ("Дошкольное образование", "Логопеды", "Психологи")[nth % 3]
        return f"Методическое объединение: {subject}"
    title = {
        "intersubject": "Межпредметное объединение № {}",
        "metasubject": "Метапредметное объединение № {}",
        "young_school": "Школа молодого педагога",
        "creative_group": "Творческая группа № {}",
        "council": "Методический совет",
        "professional_association": "Региональная ассоциация № {}",
        "club": "Клуб «Учитель года»",
        "community": "Сетевое сообщество педагогов № {}",
    }[kind]
    return title.format(nth + 1)


def _inside(places: Places) -> tuple[Any, ...]:
    """Associations within a school (two) or a preschool (one)."""
    orgs = places.educational
    row, nth = draw.spread(np.where(places.org_kind[orgs] == SCHOOL, 2, 1))
    org = orgs[row]
    size = len(org)
    titles = np.array(("ШМО учителей начальных классов", "ШМО учителей-предметников", "Методическое объединение воспитателей"))
    which = np.where(places.org_kind[org] == SCHOOL, nth, 2)
    return (
        places.org_muni[org],
        org,
        np.where(which == 1, KINDS.index("intersubject"), KINDS.index("subject")),
        np.full(size, ORGANISATION),
        np.zeros(size, np.bool_),
        np.where(which == 0, 0, -1),
        titles[which],
    )


# --- membership, meetings, attendance -------------------------------------------------------------------------------


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
        *(_in_named(world, spec, people, found, number) for number in np.flatnonzero(~found.generic)),
    ]
    parts[2:] = [_after_anchor(world, spec, people, found, parts[0], part) for part in parts[2:]]
    everyone = Members(*(np.concatenate([getattr(part, name) for part in parts]) for name in ("association", "person", "since", "until")))
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


def _once(members: Members) -> Ints:
    """Nobody is in one association twice; nor before it began."""
    pair = members.association * 10_000_000 + members.person
    _, first = np.unique(pair, return_index=True)
    return first[members.since[first] < members.until[first]]


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
    for who, start in ((core[inside], None), (others, None), (late, draw.september(rng.integers(2022, 2026, len(late))) + 12)):
        association = _own_association(world, people, found, who)
        who, association = who[association >= 0], association[association >= 0]
        members = _joining(world, spec, people, found, association, who)
        parts.append(members if start is None else _later(members, start[: len(who)]))
    return Members(*(np.concatenate([getattr(part, name) for part in parts]) for name in ("association", "person", "since", "until")))


def _own_association(world: World, people: Staff, found: Associations, who: Ints) -> Ints:
    """The municipal association of the person's subject, else one that is not by subject."""
    rng, munis = world.rng, int(max(people.muni.max(), found.muni.max())) + 1
    width = len(w.SUBJECTS) + 1
    open_to_all = (found.level == MUNICIPAL) & (found.kind != KINDS.index("young_school")) & (found.org < 0)
    open_to_all &= found.generic & ~found.online
    mine = np.flatnonzero(open_to_all)
    pool = Pool(found.muni[mine] * width + np.where(found.subject[mine] >= 0, found.subject[mine], width - 1), munis * width)
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
    who = np.flatnonzero((people.group == EDUCATOR) & draw.coin(rng, spec.life["membership"]["organisation"], len(people)))
    drawn = Pool(found.org[mine], len(places.org)).draw(rng, people.org[who])
    who, association = who[drawn >= 0], mine[drawn[drawn >= 0]] if len(mine) else drawn[drawn >= 0]
    members = _joining(world, spec, people, found, association, who)
    moved = people.moved[who]
    members.until = np.where(np.isnat(moved), members.until, np.minimum(members.until, np.where(np.isnat(moved), members.until, moved)))
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
    """Where the published number of members is exact, nobody else joins a municipal association before the anchor day."""
    if not spec.life["membership"].get("municipal_exact"):
        return part
    inside = np.zeros(len(people), np.bool_)
    inside[counted.person[counted.since <= spec.anchor]] = True
    outside = ~inside[part.person] & (found.level[part.association] == MUNICIPAL) & people.at_anchor[part.person]
    years = draw.days(world.rng.integers(270, 3000, len(outside)))
    return _later(part, np.where(outside, spec.anchor + years, part.since))


def _young(people: Staff) -> Bools:
    """Who was under 35 some day of these years."""
    return (people.group == EDUCATOR) & (people.age("2020-01-01") < 35)


def _young_everywhere(world: World, spec: TownSpec, people: Staff, found: Associations) -> Members:
    """The school of the young of every municipality that has one without a name of its own."""
    schools = np.flatnonzero(found.generic & (found.kind == KINDS.index("young_school")))
    of_muni = np.full(int(max(people.muni.max(), found.muni.max())) + 1, -1)
    of_muni[found.muni[schools]] = schools
    who = np.flatnonzero(_young(people) & (of_muni[people.muni] >= 0) & draw.coin(world.rng, 0.85, len(people)))
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
    year = draw.first_of(rng.integers(spec.years[0], spec.years[-1] + 1, len(who))) + draw.days(rng.integers(20, 300, len(who)))
    return _later(members, np.where(late, year, members.since))


def _meant(people: Staff, whom: str) -> Bools:
    taught = {"primary": (0,), "mathematics": (2, 7), "russian": (1,), "science": (7, 9, 10, 11)}
    if whom in taught:
        return np.isin(people.taught, taught[whom])
    mask = _young(people) if whom.startswith("young") else people.core
    if whom.endswith("preschool"):
        mask = mask & (people.kind == PRESCHOOL)
    if whom.endswith("supplementary"):
        mask = mask & (people.kind == SUPPLEMENTARY)
    if whom.endswith("teachers"):
        mask = mask & (people.post == TEACHER)
    return mask


def meetings(world: World, spec: TownSpec, people: Staff, found: Associations, members: Members) -> None:
    """Four or five meetings a year of the municipality's associations and who came; a school's own keep no such list."""
    rng = world.rng
    count = np.where(found.level == ORGANISATION, 1, np.where(found.level == MUNICIPAL, rng.integers(4, 6, len(found.id)), 0))
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


# --- events ---------------------------------------------------------------------------------------------------------


def events(world: World, spec: TownSpec, places: Places, people: Staff, scene: Scene, named: Named) -> None:
    """The municipality's events of each year and who took part."""
    _named_events(world, spec, places, people, named)
    rng = world.rng
    core = np.bincount(people.muni[people.core & people.at_anchor], minlength=len(places.municipality))
    for year in spec.years:
        growth = 1 + 0.04 * (year - spec.years[0])
        count = np.floor((spec.life["events"] + 0.05 * core) * growth).astype(np.int64)
        muni, nth = draw.spread(count)
        date = _event_dates(world, year, muni, nth)
        event = _write_events(world, places, scene, muni, nth, date, themed=nth >= (count - 3 - (year - spec.years[0]))[muni])
        _participation(world, spec, people, year, muni, event, date, nth)


def _named_events(world: World, spec: TownSpec, places: Places, people: Staff, named: Named) -> None:
    """Events that the programme names; managers come to theirs, the others are for everybody."""
    ids, rows = named.put(world, "event", int(places.municipality[0]))
    for key, row in zip(ids, rows, strict=True):
        date = np.datetime64(str(row["date"]))
        share = 0.16 if row.get("kind") == "festival" else 0.12
        mask = people.core & people.active(date)
        if row.get("audience") == "managers":
            mask, share = mask & (people.group == MANAGER), 0.85
        who = np.flatnonzero(mask & draw.coin(world.rng, share, len(people)))
        roles = draw.pick(world.rng, ROLES, len(who), (70, 22, 5, 3))
        world.add("participation", len(who), event=np.full(len(who), key), person=people.id[who], role=roles, date=date)


ROLES = ("listener", "speaker", "organiser", "expert")


def _event_dates(world: World, year: int, muni: Ints, nth: Ints) -> Days:
    """Days outside the summer; the first event is in August."""
    date = draw.between(world.rng, draw.first_of(year) + 12, draw.first_of(year) + 320, len(muni))
    inside = (date - draw.first_of(year)).astype(np.int64)
    date = np.where((inside > 165) & (inside < 228), date - 100, date)
    date[nth == 0] = draw.first_of(year, 8) + 24
    spread_out: Days = np.where(nth == 0, date, draw.apart(world.rng, muni * 8 + nth % 8, date))
    return spread_out


AUDIENCES = ("all", "young", "mentors", "managers", "methodists")


def _write_events(
    world: World, places: Places, scene: Scene, muni: Ints, nth: Ints, date: Days, themed: Bools
) -> Ints:
    """The first event of a year is the August conference, the next two are meetings of heads; ``themed``: on the methodical theme."""
    rng, size = world.rng, len(muni)
    kind = draw.pick(rng, EVENT_KINDS, size, (6, 2, 5, 3, 2, 3, 1, 1, 1))
    kinds = ("august_conference", "meeting_of_heads", *EVENT_KINDS)
    code = np.where(nth == 0, 0, np.where((nth == 1) | (nth == 2), 1, kind.codes + 2))
    topic = np.where(themed, TOPICS.index("methodical_theme"), _event_topics(world, muni, nth))
    audience = np.select([nth <= 2, nth % 6 == 3, nth % 11 == 5], [np.where(nth == 0, 0, 3), 1, 2], 0)
    found = scene.associations
    by_association = Pool(found.muni[found.level == MUNICIPAL], len(places.municipality)).draw(rng, muni)
    by_association = np.where(draw.coin(rng, 0.4, size) & (nth > 2), by_association, -1)
    project = Pool(scene.young_munis, len(places.municipality)).draw(rng, muni)
    project = np.where((audience == 1) & (nth % 4 != 1), project, -1)
    at = places.educational
    host = Pool(places.org_muni[at], len(places.municipality)).draw(rng, muni)
    host = np.where(draw.coin(rng, 0.6, size) | themed, at[host], -1)
    level = np.where(nth < 9, MUNICIPAL, rng.choice([MUNICIPAL] * 8 + [INTERMUNICIPAL, REGIONAL], size))
    return world.add(
        "event",
        size,
        municipality=places.municipality[muni],
        organisation=np.where(host >= 0, places.org[host], -1),
        association=np.where(by_association >= 0, found.id[found.level == MUNICIPAL][by_association], -1),
        project=np.where(project >= 0, scene.young_projects[project], -1) if len(scene.young_projects) else None,
        title=Coded(code * len(TOPICS) + topic, EVENT_TITLES),
        kind=Coded(code, kinds),
        topic=Coded(topic, TOPICS),
        level=Coded(level, LEVELS),
        audience=Coded(audience, AUDIENCES),
        date=date,
    )


def _event_titles() -> tuple[str, ...]:
    from opora.indicators.dataset.tables.community import EVENT

    column = EVENT.column("kind")
    labels = dict(column.choices) if column else {}
    kinds = ("august_conference", "meeting_of_heads", *EVENT_KINDS)
    return tuple(f"{labels[kind].capitalize()}: {TOPIC[topic]}" for kind in kinds for topic in TOPICS)


EVENT_TITLES = _event_titles()


def _event_topics(world: World, muni: Ints, nth: Ints) -> Ints:
    """Every direction comes up at least once a year; methods and quality more often."""
    every = (3, 5, 15, 6, 7, 0, 1, 2, 8, 9, 10, 5, 12, 13, 14, 16)
    by_turn = np.array(every)[nth % len(every)]
    free = draw.deal(world.rng, muni, (6, 5, 4, 2, 0, 3, 2, 2, 2, 1, 2, 1, 4, 4, 2, 1, 2, 0.5))
    return np.where(nth < len(every), by_turn, free)


def _participation(
    world: World, spec: TownSpec, people: Staff, year: int, muni: Ints, event: Ints, date: Days, nth: Ints
) -> None:
    rng = world.rng
    munis = int(people.muni.max()) + 1
    everywhere = Pool(muni, munis)
    who = chosen(world, people, year, spec.rate("event", year))
    often = who[draw.spread(rng.poisson(1.0, len(who)))[0]]
    young = people.core & (people.age(draw.first_of(year)) < 35)
    theirs = np.flatnonzero(nth % 6 == 3)
    managers = np.flatnonzero((nth == 1) | (nth == 2))
    mentees = chosen(world, people, year, min(0.95, 0.6 + 0.03 * (year - spec.years[0])), among=young)
    heads = chosen(world, people, year, 0.8, among=people.group == MANAGER)
    persons = np.concatenate([who, often, mentees, heads])
    picked = np.concatenate(
        [
            everywhere.draw(rng, people.muni[who]),
            everywhere.draw(rng, people.muni[often]),
            _from(theirs, Pool(muni[theirs], munis).draw(rng, people.muni[mentees])),
            _from(managers, Pool(muni[managers], munis).draw(rng, people.muni[heads])),
        ]
    )
    for _ in range(3):
        absent = ~_there(people, persons, picked, date)
        picked = np.where(absent, everywhere.draw(rng, people.muni[persons]), picked)
    there = _there(people, persons, picked, date)
    persons, picked = persons[there], picked[there]
    _, once = np.unique(persons * 1_000_000 + picked, return_index=True)
    persons, picked = persons[once], picked[once]
    world.add(
        "participation",
        len(persons),
        event=event[picked],
        person=people.id[persons],
        role=draw.pick(rng, ROLES, len(persons), (80, 12, 5, 3)),
        date=date[picked],
    )


def _there(people: Staff, persons: Ints, event: Ints, date: Days) -> Bools:
    """Whether they worked in the town on the day of the event."""
    there: Bools = (event >= 0) & (people.since[persons] <= date[event]) & (date[event] < people.until[persons])
    return there


def _from(rows: Ints, drawn: Ints) -> Ints:
    return np.where(drawn >= 0, rows[drawn], -1) if len(rows) else drawn


# --- contests -------------------------------------------------------------------------------------------------------


def contests(
    world: World, spec: TownSpec, places: Places, people: Staff, outside: tuple[Ints, Ints], teams: tuple[Ints, Ints], named: Named
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
        _entries(world, spec, people, np.concatenate([who, mentors]), np.concatenate([contest, lead]), np.concatenate([skill, np.zeros(len(lead), np.bool_)]), year)
        _collective_entries(world, places, year, own, width, beyond, teams)


def _some_to_named(
    world: World, keys: Ints, rows: list[dict[str, Any]], year: int, contest: Ints, skill: Bools
) -> tuple[Ints, Bools]:
    """A third of the entries go to the contests that the programme names; and which entries are to contests of skill."""
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
    world.add("contest_entry", len(some), contest=np.full(len(some), beyond[4]), organisation=places.org[some], result=result, date=date)


# --- experience shown and written -----------------------------------------------------------------------------------


def experience_shown(world: World, spec: TownSpec, places: Places, people: Staff, scene: Scene, named: Named) -> None:
    named.put(world, "practice", int(places.municipality[0]))
    for year in spec.years:
        _presentations(world, spec, places, people, scene, year)
        _publications(world, spec, people, year)
        _materials(world, spec, places, people, scene, year)
        _practices(world, spec, places, people, year)


SHOWN = (0, 1, 3, 6, 7, 12, 13, 14)


def _shown_topics(world: World, people: Staff, who: Ints) -> Coded:
    """Seasoned people speak of mentoring more often."""
    topic = world.rng.choice(SHOWN, len(who))
    return Coded(topic, TOPICS)


def _presentations(world: World, spec: TownSpec, places: Places, people: Staff, scene: Scene, year: int) -> None:
    rng = world.rng
    who = chosen(world, people, year, spec.rate("presentation", year))
    who = np.concatenate([who, who[draw.coin(rng, 0.3, len(who))]])
    date = day_of(world, people, who, year)
    site = Pool(scene.site_org, len(places.org)).draw(rng, people.org_on(who, date)) if len(scene.sites) else np.full(len(who), -1)
    fits = (site >= 0) & draw.coin(rng, 0.4, len(who))
    if len(scene.sites):
        fits &= scene.site_since[site] <= date
    world.add(
        "presentation",
        len(who),
        person=people.id[who],
        site=np.where(fits, scene.sites[site], -1) if len(scene.sites) else None,
        topic=_shown_topics(world, people, who),
        level=Coded(rng.choice([ORGANISATION] * 3 + [MUNICIPAL] * 4 + [REGIONAL, FEDERAL], len(who)), LEVELS),
        title=draw.pick(rng, w.PRACTICE_TITLES, len(who)),
        date=date,
    )


def _publications(world: World, spec: TownSpec, people: Staff, year: int) -> None:
    rng = world.rng
    who = chosen(world, people, year, spec.rate("publication", year))
    online = draw.coin(rng, 0.55, len(who))
    outlets = w.OUTLETS_PRINT + w.OUTLETS_ONLINE
    outlet = rng.integers(0, 3, len(who)) + 3 * online
    world.add(
        "publication",
        len(who),
        person=people.id[who],
        title=draw.pick(rng, w.PRACTICE_TITLES, len(who)),
        outlet=Coded(outlet, outlets),
        form=Coded(online.astype(np.int8), ("print", "online")),
        topic=_shown_topics(world, people, who),
        level=Coded(np.where(online, FEDERAL, rng.choice([MUNICIPAL, REGIONAL, FEDERAL], len(who))), LEVELS),
        date=day_of(world, people, who, year),
    )


def _materials(world: World, spec: TownSpec, places: Places, people: Staff, scene: Scene, year: int) -> None:
    rng = world.rng
    who = chosen(world, people, year, spec.rate("material", year))
    date = day_of(world, people, who, year)
    found = scene.associations
    mine = np.flatnonzero((found.level == MUNICIPAL) & (found.since < spec.first))
    by = Pool(found.muni[mine], len(places.municipality)).draw(rng, people.muni[who])
    recommended = (by >= 0) & draw.coin(rng, 0.4, len(who))
    kinds = ("methodical", "lesson", "training_programme", "recommendations", "atlas_practice")
    outlet = draw.pick(rng, w.ONLINE_STORES[:3], len(who), spec.life.get("outlets", (4, 3, 2)))
    stored = draw.coin(rng, spec.life.get("stored", 0.8), len(who))
    world.add(
        "material",
        len(who),
        municipality=municipality(places, people, who),
        person=people.id[who],
        association=np.where(recommended, found.id[mine[by]], -1) if len(mine) else None,
        title=draw.pick(rng, w.PRACTICE_TITLES, len(who)),
        kind=draw.pick(rng, kinds, len(who), (5, 3, 1, 2, 1)),
        updated=draw.coin(rng, 0.3, len(who)),
        outlet=Coded(np.where(stored, outlet.codes, -1), outlet.words),
        protocol=Coded(np.where(recommended, rng.integers(0, 5, len(who)), -1), tuple(f"№ {n}" for n in range(1, 6))),
        recommended_on=np.where(recommended, date + draw.days(rng.integers(3, 40, len(who))), NEVER),
        date=date,
    )


def _practices(world: World, spec: TownSpec, places: Places, people: Staff, year: int) -> None:
    rng = world.rng
    who = chosen(world, people, year, spec.rate("practice", year))
    since = day_of(world, people, who, year)
    ended = draw.coin(rng, 0.15, len(who))
    until = draw.add_years(since, 3)
    number = rng.integers(1, 9000, len(who)) % 500
    world.add(
        "practice",
        len(who),
        municipality=municipality(places, people, who),
        organisation=places.org[people.org_on(who, since)],
        person=people.id[who],
        title=draw.pick(rng, w.PRACTICE_TITLES, len(who)),
        topic=_shown_topics(world, people, who),
        level=Coded(rng.choice([MUNICIPAL] * 4 + [REGIONAL], len(who)), LEVELS),
        url=Coded(number, tuple(f"https://demo.example/practice/{n}" for n in range(500))),
        since=since,
        until=np.where(ended & (until <= spec.last), until, NEVER),
    )


# --- projects, sites, themes ----------------------------------------------------------------------------------------


def projects(
    world: World, spec: TownSpec, places: Places, people: Staff, found: Associations, order: Ints, named: Named
) -> Scene:
    young = _municipal_projects(world, spec, places, people, found, order, named)
    _programmes_of_organisations(world, spec, places, named)
    _themes(world, places, found)
    sites = _sites(world, spec, places, order, named)
    return Scene(found, *young, *sites)


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
            "project", munis, municipality=places.municipality, title="Институт наставничества", form="project",
            topic="mentoring", level="municipal", innovative=0, document=order, since=autumn,
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
        "project", munis, municipality=places.municipality, title="Шаг в профессию", form="programme",
        topic="young_educators", level="municipal", innovative=0, since=autumn,
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
        young = row.get("topic") == "young_educators"
        mask = (_young(people) if young else people.core) & (people.until > since + 40) & (people.since < min(ends, spec.last) - 200)
        who = np.flatnonzero(mask & draw.coin(rng, 0.3 if young else 0.04, len(people)))
        joined = np.maximum(people.since[who] + 20, max(since, spec.first)) + draw.days(rng.integers(0, 60, len(who)))
        until = np.minimum(people.until[who], ends)
        fits = (joined < until) & (joined < spec.last)
        world.add(
            "project_participant", int(fits.sum()), project=np.full(int(fits.sum()), key), person=people.id[who[fits]],
            since=joined[fits], until=np.where(until > spec.last, NEVER, until)[fits],
        )


def _take_part(
    world: World, spec: TownSpec, places: Places, people: Staff, project: Ints, muni: Ints, since: Any, share: float, until: Any = None
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
        "project_participant", len(row), project=project[row], organisation=places.org[org], since=joined,
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
        "project_participant", len(kept), project=project[row[kept]], person=people.id[who[kept]], since=joined[kept],
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
    topics = ("quality", "functional_literacy", "digital") if calm else ("staff_development", "quality", "functional_literacy", "deficits")
    for year in spec.years:
        some = at[draw.quota(rng, places.org_muni[at], 0.15 + 0.03 * (year - spec.years[0]))]
        since = draw.first_of(year) + draw.days(rng.integers(10, 300, len(some)))
        until = draw.add_years(since, 2)
        until = np.where(until > spec.last, NEVER, until)
        topic = draw.pick(rng, topics, len(some))
        _programmes(world, places, some, since, title="Инновационный проект организации", topic=topic, form="project", innovative=1, until=until)


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
    world: World, places: Places, at: Ints, since: Days, *, title: str, topic: Any, form: str = "programme", innovative: int = 0, until: Any = None
) -> None:
    world.add(
        "project", len(at), municipality=places.municipality[places.org_muni[at]], organisation=places.org[at], title=title,
        form=form, topic=topic, level="organisation", innovative=innovative, since=since, until=until,
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
