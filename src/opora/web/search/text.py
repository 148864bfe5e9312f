"""Conditions on texts of the database.

They look through the rows that their reader may see. No index could help: under row-level security PostgreSQL lets
only operators that it knows to be leakproof use one, and none that looks into a text is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import reduce
from operator import and_, or_

from django.db.models import F, Func, Q, TextField
from django.db.models.expressions import Combinable

from opora.web.search.query import Query
from opora.web.search.stems import Stems, is_number, telling


class Folded(Func):
    """As ``query.folded``."""

    template = "translate(lower(%(expressions)s), 'ё', 'е')"
    output_field = TextField()


class Words(Func):
    """The words of columns, each with a space before and after it."""

    _folded = "translate(lower(concat_ws(' ', %(expressions)s)), 'ё', 'е')"
    template = f"' ' || regexp_replace({_folded}, '[^[:alnum:]]+', ' ', 'g') || ' '"
    output_field = TextField()


class Names(Func):
    """The same of names, where nothing but hyphens joins words: four times as fast, and there are many people."""

    template = "' ' || translate(lower(concat_ws(' ', %(expressions)s)), 'ё-', 'е ')"
    output_field = TextField()


def words_of(*columns: str | Combinable) -> Words:
    return Words(*(F(column) if isinstance(column, str) else column for column in columns))


def saying(field: str, query: Query, stems: Stems) -> Q:
    """``field`` holds ``Words``; in one of the readings each stem begins a word of it."""
    return any_of([all_of([_begins(field, stem) for stem in reading]) for reading in telling(query, stems)])


def any_of(conditions: Sequence[Q]) -> Q:
    return reduce(or_, conditions, Q(pk__in=[]))


def all_of(conditions: Collection[Q]) -> Q:
    return reduce(and_, conditions, Q())


def _begins(field: str, stem: str) -> Q:
    return Q(**{f"{field}__contains": f" {stem} " if is_number(stem) else f" {stem}"})
