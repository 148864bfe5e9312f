"""Indicators of the programmes in force in the reader's territories."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from opora.access.seeing import Standing
from opora.access.territories import above
from opora.cycle.domain.programme import programme_of
from opora.cycle.models import ProgrammeTerm, ProgrammeVersion
from opora.cycle.queue import sound
from opora.people.models import Territory
from opora.web.number_rights import SEES_NUMBERS, places_of
from opora.web.search.found import Found, Hit, of_list
from opora.web.search.query import Query
from opora.web.search.stems import Stems, is_code, says


def indicators(standing: Standing, query: Query, stems: Stems, start: int, size: int) -> Found:
    if standing.roles.isdisjoint(SEES_NUMBERS):
        return Found()
    return of_list([*_hits(standing, query, stems)], start, size)


def _hits(standing: Standing, query: Query, stems: Stems) -> Iterator[Hit]:
    for version in _in_force(standing):
        for one in programme_of(version).indicators:
            if is_code(one.code, query) or says(f"{one.code} {one.title}", query, stems):
                url = reverse("indicator", args=[version.pk, one.code])
                yield Hit(f"{one.code}. {one.title}", url, version.title)


def _in_force(standing: Standing) -> list[ProgrammeVersion]:
    """In any of her places, in as many queries for one as for forty. A town's own goes before its region's."""
    places = [place.pk for place in places_of(standing)]
    reached = set().union(*above(places).values())
    parents = dict(Territory.objects.filter(pk__in=reached).values_list("pk", "parent_id"))
    terms = ProgrammeTerm.objects.filter(municipality__in=reached, since__lte=standing.on).order_by("since")
    latest = {(term.municipality_id, term.key): term.version for term in terms.select_related("version")}
    found: dict[int, ProgrammeVersion] = {}
    for place in places:
        nearest: dict[str, ProgrammeVersion] = {}
        here: int | None = place
        while here is not None:
            for (keeper, key), version in latest.items():
                if keeper == here:
                    nearest.setdefault(key, version)
            here = parents[here]
        found |= {version.pk: version for version in nearest.values() if sound(version)}
    return [found[pk] for pk in sorted(found)]
