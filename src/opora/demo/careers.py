"""What people do at work: jobs, leave, subjects, education, categories; and the seats that stand empty."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from opora.demo import draw
from opora.demo import words as w
from opora.demo.draw import NEVER, Bools, Coded, Days, Ints, Pool
from opora.demo.people import (
    DIRECTOR,
    EDUCATOR,
    FAR,
    GROUPS,
    KINDS,
    MANAGER,
    POSTS,
    PRESCHOOL,
    SCHOOL,
    SERVICE,
    SUPPORT,
    TEACHER,
    Places,
    Staff,
    deal_by_cell,
    quota_by_cell,
    unknown,
)
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


def careers(world: World, spec: TownSpec, places: Places, people: Staff) -> None:
    jobs = _jobs(people)
    _write_jobs(world, spec, places, people, jobs)
    _second_jobs(world, spec, places, people)
    _leave(world, spec, people)
    _teaching(world, spec, places, people)
    _experience(world, spec, people)
    _education(world, spec, people)
    _attestation(world, spec, people)
    _vacancies(world, spec, places, people)
    _staffing(world, spec, places, people)


@dataclass(frozen=True, slots=True)
class Jobs:
    """A person's main work in one organisation."""

    person: Ints
    org: Ints
    since: Days
    until: Days


def open_end(until: Days, spec: TownSpec) -> Days:
    """An end that lies beyond the facts is none."""
    return np.where(until > spec.last, NEVER, until)


def _jobs(people: Staff) -> Jobs:
    everyone = np.arange(len(people))
    stayed = np.isnat(people.moved)
    movers = everyone[~stayed]
    before_end = np.where(stayed, people.until, people.moved)
    return Jobs(
        np.concatenate([everyone, movers]),
        np.concatenate([people.org, people.org_after[movers]]),
        np.concatenate([people.since, people.moved[movers]]),
        np.concatenate([before_end, people.until[movers]]),
    )


def _write_jobs(world: World, spec: TownSpec, places: Places, people: Staff, jobs: Jobs) -> None:
    rng, who = world.rng, jobs.person
    old = (jobs.since < spec.first) & unknown(world, spec, people, "since")[who]
    seen = np.where(old, draw.between(rng, spec.first, np.minimum(spec.first + 60, jobs.until - 1), len(who)), NEVER)
    outside = draw.coin(rng, spec.life["external_only"], len(people))[who] & (people.group[who] == EDUCATOR)
    outside &= (people.post != DIRECTOR)[who]
    part = draw.coin(rng, 0.06, len(who))
    world.add(
        "employment",
        len(who),
        person=people.id[who],
        organisation=places.org[jobs.org],
        staff_group=Coded(people.group[who], GROUPS),
        post=Coded(people.post[who], POSTS),
        position=_positions(people, who),
        kind=Coded(outside.astype(np.int8), ("main", "external")),
        rate=np.where(outside, 0.5, np.where(part, 0.75, 1.0)),
        since=np.where(old, NEVER, jobs.since),
        until=open_end(jobs.until, spec),
        observed_on=seen,
    )


POSITIONS = (
    "старший методист",
    "методист",
    "оператор ЭВМ",
    "заведующий канцелярией",
    "библиотекарь",
    "заместитель директора по учебно-воспитательной работе",
    "заместитель заведующего",
    "директор",
    "заведующий",
    "помощник воспитателя",
    "секретарь",
    "рабочий по обслуживанию здания",
)


def _positions(people: Staff, who: Ints) -> Coded:
    """The post as the staff list calls it, where that says more than the post itself."""
    code = np.full(len(people), -1)
    preschool, service = people.kind == PRESCHOOL, people.kind == SERVICE
    code[people.post == DIRECTOR] = 7
    code[(people.post == DIRECTOR) & preschool] = 8
    code[people.post == POSTS.index("deputy")] = 5
    code[(people.post == POSTS.index("deputy")) & preschool] = 6
    code[people.post == POSTS.index("other_educator")] = 4
    support = people.group == SUPPORT
    code[support] = np.where(preschool[support], 9, np.where(people.seat[support] % 3 == 0, 10, 11))
    methodists, clerks = service & (people.group == EDUCATOR), service & support
    code[methodists] = np.where(people.seat[methodists] % 9 < 7, 0, 1)
    code[clerks] = np.where(people.seat[clerks] % 3 == 0, 3, 2)
    return Coded(code[who], POSITIONS)


