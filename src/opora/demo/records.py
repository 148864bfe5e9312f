"""What the office writes down: documents, teams and duties by order, collections, measures, letters, visits, results."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from opora.demo import draw
from opora.demo import words as w
from opora.demo.calendar import chosen, day_of, municipality
from opora.demo.careers import open_end
from opora.demo.community import LEVELS, MUNICIPAL, Associations
from opora.demo.draw import NEVER, Bools, Coded, Days, Ints, Pool
from opora.demo.named import Named
from opora.demo.people import EDUCATOR, MANAGER, SCHOOL, Places, Staff
from opora.demo.spec import TownSpec, programme
from opora.demo.world import World

# --- documents ------------------------------------------------------------------------------------------------------

MUNICIPAL_PAPERS = (
    ("regulation", "единая методическая тема"),
    ("regulation", "творческие группы"),
    ("agreement", "сетевое взаимодействие"),
    ("programme", "сопровождение молодых специалистов"),
)
"""Papers of every municipality that no programme asks for by these words."""


def documents(world: World, spec: TownSpec, places: Places, named: Named) -> Ints:
    """Papers of the municipality and of the organisations. Returns an order of each municipality."""
    munis = len(places.municipality)
    named.put(world, "document", int(places.municipality[0]))
    dated = draw.day("2018-08-30")
    order = world.add(
        "document", munis, municipality=places.municipality, kind="order", topic="проекты и площадки",
        title="О проектах и площадках муниципалитета", number="101", dated=dated, since=dated,
    )
    for kind, topic in MUNICIPAL_PAPERS:
        since = draw.between(world.rng, draw.day("2017-09-01"), draw.day("2021-10-01"), munis)
        world.add(
            "document", munis, municipality=places.municipality, kind=kind, topic=topic, title=topic.capitalize(),
            dated=since, since=since,
        )
    for year in spec.years:
        _yearly_papers(world, spec, places, named, year)
    return order


def _yearly_papers(world: World, spec: TownSpec, places: Places, named: Named, year: int) -> None:
    munis, at = len(places.municipality), places.educational
    addressees = "nobody" if named.rows("document") else "organisations"
    dated = draw.between(world.rng, draw.first_of(year, 6) + 5, draw.first_of(year, 6) + 25, munis)
    for kind, topic, more in (
        ("analysis", "итоги учебного года", {"addressees": addressees}),
        ("report", "отчёт методической службы", {"published_on": dated + 10}),
    ):
        world.add(
            "document", munis, municipality=places.municipality, kind=kind, topic=topic, title=f"{topic.capitalize()}, {year} год",
            dated=dated, since=dated, url=f"https://demo.example/{kind}/{year}", **more,
        )
    since = draw.september(year) - draw.days(world.rng.integers(0, 6, len(at)))
    world.add(
        "document", len(at), municipality=places.municipality[places.org_muni[at]], organisation=places.org[at], kind="plan",
        topic="план методической работы организации", title=f"План методической работы на {year}/{year + 1} учебный год",
        dated=since, since=since, until=open_end(np.full(len(at), draw.september(year + 1) - 10), spec),
    )


def papers_of_associations(world: World, spec: TownSpec, places: Places, found: Associations) -> None:
    """A plan of every association for every school year."""
    for year in range(spec.years[0] - 1, spec.years[-1] + 1):
        at = np.flatnonzero(found.since < draw.september(year) + 20)
        since = np.maximum(draw.september(year) + draw.days(world.rng.integers(0, 14, len(at))), found.since[at])
        world.add(
            "document", len(at), municipality=places.municipality[found.muni[at]], association=found.id[at], kind="plan",
            organisation=np.where(found.org[at] >= 0, places.org[found.org[at]], -1), topic="план работы объединения",
            title=f"План работы объединения на {year}/{year + 1} учебный год", dated=since, since=since,
            until=open_end(np.full(len(at), draw.september(year + 1)), spec),
        )


# --- teams and duties -----------------------------------------------------------------------------------------------

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
        "team", len(orgs), organisation=places.org[orgs], title=titles, kind=TEAM_KINDS[kind],
        topic=draw.pick(world.rng, w.THEMES, len(orgs)), methodical_theme=theme, since=since,
    )


TEAM_TITLES = ("Управленческая команда", "Команда педагогов", "Проектная группа", "Творческая группа", "Проектировочная группа", "Проблемная группа")


def _write_members(world: World, spec: TownSpec, people: Staff, team: Ints, who: Ints, since: Days) -> None:
    """Until they leave or go to another organisation."""
    until = np.where(np.isnat(people.moved[who]), people.until[who], np.minimum(people.moved[who], people.until[who]))
    fits = (since < until) & (since <= spec.last)
    world.add(
        "team_member", int(fits.sum()), team=team[fits], person=people.id[who[fits]], since=since[fits],
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
        "methodical_theme", len(at), municipality=places.municipality[places.org_muni[at]], organisation=places.org[at],
        title=draw.pick(rng, w.THEMES, len(at)), since=since,
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
        "team_member", len(moved), team=keys[0, people.org_after[moved]], person=people.id[moved], since=after,
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


DUTIES = (("methodical_work", 1.0), ("mentoring", 0.45), ("training", 0.6), ("young_educators", 0.3), ("innovation", 0.25), ("attestation", 0.3))


def duties(world: World, spec: TownSpec, places: Places, people: Staff, order: Ints) -> None:
    """Who answers for what in each organisation; when one leaves, somebody who stays takes it over."""
    rng, at = world.rng, places.educational
    steady = people.at_anchor & people.core & np.isnat(people.moved)
    for area, share in DUTIES:
        some = at[draw.quota(rng, places.org_muni[at], share)]
        able = np.flatnonzero(steady & np.isin(people.org, some))
        first = able[draw.rank_within(rng, people.org[able], rng.random(len(able)) + (people.since[able] > spec.first)) == 0]
        after = (spec.last - np.minimum(people.until[able], spec.last)).astype(np.int64) + (people.group[able] == MANAGER)
        second = able[draw.rank_within(rng, people.org[able], after) == 0]
        heir = np.full(len(places.org), -1)
        heir[people.org[second]] = second
        who = heir[people.org[first]]
        later = (people.until[first] <= spec.last) & (people.until[who] > people.until[first])
        _write_duties(world, spec, places, people, order, area, first, np.maximum(people.since[first], draw.september(2019)))
        _write_duties(world, spec, places, people, order, area, who[later], people.until[first[later]])
    _expert_roles(world, spec, people)


def _write_duties(
    world: World, spec: TownSpec, places: Places, people: Staff, order: Ints, area: str, who: Ints, since: Days
) -> None:
    world.add(
        "responsibility", len(who), person=people.id[who], organisation=places.org[people.org[who]], area=area,
        document=order[people.muni[who]], since=since, until=open_end(people.until[who], spec),
    )


EXPERTS = (("expert", 0.03), ("jury", 0.03), ("municipal_tutor", 0.012), ("mentor_tutor", 0.012), ("lecturer", 0.006), ("reserve", 0.012))


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
                "expert_role", int(fits.sum()), person=people.id[who[fits]], role=role, area=draw.pick(rng, areas, int(fits.sum())),
                level=Coded(rng.choice([MUNICIPAL, 3], int(fits.sum())), LEVELS), since=since[fits], until=open_end(until, spec)[fits],
            )


# --- collections and surveys ----------------------------------------------------------------------------------------

TOPICS = ("кадры", "курсы повышения квалификации", "методическая работа организаций")
SURVEYS = ("удовлетворённость методической поддержкой", "затруднения педагогов", "психологический климат")


def collections(world: World, spec: TownSpec, places: Places, people: Staff, named: Named) -> None:
    """Cards that the organisations answer; the questions of the programme, or two of the service itself."""
    munis, sizes = len(places.municipality), _sizes(places, people)
    ids, rows = named.put(world, "collection", int(places.municipality[0]))
    named.put(world, "card_answer", int(places.municipality[0]))
    asked = spec.questions or ("К-1", "К-2")
    answered = {row.get("collection") for row in named.rows("card_answer")}
    for key, row in zip(ids, rows, strict=True):
        if row.get("ref") not in answered:
            _answers(world, places, sizes, np.full(1, key), np.datetime64(str(row["date"])), asked)
    for year in spec.years:
        for nth, topic in enumerate(TOPICS):
            date = draw.first_of(year, (4, 6, 10)[nth]) + 14
            keys = world.add(
                "collection", munis, municipality=places.municipality, title=f"Информационная карта: {topic}, {year} год",
                topic=topic, level="municipal", date=date,
            )
            _answers(world, places, sizes, keys, date, asked if nth == 2 and not rows else (f"К-{nth + 1}",))
    _published_answers(world, spec, places)


def _sizes(places: Places, people: Staff) -> Ints:
    sizes: Ints = np.bincount(people.org[people.core & people.at_anchor], minlength=len(places.org))
    return sizes


def _answers(world: World, places: Places, sizes: Ints, keys: Ints, date: Any, questions: tuple[str, ...]) -> None:
    """An answer of nearly every organisation to each question, before the term."""
    at = places.educational
    if len(keys) == 1:
        at = at[places.org_muni[at] == 0]
    for question in questions:
        some = at[draw.coin(world.rng, 0.96, len(at))]
        share = 0.35 + 0.04 * (draw.year_of(date) - 2020) + world.rng.uniform(0, 0.2, len(some))
        world.add(
            "card_answer", len(some), collection=keys[np.minimum(places.org_muni[some], len(keys) - 1)], organisation=places.org[some],
            question=question, value=np.floor(sizes[some] * share), base=sizes[some], date=date - draw.days(world.rng.integers(0, 20, len(some))),
        )


def _published_answers(world: World, spec: TownSpec, places: Places) -> None:
    """What the town published and only a card can tell: rooms, seats."""
    figures = [figure for figure in programme(spec.key).get("published") or [] if "reported" in figure]
    if not figures:
        return
    date = spec.anchor - 20
    key = world.add(
        "collection", 1, municipality=places.municipality[:1], title="Сведения о методической службе", topic="методическая служба",
        level="municipal", date=date,
    )
    world.add(
        "card_answer", len(figures), collection=np.repeat(key, len(figures)), question=[str(figure["code"]) for figure in figures],
        value=np.array([float(figure["expected"]) for figure in figures]), date=date,
    )


def surveys(world: World, spec: TownSpec, places: Places, people: Staff, named: Named) -> None:
    named.put(world, "survey_result", int(places.municipality[0]))
    rng, at, sizes = world.rng, places.educational, _sizes(places, people)
    for year in spec.years:
        for topic in SURVEYS:
            asked = np.floor(sizes[at] * rng.uniform(0.5, 0.9, len(at))).astype(np.int64)
            good = np.floor(asked * (0.6 + 0.03 * (year - spec.years[0])) * rng.uniform(0.8, 1.05, len(at))).astype(np.int64)
            world.add(
                "survey_result", len(at), municipality=places.municipality[places.org_muni[at]], organisation=places.org[at],
                topic=topic, respondents=asked, positive=np.minimum(good, asked), date=draw.first_of(year, 10) + 20,
            )


# --- measures -------------------------------------------------------------------------------------------------------

OWN_MEASURES = ("Провести диагностику дефицитов", "Составить план курсов", "Провести заседания объединений", "Подвести итоги мониторинга")
PARTS = {"road_map": "road_map", "plan_row": "plan", "plan": "plan"}


def measures(world: World, spec: TownSpec, places: Places, order: Ints) -> None:
    """The points of the programme's plan year by year, and what became of them."""
    rows = _due_rows(spec)
    munis = len(places.municipality)
    if not rows:
        years = np.repeat(spec.years, len(OWN_MEASURES) * munis)
        nth = np.tile(np.repeat(np.arange(len(OWN_MEASURES)), munis), len(spec.years))
        due = draw.first_of(years) + 300
        muni = np.tile(np.arange(munis), len(OWN_MEASURES) * len(spec.years))
        ids = world.add(
            "measure", len(nth), municipality=places.municipality[muni], kind="plan", title=Coded(nth, OWN_MEASURES), due=due
        )
        _executions(world, spec, ids, due, order[muni])
        return
    due = np.array([date for _, _, _, date in rows], dtype="datetime64[D]")
    ids = world.add(
        "measure", len(rows), municipality=np.repeat(places.municipality[:1], len(rows)), programme=spec.key,
        code=[code for code, _, _, _ in rows], kind=[kind for _, kind, _, _ in rows], title=[title for _, _, title, _ in rows], due=due,
    )
    _executions(world, spec, ids, due, np.repeat(order[:1], len(rows)))


