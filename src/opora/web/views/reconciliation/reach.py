"""Whose form one may compare and fill in: the service of her towns, a coordinator of her organisations."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from opora.access.roles import SERVICE, Role
from opora.access.seeing import Standing, visible_to
from opora.cycle.oo1.lines import last_year
from opora.people.models import Organisation
from opora.web.forms import number_in

FIRST_YEAR = 2016
"""The form is younger; earlier years are slips of the pen."""


def reconciled(standing: Standing) -> QuerySet[Organisation]:
    own = [grant.organisation_id for grant in standing.of([Role.COORDINATOR])]
    hers = Q(municipality__in=standing.territories(SERVICE)) | Q(pk__in=own)
    return visible_to(standing, Organisation).filter(hers, archived_at__isnull=True)


def organisation_of(standing: Standing, pk: int, year: int) -> Organisation:
    if year not in years_of(standing):
        raise Http404("Такого года нет")
    return get_object_or_404(reconciled(standing), pk=pk)


def years_of(standing: Standing) -> range:
    return range(FIRST_YEAR, last_year(standing.on) + 1)


def year_asked(standing: Standing, asked: str) -> int:
    """The year that the address names, else that of the latest form."""
    years = years_of(standing)
    year = number_in(asked)
    return year if year is not None and year in years else years[-1]