def _second_jobs(world: World, spec: TownSpec, places: Places, people: Staff) -> None:
    """A little more work in the same organisation or in another of the same kind."""
    rng = world.rng
    habits = spec.life["second_jobs"]
    able = np.flatnonzero((people.group == EDUCATOR) & (people.kind != SERVICE) & (people.until - people.since > draw.days(400)))
    dealt = draw.deal(rng, people.muni[able], [habits["internal"], habits["external"], 1 - sum(habits.values())])
    who, external = able[dealt < 2], dealt[dealt < 2] == 1
    low = np.maximum(people.since[who] + 30, spec.first)
    since = draw.between(rng, low, np.maximum(np.minimum(people.until[who] - 200, spec.last - 90), low), len(who))
    until = np.where(draw.coin(rng, 0.4, len(who)), np.minimum(since + 365, people.until[who]), people.until[who])
    pool = Pool(places.org_muni * len(KINDS) + places.org_kind, len(places.municipality) * len(KINDS))
    here = people.org_on(who, since)
    there = pool.draw(rng, people.muni[who] * len(KINDS) + people.kind[who])
    kept = (~external | (there != here)) & (since < until)
    who, external, since, until = who[kept], external[kept], since[kept], until[kept]
    org = np.where(external, there[kept], here[kept])
    until = np.where(~external & (people.moved[who] > since), np.minimum(until, people.moved[who]), until)
    world.add(
        "employment",
        len(who),
        person=people.id[who],
        organisation=places.org[org],
        staff_group="educator",
        post=Coded(np.where(external, people.post[who], POSTS.index("supplementary_teacher")), POSTS),
        kind=Coded(external.astype(np.int8), ("internal", "external")),
        rate=np.where(external, 0.5, 0.25),
        since=since,
        until=open_end(until, spec),
    )


def _leave(world: World, spec: TownSpec, people: Staff) -> None:
    rng = world.rng
    age = people.age(spec.anchor)
    mothers = people.female & (age > 21) & (age < 39) & people.core
    chance = np.where(mothers, spec.life["on_leave"] * 7, spec.life["on_leave"] * 0.3) * people.core
    who = np.flatnonzero(draw.coin(rng, chance, len(people)) & (people.until - people.since > draw.days(300)))
    childcare = mothers[who]
    low = np.maximum(people.since[who] + 120, spec.first)
    since = draw.between(rng, low, np.minimum(people.until[who], spec.last) - 60, len(who))
    length = np.where(childcare, rng.integers(500, 1095, len(who)), rng.integers(60, 364, len(who)))
    until = np.minimum(since + draw.days(length), people.until[who])
    kept = (since < until) & (since >= low)
    if spec.key in ("olenegorsk", "strezhevoy"):  # the published figures are those of people at work
        before, after = spec.life["steady"]
        kept &= (until <= spec.anchor - before) | (since > spec.anchor + after)
    world.add(
        "leave",
        int(kept.sum()),
        person=people.id[who[kept]],
        kind=Coded(np.where(childcare, 0, 1)[kept], ("childcare", "long")),
        since=since[kept],
        until=open_end(until, spec)[kept],
    )


CLASSES = ("1–4", "5–6", "5–9", "7–9", "8–11", "10–11", "5–11")