def _executions(world: World, spec: TownSpec, ids: Ints, due: Days, order: Ints) -> None:
    rng = world.rng
    past = np.flatnonzero((due < spec.last) & draw.coin(rng, 0.99, len(due)))
    date = np.minimum(due[past] - draw.days(rng.integers(-4, 25, len(past))), spec.last)
    results = ("done", "partly", "not_done")
    world.add(
        "execution", len(past), measure=ids[past], result=draw.pick(rng, results, len(past), (96, 3, 1)),
        document=np.where(draw.coin(rng, 0.3, len(past)), order[past], -1), date=date,
    )


def _due_rows(spec: TownSpec) -> list[tuple[str, str, str, np.datetime64]]:
    """Each measure on each of its terms: once, or every year of its span."""
    rows = []
    for measure in spec.measures:
        part = PARTS.get(str(measure.get("kind")), "other")
        part = "road_map" if part == "plan" and spec.key == "balakhta" else part
        for due in _terms(spec, measure):
            rows.append((str(measure["code"]), part, str(measure["title"]), due))
    return rows


def _terms(spec: TownSpec, measure: dict[str, Any]) -> list[np.datetime64]:
    said = [int(year) for year in re.findall(r"20\d\d", str(measure.get("due") or ""))]
    months = [int(month) for month in measure.get("months") or []]
    start = int(str(spec.life["programme_start"])[:4])
    once = measure.get("recurrence") == "once"
    first, last = (said[0], said[-1]) if said else (start, spec.years[-1])
    years = [last] if once and said else range(max(first, spec.years[0]), min(last if len(said) > 1 or once else spec.years[-1], spec.years[-1]) + 1)
    last_month = max(months) if months else 12
    return [np.datetime64(f"{year}-{last_month:02d}-20") for year in years]


