"""The people of an organisation on a day, a line each, in as many queries as there are tables."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import QuerySet

from opora.access.seeing import Standing, visible_to
from opora.community.models import Membership
from opora.indicators.periods import shifted
from opora.learning.expiry import YEARS_OF_A_BEGINNER, Term, course_terms
from opora.learning.models import Deficit, Mentorship, Training
from opora.papers.words import sort_key
from opora.people.domain.attestation import lawful_end
from opora.people.models import Attestation, Employment, Leave, Organisation, Person, Teaching
from opora.registry.batch.words import described
from opora.registry.models import Row, State

R = TypeVar("R", bound=Row)
S = TypeVar("S", bound=State)
_RANKS = ("highest", "first", "methodist", "mentor", "conformity", "nonconformity")
"""Of several results that hold, the first of these is told."""


@dataclass
class Worker:
    person: Person
    name: str
    jobs: list[Employment] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    category: Attestation | None = None
    course: Term | None = None
    """When three years since her last course are over."""
    deficits: list[Deficit] = field(default_factory=list)
    """Those not closed."""
    mentored: bool = False
    associations: list[str] = field(default_factory=list)

    @property
    def posts(self) -> str:
        return posts_of(self.jobs)

    @property
    def educator(self) -> bool:
        return any(job.staff_group == "educator" for job in self.jobs)

    @property
    def visiting(self) -> bool:
        """She has her main job elsewhere."""
        return bool(self.jobs) and all(job.kind == "external" for job in self.jobs)

    def beginner(self, on: dt.date) -> bool:
        begun = self.person.career_start
        return self.educator and begun is not None and shifted(begun, YEARS_OF_A_BEGINNER, "year") > on

    def years(self, on: dt.date) -> int | None:
        """Full years of pedagogical work."""
        begun = self.person.career_start
        return None if begun is None else max(on.year - begun.year - ((on.month, on.day) < (begun.month, begun.day)), 0)


def staff_of(standing: Standing, organisation: Organisation, on: dt.date) -> list[Worker]:
    """By name. ``standing``: of one who sees the organisation from ``inside``."""
    jobs = (
        visible_to(standing, Employment)
        .filter(organisation=organisation)
        .filter(State.holding(on))
        .select_related("person")
    )
    workers: dict[int, Worker] = {}
    for job in jobs.order_by("pk"):
        worker = workers.setdefault(job.person_id, Worker(job.person, described(job.person)))
        worker.jobs.append(job)
    _fill(standing, organisation, workers, on)
    return sorted(workers.values(), key=lambda worker: sort_key(worker.name))


def posts_of(jobs: Iterable[Employment]) -> str:
    """As they are called in her papers, or by the nomenclature; each once."""
    return ", ".join(dict.fromkeys(str(job.position or job.get_post_display()) for job in jobs))


def by_area(workers: Iterable[Worker]) -> list[tuple[str, Sequence[Worker]]]:
    """Who needs what: deficits that are not closed, those of most people first."""
    return _gathered((deficit_words(one), worker) for worker in workers for one in worker.deficits)


def by_association(workers: Iterable[Worker]) -> list[tuple[str, Sequence[Worker]]]:
    """Who of them is a member of what."""
    return _gathered((title, worker) for worker in workers for title in worker.associations)


def deficit_words(deficit: Deficit) -> str:
    area = str(deficit.get_area_display() or "область не указана")
    return f"{area}: {deficit.subject}" if deficit.subject else area


def categories(workers: Iterable[Worker]) -> list[tuple[str, int]]:
    """Of educators, in the order of rank; of whom nothing is known, last."""
    found = Counter(worker.category.category if worker.category else "" for worker in workers if worker.educator)
    words = dict(Attestation._meta.get_field("category").choices or ())
    ranked = [(str(words[rank]), found[rank]) for rank in _RANKS if found[rank]]
    return [*ranked, ("не внесено", found[""])] if found[""] else ranked


def _gathered(pairs: Iterable[tuple[str, Worker]]) -> list[tuple[str, Sequence[Worker]]]:
    """Each worker once under the same words, the longest list first."""
    found: dict[str, dict[int, Worker]] = defaultdict(dict)
    for words, worker in pairs:
        found[words][worker.person.pk] = worker
    listed = [(words, list(those.values())) for words, those in found.items()]
    return sorted(listed, key=lambda pair: (-len(pair[1]), sort_key(pair[0])))


def _fill(standing: Standing, organisation: Organisation, workers: dict[int, Worker], on: dt.date) -> None:
    for lesson in (
        _of(standing, Teaching, workers).filter(organisation=organisation).filter(State.holding(on)).order_by("pk")
    ):
        worker = workers[lesson.person_id]
        worker.subjects.extend({lesson.subject} - {*worker.subjects})
    for result in _of(standing, Attestation, workers).filter(State.holding(on)).order_by("pk"):
        worker, ends = workers[result.person_id], lawful_end(result.category, result.since)
        if (ends is None or ends > on) and (worker.category is None or _rank(result) < _rank(worker.category)):
            worker.category = result
    for term in course_terms(_of(standing, Training, workers), _of(standing, Leave, workers), on):
        workers[term.person].course = term
    for deficit in _of(standing, Deficit, workers).filter(archived_at=None, closed_on=None).order_by("pk"):
        workers[deficit.person_id].deficits.append(deficit)
    memberships = _of(standing, Membership, workers).filter(State.holding(on)).select_related("association")
    for membership in memberships.order_by("pk"):
        workers[membership.person_id].associations.append(membership.association.title)
    mentored = visible_to(standing, Mentorship).filter(mentee__in=workers).filter(State.holding(on))
    for person in mentored.values_list("mentee", flat=True):
        workers[person].mentored = True


def _of(standing: Standing, model: type[R], workers: dict[int, Worker]) -> QuerySet[R]:
    return visible_to(standing, model).filter(person__in=workers)


def _rank(result: Attestation) -> int:
    return _RANKS.index(result.category)