def _teaching(world: World, spec: TownSpec, places: Places, people: Staff) -> None:
    """The subjects of each school year; a third of the teachers have a second one."""
    rng = world.rng
    second = np.array(w.SECOND_SUBJECT)
    has_second = (people.taught > 0) & (people.taught < len(second)) & draw.coin(rng, 0.35, len(people))
    for year in range(spec.years[0] - 1, spec.years[-1] + 1):
        starts, ends = draw.september(year), draw.september(year + 1)
        who = np.flatnonzero((people.taught >= 0) & (people.since < ends - 20) & (people.until > starts + 20))
        both = np.concatenate([who, who[has_second[who]]])
        subject = people.taught[both]
        subject[len(who) :] = second[subject[len(who) :]]
        since = np.maximum(people.since[both], starts)
        primary = subject == 0
        world.add(
            "teaching",
            len(both),
            person=people.id[both],
            organisation=places.org[people.org_on(both, since)],
            subject=Coded(subject, w.TAUGHT),
            classes=Coded(np.where(primary, 0, np.where(subject < len(second), rng.integers(1, 7, len(both)), -1)), CLASSES),
            hours=np.where(primary, 18, rng.integers(4, 27, len(both))),
            since=since,
            until=open_end(np.minimum(people.until[both], ends), spec),
        )


def _experience(world: World, spec: TownSpec, people: Staff) -> None:
    """The length of service as the schools' pages state it each September."""
    rng = world.rng
    before = rng.integers(0, 4, len(people))
    for year in spec.years:
        on = draw.september(year)
        who = np.flatnonzero(people.core & people.active(on))
        stated = (("pedagogical", people.career_start, 0), ("position", people.since, 0), ("total", people.career_start, before[who]))
        for kind, start, more in stated[: 3 if year % 3 == 2 else 1]:
            years = np.floor((on - start[who]).astype(float) / 365.25) + more
            world.add("experience", len(who), person=people.id[who], kind=kind, years=years, date=on)


def _education(world: World, spec: TownSpec, people: Staff) -> None:
    rng = world.rng
    higher = _has_higher(world, spec, people)
    speciality = _specialities(world, spec, people)
    finished = np.minimum(people.career_start, people.since) - draw.days(rng.integers(20, 300, len(people)))
    known = people.core | draw.coin(rng, 0.7, len(people))
    who = np.flatnonzero(known)
    _diplomas(world, people, who, Coded(np.where(higher, 1, 0), ("vocational", "higher")), speciality, finished)
    again = np.flatnonzero(higher & people.core & draw.coin(rng, 0.16, len(people)))
    _diplomas(world, people, again, "vocational", speciality, draw.add_years(finished, -4))


def _diplomas(
    world: World, people: Staff, who: Ints, level: Coded | str, speciality: Ints, finished: Days
) -> None:
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


def _attestation(world: World, spec: TownSpec, people: Staff) -> None:
    """Categories and «соответствие»: each is won, held for its term and mostly won again."""
    rng = world.rng
    who = np.flatnonzero(people.core & people.at_anchor)
    dealt = deal_by_cell(world, spec.life["category"], people.muni[who], people.kind[who], people.group[who])
    low = np.maximum(draw.add_years(np.full(len(who), spec.anchor), -5) + 45, people.career_start[who] + 20)
    won = draw.between(rng, low, np.maximum(spec.anchor - 45, low), len(who))
    holds = dealt < 3
    _earlier(world, spec, people, who[holds], dealt[holds], won[holds])
    _terms(world, spec, people, who[holds], dealt[holds], won[holds])
    _first_categories(world, spec, people, who[dealt >= 2])
    others = np.flatnonzero(people.core & ~people.at_anchor)
    level = draw.deal(rng, people.muni[others], [0.14, 0.3, 0.26, 0.01, 0.29])
    low = np.maximum(people.career_start[others] + 400, draw.day("2015-01-01"))
    won = draw.between(rng, low, np.maximum(np.minimum(people.until[others], spec.last) - 30, low), len(others))
    holds = (level < 4) & (won < people.until[others]) & (won < spec.last)
    _terms(world, spec, people, others[holds], level[holds], won[holds])


def _earlier(world: World, spec: TownSpec, people: Staff, who: Ints, level: Ints, won: Days) -> None:
    """The term before, for those who were already teaching."""
    before = draw.add_years(won, -5)
    held = (before > people.career_start[who] + 300) & draw.coin(world.rng, 0.7, len(who))
    lower = np.where((level == 0) & draw.coin(world.rng, 0.4, len(who)), 1, level)
    _write_terms(world, spec, people, who[held], lower[held], before[held], won[held])