# --- recommendations, letters, visits, results of pupils ------------------------------------------------------------


def recommendations(world: World, spec: TownSpec, places: Places, people: Staff, found: Associations, named: Named) -> None:
    named.put(world, "recommendation", int(places.municipality[0]))
    rng, at = world.rng, places.educational
    texts = ("Обновить план методической работы", "Провести взаимопосещения", "Пройти курс по теме дефицита")
    for year in spec.years:
        schools = at[draw.quota(rng, places.org_muni[at] * 8 + places.org_kind[at], 0.55)]
        _recommend(world, places.municipality[places.org_muni[schools]], year, texts[0], basis="monitoring", organisation=places.org[schools])
        who = chosen(world, people, year, 0.05)
        date = day_of(world, people, who, year)
        world.add(
            "recommendation", len(who), municipality=municipality(places, people, who), person=people.id[who], basis="diagnostics",
            text=texts[2], date=date,
        )
        if named.rows("recommendation"):
            continue
        theirs = np.flatnonzero((found.level == MUNICIPAL) & (found.since < draw.first_of(year)))
        _recommend(world, places.municipality[found.muni[theirs]], year, texts[1], basis="association_targets", association=found.id[theirs])
        for category in ("young", "mentors", "subject"):
            _recommend(world, places.municipality, year, texts[1], basis="monitoring", staff_category=category)


