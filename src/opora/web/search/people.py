"""People by their names: as typed, then as somebody may have meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse

from opora.access.seeing import Standing, visible_to
from opora.people.models import Employment, Person
from opora.privacy.reading import log_reading
from opora.registry.batch.words import described
from opora.web.search.found import Found, Hit, of_rows
from opora.web.search.query import Query, initials_of, slips_of
from opora.web.search.stems import Stems
from opora.web.search.text import Kept, Names, all_of, any_of

COLUMNS = ("last_name", "first_name", "patronymic")


def people(standing: Standing, query: Query, stems: Stems, start: int, size: int) -> Found:
    """Who is shown is logged: that is reading, too."""
    exact = _found(standing, _rows(standing).filter(_named(query)), query, start, size)
    if exact.count:
        return exact
    near = _found(standing, _rows(standing).filter(_nearly(query, stems)), query, start, size)
    return Found(near.hits, near.count, near=True)


def _rows(standing: Standing) -> QuerySet[Person]:
    seen = visible_to(standing, Person).filter(archived_at__isnull=True)
    names = {f"{column}_kept": Kept(column) for column in COLUMNS}
    return seen.alias(names=Names(*map(Kept, COLUMNS)), **names)


def _named(query: Query) -> Q:
    """Each word begins a part of the name."""
    return any_of([all_of([*_initials(reading), *map(_begins, _whole(reading))]) for reading in query.readings])


def _nearly(query: Query, stems: Stems) -> Q:
    """The same without endings, or with a slip in any word."""
    return any_of(
        [
            all_of([*_initials(reading), *(_begins(stems[word] or word) | _slipped(word) for word in _whole(reading))])
            for reading in query.readings
        ]
    )


def _whole(reading: tuple[str, ...]) -> Iterable[str]:
    letters = initials_of(reading)
    return [word for word in reading if word not in letters]


def _initials(reading: tuple[str, ...]) -> list[Q]:
    columns = ("first_name_kept", "patronymic_kept")
    return [Q(**{f"{column}__startswith": one}) for column, one in zip(columns, initials_of(reading), strict=False)]


def _begins(word: str) -> Q:
    return Q(names__contains=f" {word}")


def _slipped(word: str) -> Q:
    slips = sorted(slips_of(word))
    return any_of([Q(**{f"{column}_kept__in": slips}) for column in COLUMNS])


def _found(standing: Standing, rows: QuerySet[Person], query: Query, start: int, size: int) -> Found:
    first = any_of([Q(last_name_kept__startswith=word) for word in sorted(query.words) if len(word) > 1])
    by_surname = Case(When(first, then=Value(0)), default=Value(1), output_field=IntegerField())
    order = (by_surname, "last_name_kept", "first_name_kept", "patronymic_kept", "pk")
    return of_rows(rows.order_by(*order), lambda page: _told(standing, page), start, size)


def _told(standing: Standing, page: Sequence[Person]) -> list[Hit]:
    works = _works(standing, page)
    log_reading([one.pk for one in page], by=standing.actor, what="поиск", own=standing.user.person_id)
    return [Hit(described(one), reverse("person", args=[one.pk]), works.get(one.pk, "")) for one in page]


def _works(standing: Standing, page: Sequence[Person]) -> dict[int, str]:
    """Where each works now, the main job of all: namesakes are told apart by it."""
    today = Q(until__isnull=True) | Q(until__gt=standing.on)
    jobs = visible_to(standing, Employment).filter(today, person__in=[one.pk for one in page], archived_at__isnull=True)
    found: dict[int, str] = {}
    for job in sorted(jobs.select_related("organisation"), key=lambda one: (one.kind != "main", one.pk)):
        found.setdefault(job.person_id, f"{job.position or job.get_post_display()}, {job.organisation.title}")
    return found
