"""Associations: those of every municipality and those that a programme names."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from opora.demo import draw
from opora.demo import words as w
from opora.demo.draw import Bools, Coded, Days, Ints, Pool
from opora.demo.named import Named
from opora.demo.people import Staff
from opora.demo.places import SCHOOL, Places
from opora.demo.spec import TownSpec
from opora.demo.world import World
from opora.indicators.dataset.tables.choices import LEVEL

LEVELS = tuple(LEVEL)


ORGANISATION, MUNICIPAL, INTERMUNICIPAL, REGIONAL, FEDERAL, INTERNATIONAL = range(6)


KINDS = (
    "subject",
    "intersubject",
    "metasubject",
    "young_school",
    "creative_group",
    "council",
    "professional_association",
    "club",
    "community",
)


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
        network=(draw.coin(world.rng, 0.3, size) & (org < 0))
        if not named.rows("association")
        else np.zeros(size, np.bool_),
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
    joined: dict[str, Any] = {
        f.name: np.concatenate([getattr(found, f.name), getattr(more, f.name)])
        for f in fields(found)
        if f.name != "whom"
    }
    return Associations(**joined, whom=found.whom + more.whom)


SHARES = {
    "young_school": 0.97,
    "council": 0.05,
    "professional_association": 0.14,
    "club": 0.08,
    "community": 0.16,
    "intersubject": 0.1,
    "metasubject": 0.1,
}


WHOM = (
    ("начальных", "primary"),
    ("математики", "mathematics"),
    ("русского", "russian"),
    ("воспитател", "preschool"),
    ("дошкольн", "preschool"),
    ("дополнительного", "supplementary"),
    ("естественно", "science"),
)


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
    lasting = np.flatnonzero(
        people.at_anchor & people.core & (people.zeal > 0.5) & (people.until > draw.day("2025-12-31"))
    )
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
    return owner, np.full(len(owner), -1), *(np.array(column)[which] for column in zip(*rows, strict=True))


def _title(kind: str, nth: int, level: int) -> str:
    if kind == "subject":
        subject = (
            w.SUBJECTS[nth][0]
            if nth < len(w.SUBJECTS)
            else ("Дошкольное образование", "Логопеды", "Психологи")[nth % 3]
        )
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
    titles = np.array(
        ("ШМО учителей начальных классов", "ШМО учителей-предметников", "Методическое объединение воспитателей")
    )
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