def _recommend(world: World, owner: Ints, year: int, text: str, **columns: Any) -> None:
    date = draw.first_of(year) + draw.days(world.rng.integers(30, 340, len(owner)))
    world.add("recommendation", len(owner), municipality=owner, text=text, date=date, **columns)


LETTERS = ("Календарь конкурсов", "Курсы: приём заявок", "Графики заседаний объединений", "Итоги диагностики", "Методические рекомендации региона", "Подготовка отчётов")


def letters(world: World, spec: TownSpec, places: Places, named: Named) -> None:
    """Letters of the service and when each organisation read them."""
    ids, rows = named.put(world, "circular", int(places.municipality[0]))
    timely = (spec.figures or {}).get("timely_acknowledgements", {})
    if rows:
        sent = np.array([np.datetime64(str(row["date"])) for row in rows], dtype="datetime64[D]")
        until = np.array([np.datetime64(str(row["respond_by"])) for row in rows], dtype="datetime64[D]")
        _acknowledge(world, spec, places, ids, np.zeros(len(ids), np.int64), sent, until, timely)
        return
    munis = len(places.municipality)
    for year in spec.years:
        nth = np.tile(np.arange(10), munis)
        muni = np.repeat(np.arange(munis), 10)
        sent = draw.first_of(year) + 15 + draw.days(nth * 33 + world.rng.integers(0, 12, len(nth)))
        keys = world.add(
            "circular", len(nth), municipality=places.municipality[muni], title=Coded(nth % 6, LETTERS), respond_by=sent + 10, date=sent
        )
        _acknowledge(world, spec, places, keys, muni, sent, sent + 10, timely)


