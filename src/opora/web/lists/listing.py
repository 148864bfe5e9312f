"""A table of the dataset as a list: its columns, how they sort, where words are looked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from django.db.models import ForeignKey, Model, Q, QuerySet
from django.urls import reverse

from opora.access.seeing import Standing, visible_to
from opora.access.seeing.concerns import CONCERNS
from opora.access.seeing.sights import SIGHTS
from opora.indicators.dataset.schema import Column as Told
from opora.indicators.dataset.schema import Kind, Time
from opora.people.models import Organisation, Person
from opora.registry.batch.columns import columns_of
from opora.registry.batch.words import described
from opora.registry.batch.words import shown as written
from opora.registry.folding import folded
from opora.registry.models import Row
from opora.web.concealed import SOMEBODY, conceal
from opora.web.declared import Declared
from opora.web.layout.cells import Link
from opora.web.layout.table import Column
from opora.web.search.text import Folded, Kept, any_of

MOST = 7
"""Columns of a list on a page; its workbook has all of them."""
_NAMES = ("last_name", "first_name", "patronymic")
_LEFT_OUT = {"municipality", "observed_on"}


@dataclass(frozen=True)
class Listing(Declared):
    @cached_property
    def told(self) -> dict[str, Told]:
        """Its columns by the names of the fields: whom it is about first, its day among those that a page shows."""
        model: type[Row] = self.model
        found = {name: told for name, told in columns_of(model).items() if name not in _LEFT_OUT}
        ordered = sorted(found, key=lambda name: found[name].kind is not Kind.REF or found[name].to != "person")
        if self.day and ordered.index(self.day) >= MOST:
            ordered.remove(self.day)
            ordered.insert(MOST - 1, self.day)
        return {name: found[name] for name in ordered}

    @cached_property
    def refs(self) -> list[str]:
        """Fields that lead to other rows: read together with the rows."""
        fields = self.model._meta.get_fields()
        return [field.name for field in fields if isinstance(field, ForeignKey) and field.name in self.told]

    @property
    def day(self) -> str:
        """The field by which rows are dated; empty where there is none."""
        table = self.model.dataset
        return str(table.start) if table.time is not Time.ENTITY else ""

    def seen_by(self, standing: Standing) -> bool:
        """Whether any of her roles sees something of it."""
        return any(SIGHTS[role].of(self.model) for role in standing.roles)

    def rows(self, standing: Standing, *, archived: bool = False) -> QuerySet[Any]:
        """The living ones, or those in the archive."""
        return visible_to(standing, self.model).filter(archived_at__isnull=not archived).select_related(*self.refs)

    def has_archive(self, standing: Standing) -> bool:
        """Whether one of her roles sees what is archived."""
        return any(SIGHTS[role].archive and SIGHTS[role].of(self.model) for role in standing.roles)

    def found(self, rows: QuerySet[Any], sought: str, standing: Standing) -> QuerySet[Any]:
        """Rows with all of these words in their texts, in titles that they refer to, or in names of people: of those
        whom the reader may see, or a search would tell what the list conceals. Capitals and ё make no difference."""
        seen = visible_to(standing, Person)
        for word in folded(sought).split():
            anywhere = _any_holds(self._texts, word)
            for name in self.refs:
                other = self._other(name)
                called = seen if other is Person else other._default_manager.all()
                # Asked once of all that is referred to, not once a row.
                anywhere |= Q(**{f"{name}__in": _holding(called, _titles(other, ""), word)})
            rows = _with_folded(rows, self._texts).filter(anywhere)
        return rows

    def columns(self, standing: Standing) -> tuple[Column[Any], ...]:
        """All that she may see; the first names the row. Whoever sees no people gets no column of names."""
        nameless = not any(SIGHTS[role].of(Person) for role in standing.roles)
        names = [name for name in self.told if not (nameless and name in self._ways)]
        return tuple(self._column(name, self.told[name], head=place == 0) for place, name in enumerate(names))

    def shown(self, rows: Iterable[Any], standing: Standing) -> set[int]:
        """Takes names out of these rows that their reader may not see; those that are left were shown to her."""
        if self.model is Person:
            return {row.pk for row in rows}
        return conceal(rows, self._ways, standing)

    @cached_property
    def _ways(self) -> list[str]:
        """Fields that name people."""
        return [name for name in self.refs if self._other(name) is Person]

    @property
    def _texts(self) -> list[str]:
        return [name for name, told in self.told.items() if told.kind is Kind.TEXT]

    def _other(self, name: str) -> type[Model]:
        found = self.model._meta.get_field(name).related_model
        assert isinstance(found, type)
        return found

    def _column(self, name: str, told: Told, *, head: bool) -> Column[Any]:
        align: Literal["left", "right"] = "right" if told.kind in (Kind.NUMBER, Kind.INTEGER) else "left"
        if name in self.refs:
            sort = tuple(_titles(self._other(name), f"{name}__")[:2]) or (name,)
            return Column(name, told.title, _reference(name), sort=sort, head=head)
        if self.model is Person and name == "last_name":
            return Column(
                name, told.title, lambda row: _link(row, row.last_name or "без фамилии"), sort=_NAMES, head=True
            )
        return Column(name, told.title, _value(name, told), sort=(name,), align=align, head=head)


def _titles(model: type[Model], before: str) -> list[str]:
    """What a row of the model is called by: a name, or a title."""
    if model is Person:
        return [f"{before}{name}" for name in _NAMES]
    return [f"{before}title"] if any(field.name == "title" for field in model._meta.get_fields()) else []


def _holding(rows: QuerySet[Any], columns: Sequence[str], word: str) -> QuerySet[Any]:
    """Ids of those rows that hold the word in one of the columns; none where there is no column."""
    ids: QuerySet[Any] = _with_folded(rows, columns).filter(_any_holds(columns, word)).order_by().values("pk")
    return ids


def _with_folded(rows: QuerySet[Any], columns: Sequence[str]) -> QuerySet[Any]:
    kept = _NAMES if rows.model is Person else ()
    folded = {f"folded_{name}": (Kept if name in kept else Folded)(name) for name in columns}
    found: QuerySet[Any] = rows.alias(**folded)
    return found


def _any_holds(columns: Sequence[str], word: str) -> Q:
    return any_of([Q(**{f"folded_{name}__contains": word}) for name in columns])


def _reference(name: str) -> Callable[[Any], object]:
    def of(row: Any) -> object:
        other = getattr(row, name)
        return None if other is None else _link(other, getattr(other, "title", None) or described(other))

    return of


def _link(row: Any, words: str) -> object:
    """People and organisations have pages of their own."""
    page = {Person: "person", Organisation: "organisation"}.get(type(row))
    return Link(words, reverse(page, args=[row.pk])) if page and row is not SOMEBODY else words


def _value(name: str, told: Told) -> Callable[[Any], object]:
    def of(row: Any) -> object:
        value = getattr(row, name)
        return written(told, value) if value is not None and told.kind is Kind.CHOICE else value

    return of


def address_of(what: str, query: str = "") -> str:
    """Of a list, narrowed."""
    page = reverse("people") if what == "person" else reverse("list", args=[what])
    return f"{page}?{query}" if query else page


def _listings() -> dict[str, Listing]:
    found: Sequence[type[Any]] = list(CONCERNS)
    return {model.dataset.name: Listing(model) for model in found}


LISTS = _listings()
"""By the names of the tables, in their order."""
