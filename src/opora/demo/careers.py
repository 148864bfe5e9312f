"""What people do at work: jobs, leave, subjects, length of service."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from opora.demo import draw
from opora.demo import words as w
from opora.demo.calendar import open_end
from opora.demo.draw import NEVER, Coded, Days, Ints, Pool
from opora.demo.people import DIRECTOR, EDUCATOR, GROUPS, POSTS, SUPPORT, Staff, unknown
from opora.demo.places import KINDS, PRESCHOOL, SERVICE, Places
from opora.demo.qualification import attestation, education
from opora.demo.seats import staffing, vacancies
from opora.demo.spec import TownSpec
from opora.demo.world import World


def careers(world: World, spec: TownSpec, places: Places, people: Staff) -> None:
    jobs = _jobs(people)
    _write_jobs(world, spec, places, people, jobs)
    _second_jobs(world, spec, places, people)
    _leave(world, spec, people)
    _teaching(world, spec, places, people)
    _experience(world, spec, people)
    education(world, spec, people)
    attestation(world, spec, people)
    vacancies(world, spec, places, people)
    staffing(world, spec, places, people)


@dataclass(frozen=True, slots=True)
class Jobs:
    """A person's main work in one organisation."""

    person: Ints
    org: Ints
    since: Days
    until: Days


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
    able = np.flatnonzero(
        (people.group == EDUCATOR) & (people.kind != SERVICE) & (people.until - people.since > draw.days(400))
    )
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
            classes=Coded(
                np.where(primary, 0, np.where(subject < len(second), rng.integers(1, 7, len(both)), -1)), CLASSES
            ),
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
        stated = (
            ("pedagogical", people.career_start, 0),
            ("position", people.since, 0),
            ("total", people.career_start, before[who]),
        )
        for kind, start, more in stated[: 3 if year % 3 == 2 else 1]:
            years = np.floor((on - start[who]).astype(float) / 365.25) + more
            world.add("experience", len(who), person=people.id[who], kind=kind, years=years, date=on)