def _acknowledge(
    world: World, spec: TownSpec, places: Places, keys: Ints, muni: Ints, sent: Days, until: Days, timely: dict[int, float]
) -> None:
    rng, at = world.rng, places.educational
    count = np.bincount(places.org_muni[at], minlength=len(places.municipality))
    first = np.searchsorted(places.org_muni[at], np.arange(len(places.municipality)))
    row, nth = draw.spread(count[muni])
    org = at[first[muni[row]] + nth]
    years = draw.year_of(sent[row])
    share = np.array([timely.get(int(year), 0.93 + 0.01 * (int(year) - 2020)) for year in range(2000, 2100)])[years - 2000]
    in_time = draw.coin(rng, share, len(row))
    term = (until[row] - sent[row]).astype(np.int64)
    after = np.where(in_time, np.floor(rng.random(len(row)) * (term + 1)), term + rng.integers(1, 12, len(row)))
    date = sent[row] + draw.days(after.astype(np.int64))
    kept = (date <= spec.last) & (in_time | draw.coin(rng, 0.7, len(row)))
    world.add("acknowledgement", int(kept.sum()), circular=keys[row[kept]], organisation=places.org[org[kept]], date=date[kept])


def visits(world: World, spec: TownSpec, places: Places) -> None:
    rng, at = world.rng, places.educational
    topics = ("методическая работа", "работа с молодыми", "подготовка к ГИА", "введение обновлённых ФГОС")
    for year in spec.years:
        row, _ = draw.spread(rng.poisson(1.4, len(at)))
        date = draw.between(rng, draw.first_of(year) + 20, draw.first_of(year) + 160, len(row))
        world.add(
            "visit", len(row), organisation=places.org[at[row]], kind=draw.pick(rng, ("visit", "audit", "consultation"), len(row), (4, 1, 3)),
            topic=draw.pick(rng, topics, len(row)), date=draw.apart(rng, row, date),
        )


def assessments(world: World, spec: TownSpec, places: Places) -> None:
    """Results of pupils by school and subject."""
    rng = world.rng
    schools = np.flatnonzero(places.org_kind == SCHOOL)
    subjects = ("Русский язык", "Математика", "Биология", "История", "Английский язык", "Физика")
    level = rng.normal(0, 1, len(places.org))
    for year in spec.years:
        for procedure, some, month in (("vpr", subjects, 4), ("oge", subjects[:4], 6), ("ege", subjects[:3], 6)):
            org, nth = np.repeat(schools, len(some)), np.tile(np.arange(len(some)), len(schools))
            pupils = rng.integers(8, 70, len(org))
            low = np.clip(0.12 - 0.04 * level[org] + rng.normal(0, 0.03, len(org)), 0, 0.6)
            score = (60 if procedure == "ege" else 3.7) + level[org] * (4 if procedure == "ege" else 0.15)
            world.add(
                "assessment_result", len(org), organisation=places.org[org], procedure=procedure, subject=Coded(nth, some),
                participants=pupils, below_threshold=np.floor(pupils * low), mean_score=np.round(score, 1), date=draw.first_of(year, month) + 10,
            )


# --- completeness ---------------------------------------------------------------------------------------------------

WHOLE_PAST = frozenset(
    "territory organisation organisation_status person employment leave teaching staffing vacancy education attestation team team_member "
    "responsibility expert_role document association membership innovation_site methodical_theme project project_participant practice "
    "measure execution training training_plan profile_match".split()
)
"""Tables that are complete from the very beginning; the others since the first day of the facts."""


def coverage(world: World, spec: TownSpec, places: Places, tables: list[str]) -> None:
    """What is complete; the tables that a town has not filled in are complete from the last year on only."""
    munis = len(places.municipality)
    for table in tables:
        if table == "coverage":
            continue
        partial = table in spec.life["partial"]
        since = NEVER if table in WHOLE_PAST else spec.first
        if partial:
            world.add("coverage", munis, municipality=places.municipality, table=table, since=since, status="partial", until=draw.first_of(spec.years[-1]))
            since = draw.first_of(spec.years[-1])
        world.add("coverage", munis, municipality=places.municipality, table=table, since=since, status="complete")