def _terms(world: World, spec: TownSpec, people: Staff, who: Ints, level: Ints, won: Days) -> None:
    """The term that begins on the day and those after it."""
    while len(who):
        ends = np.where((won >= OPEN_SINCE) & (level < 2), FAR, draw.add_years(won, 5))
        _write_terms(world, spec, people, who, level, won, ends)
        again = (ends < spec.last - 10) & (ends < people.until[who]) & draw.coin(world.rng, 0.94, len(who))
        rises = (level > 0) & (level < 3) & draw.coin(world.rng, 0.12, len(who))
        level = np.where(rises & ~((level == 2) & (people.group[who] == MANAGER)), level - 1, level)
        who, level, won = who[again], level[again], ends[again]


def _first_categories(world: World, spec: TownSpec, people: Staff, who: Ints) -> None:
    """Some of those without a category win their first one later."""
    educators = who[people.group[who] == EDUCATOR]
    chosen = educators[draw.coin(world.rng, 0.45, len(educators))]
    won = draw.between(world.rng, spec.anchor + 60, spec.last - 30, len(chosen))
    kept = won < people.until[chosen]
    _terms(world, spec, people, chosen[kept], np.ones(int(kept.sum()), np.int64), won[kept])


def _write_terms(
    world: World, spec: TownSpec, people: Staff, who: Ints, level: Ints, since: Days, until: Days
) -> None:
    world.add(
        "attestation",
        len(who),
        person=people.id[who],
        post=Coded(people.post[who], POSTS),
        category=Coded(level, CATEGORIES),
        since=since,
        until=np.where(until == FAR, NEVER, until),
    )


def _vacancies(world: World, spec: TownSpec, places: Places, people: Staff) -> None:
    """Seats advertised between two people, and some that have long been empty."""
    _advertised(world, spec, places, people)
    _long_empty(world, spec, places, people)


def _advertised(world: World, spec: TownSpec, places: Places, people: Staff) -> None:
    order = np.lexsort((people.since, people.seat))
    order = order[people.group[order] == EDUCATOR]
    here, after = order[:-1], order[1:]
    same = people.seat[here] == people.seat[after]
    since = people.until[here]
    until = np.where(same, people.since[after], NEVER)
    long = np.where(same, (until - since) > draw.days(30), draw.coin(world.rng, 0.15, len(here)))
    kept = long & (since < spec.last - 15)
    _write_vacancies(world, spec, places, people, here[kept], since[kept], until[kept])


def _long_empty(world: World, spec: TownSpec, places: Places, people: Staff) -> None:
    """Each year some organisations look for somebody for months."""
    rng = world.rng
    orgs = places.educational
    seats = Pool(people.org[people.group == EDUCATOR], len(places.org))
    educators = np.flatnonzero(people.group == EDUCATOR)
    share = spec.life["organisations_with_vacancies"]
    for year in spec.years:
        chosen = orgs[draw.quota(rng, places.org_muni[orgs], max(0.02, share * (1 - 0.08 * (year - spec.years[0]))))]
        like = seats.draw(rng, chosen)
        like = educators[like[like >= 0]]
        since = draw.first_of(year, 8) + draw.days(rng.integers(0, 30, len(like)))
        _write_vacancies(world, spec, places, people, like, since, since + draw.days(rng.integers(140, 330, len(like))))


def _write_vacancies(
    world: World, spec: TownSpec, places: Places, people: Staff, like: Ints, since: Days, until: Days
) -> None:
    world.add(
        "vacancy",
        len(like),
        organisation=places.org[people.org[like]],
        post=Coded(people.post[like], POSTS),
        staff_group="educator",
        subject=Coded(people.taught[like], w.TAUGHT),
        rate=np.where(draw.coin(world.rng, 0.7, len(like)), 1.0, 0.5),
        since=since,
        until=np.where(until > spec.last, NEVER, until),
    )


def _staffing(world: World, spec: TownSpec, places: Places, people: Staff) -> None:
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
