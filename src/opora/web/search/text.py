"""Conditions on texts of the database.

They look through the rows that their reader may see. No index could help: under row-level security PostgreSQL lets
only operators that it knows to be leakproof use one, and none that looks into a text is. So what takes long, folding
texts, is done when they are written (``Kept``), and what costs more is asked last.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import F, Func, Q, TextField
from django.db.models.expressions import Col, Combinable

from opora.registry.folding import folded_sql
from opora.registry.protection import FOLDED
from opora.web.search.query import Query
from opora.web.search.stems import Stems, is_number, telling


class Folded(Func):
    """As ``registry.folding.folded``."""

    template = folded_sql("%(expressions)s")
    output_field = TextField()


class Kept(F):
    """The same of a column beside which the database keeps it (``registry.protection.folded``)."""

    def resolve_expression(self, *args: Any, **given: Any) -> Any:
        column: Any = super().resolve_expression(*args, **given)
        field: Any = TextField()
        field.model = column.target.model
        field.set_attributes_from_name(f"{column.target.column}{FOLDED}")
        return Col(column.alias, field)


class Words(Func):
    """The words of columns, each with a space before and after it."""

    _folded = folded_sql("concat_ws(' ', %(expressions)s)")
    template = f"' ' || regexp_replace({_folded}, '[^[:alnum:]]+', ' ', 'g') || ' '"
    output_field = TextField()


class Names(Func):
    """The same of folded names, where nothing but hyphens joins words: much faster, and there are many people."""

    template = "' ' || replace(concat_ws(' ', %(expressions)s), '-', ' ')"
    output_field = TextField()


class Joined(Func):
    """Folded texts as one: what is not in it is no word of them."""

    template = "concat_ws(' ', %(expressions)s)"
    output_field = TextField()


def words_of(*columns: str | Combinable) -> Words:
    return Words(*(F(column) if isinstance(column, str) else column for column in columns))


def saying(field: str, query: Query, stems: Stems) -> Q:
    """``field`` holds ``Words``; in one of the readings each stem begins a word of it."""
    return any_of([all_of([begins(field, stem) for stem in reading]) for reading in telling(query, stems)])


def any_of(conditions: Sequence[Q]) -> Q:
    return reduce(or_, conditions, Q(pk__in=[]))


def all_of(conditions: Collection[Q]) -> Q:
    return reduce(and_, conditions, Q())


def begins(field: str, stem: str) -> Q:
    return Q(**{f"{field}__contains": f" {stem} " if is_number(stem) else f" {stem}"})
