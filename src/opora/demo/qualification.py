"""Education, and the categories that people win."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from opora.demo import draw
from opora.demo import words as w
from opora.demo.draw import NEVER, Bools, Coded, Days, Ints
from opora.demo.people import EDUCATOR, FAR, MANAGER, POSTS, TEACHER, Staff, deal_by_cell, quota_by_cell
from opora.demo.places import SCHOOL
from opora.demo.spec import TownSpec
from opora.demo.world import World

CATEGORIES = ("highest", "first", "conformity", "nonconformity")


OPEN_SINCE = draw.day("2023-09-01")
"""From this day a category has no term."""


def reference(world: World) -> None:
    """Rulings on which speciality fits which subject."""
    speciality, subject = np.divmod(np.arange(len(w.SPECIALITIES) * len(w.TAUGHT)), len(w.TAUGHT))
    fits = np.array(w.FIT_CODE)[subject] == speciality
    world.add(
        "profile_match",
        len(subject),
        speciality=Coded(speciality, w.SPECIALITIES),
        subject=Coded(subject, w.TAUGHT),
        fits=fits,
        ruled_by="методист (синтетические данные)",
    )


def education(world: World, spec: TownSpec, people: Staff) -> None:
    rng = world.rng
    higher = _has_higher(world, spec, people)
    speciality = _specialities(world, spec, people)
    finished = np.minimum(people.career_start, people.since) - draw.days(rng.integers(20, 300, len(people)))
    known = people.core | draw.coin(rng, 0.7, len(people))
    who = np.flatnonzero(known)
    _diplomas(world, people, who, Coded(np.where(higher, 1, 0), ("vocational", "higher")), speciality, finished)
    again = np.flatnonzero(higher & people.core & draw.coin(rng, 0.16, len(people)))
    _diplomas(world, people, again, "vocational", speciality, draw.add_years(finished, -4))


def _diplomas(world: World, people: Staff, who: Ints, level: Coded | str, speciality: Ints, finished: Days) -> None:
    code = speciality[who]
    world.add(
        "education",
        len(who),
        person=people.id[who],
        level=level if isinstance(level, str) else level[who],
        speciality=Coded(code, w.SPECIALITIES),
        qualification=Coded(code, w.QUALIFICATIONS),
        pedagogical=np.array(w.PEDAGOGICAL)[code],
        institution=draw.pick(world.rng, w.INSTITUTIONS, len(who), (4, 2, 2, 1)),
        date=finished[who],
    )


def _has_higher(world: World, spec: TownSpec, people: Staff) -> Bools:
    shares = spec.life["higher"]
    higher = np.zeros(len(people), np.bool_)
    for mine in (people.at_anchor, ~people.at_anchor):
        who = np.flatnonzero(mine)
        rest = {name: share for name, share in shares.items() if name != "teacher"}
        if len(who):
            higher[who] = quota_by_cell(world, rest, people.muni[who], people.kind[who], people.group[who])
        teachers = who[(people.post[who] == TEACHER) & (people.group[who] == EDUCATOR)]
        others = who[(people.post[who] != TEACHER) & (people.group[who] == EDUCATOR) & (people.kind[who] == SCHOOL)]
        higher[teachers] = draw.quota(world.rng, people.muni[teachers], shares["teacher"])
        higher[others] = draw.quota(world.rng, people.muni[others], shares["school"])
    return higher


def _specialities(world: World, spec: TownSpec, people: Staff) -> Ints:
    """The speciality that fits, for most; another one for the rest."""
    rng, size = world.rng, len(people)
    fit = np.array(w.FIT_CODE)
    other = len(fit) and w.SPECIALITIES.index("Дошкольная педагогика и психология")
    by_post = np.full(len(POSTS), -1)
    for post, name in (
        ("preschool_teacher", "Дошкольная педагогика и психология"),
        ("senior_preschool_teacher", "Дошкольное образование"),
        ("speech_therapist", "Логопедия"),
        ("psychologist", "Педагогика и психология"),
        ("social_educator", "Социальная педагогика"),
        ("defectologist", "Специальное дефектологическое образование"),
        ("music_director", "Музыкальное образование"),
        ("physical_instructor", "Физическая культура"),
        ("director", "Менеджмент в образовании"),
    ):
        by_post[POSTS.index(post)] = w.SPECIALITIES.index(name)
    fitting = np.where(people.taught >= 0, fit[people.taught], by_post[people.post])
    fitting = np.where(fitting < 0, rng.integers(0, other, size), fitting)
    fits = draw.quota(rng, people.muni * 2 + people.at_anchor, spec.life["profile_fit"])
    return np.where(fits, fitting, rng.integers(0, len(w.SPECIALITIES), size))


class _Terms(NamedTuple):
    """Of each row: who holds which category from when until when."""

    who: Ints
    level: Ints
    since: Days
    until: Days


def attestation(world: World, spec: TownSpec, people: Staff) -> None:
    """Categories and «соответствие»: each is won, held for its term and mostly won again."""
    rng = world.rng
    terms: list[_Terms] = []
    who = np.flatnonzero(people.core & people.at_anchor)
    dealt = deal_by_cell(world, spec.life["category"], people.muni[who], people.kind[who], people.group[who])
    low = np.maximum(draw.add_years(np.full(len(who), spec.anchor), -5) + 45, people.career_start[who] + 20)
    won = draw.between(rng, low, np.maximum(spec.anchor - 45, low), len(who))
    holds = dealt < 3
    terms += _earlier(world, people, who[holds], dealt[holds], won[holds])
    terms += _terms(world, spec, people, who[holds], dealt[holds], won[holds])
    terms += _first_categories(world, spec, people, who[dealt >= 2])
    others = np.flatnonzero(people.core & ~people.at_anchor)
    level = draw.deal(rng, people.muni[others], [0.14, 0.3, 0.26, 0.01, 0.29])
    low = np.maximum(people.career_start[others] + 400, draw.day("2015-01-01"))
    won = draw.between(rng, low, np.maximum(np.minimum(people.until[others], spec.last) - 30, low), len(others))
    holds = (level < 4) & (won < people.until[others]) & (won < spec.last)
    terms += _terms(world, spec, people, others[holds], level[holds], won[holds])
    _write_terms(world, people, terms)


def _earlier(world: World, people: Staff, who: Ints, level: Ints, won: Days) -> Iterator[_Terms]:
    """The term before, for those who were already teaching."""
    before = draw.add_years(won, -5)
    held = (before > people.career_start[who] + 300) & draw.coin(world.rng, 0.7, len(who))
    lower = np.where((level == 0) & draw.coin(world.rng, 0.4, len(who)), 1, level)
    yield _Terms(who[held], lower[held], before[held], won[held])


def _terms(world: World, spec: TownSpec, people: Staff, who: Ints, level: Ints, won: Days) -> Iterator[_Terms]:
    """The term that begins on the day and those after it."""
    while len(who):
        ends = np.where((won >= OPEN_SINCE) & (level < 2), FAR, draw.add_years(won, 5))
        yield _Terms(who, level, won, ends)
        again = (ends < spec.last - 10) & (ends < people.until[who]) & draw.coin(world.rng, 0.94, len(who))
        rises = (level > 0) & (level < 3) & draw.coin(world.rng, 0.12, len(who))
        level = np.where(rises & ~((level == 2) & (people.group[who] == MANAGER)), level - 1, level)
        who, level, won = who[again], level[again], ends[again]


def _first_categories(world: World, spec: TownSpec, people: Staff, who: Ints) -> Iterator[_Terms]:
    """Some of those without a category win their first one later."""
    educators = who[people.group[who] == EDUCATOR]
    chosen = educators[draw.coin(world.rng, 0.45, len(educators))]
    won = draw.between(world.rng, spec.anchor + 60, spec.last - 30, len(chosen))
    kept = won < people.until[chosen]
    return _terms(world, spec, people, chosen[kept], np.ones(int(kept.sum()), np.int64), won[kept])


def _write_terms(world: World, people: Staff, terms: list[_Terms]) -> None:
    """Somebody may have come to one term in two ways: it is written once."""
    who, level, since, until = (np.concatenate(columns) for columns in zip(*terms, strict=True))
    once = draw.occurrence(who, level, since, until) == 0
    who, level, since, until = who[once], level[once], since[once], until[once]
    world.add(
        "attestation",
        len(who),
        person=people.id[who],
        post=Coded(people.post[who], POSTS),
        category=Coded(level, CATEGORIES),
        since=since,
        until=np.where(until == FAR, NEVER, until),
    )
