"""Filters of a list under names: those that every service has, one's own, those that colleagues share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from opora.access.domain.selections import Naming, selections_for
from opora.access.models import Selection
from opora.access.roles import SERVICE
from opora.access.seeing import Standing
from opora.web.lists.filters import Filters
from opora.web.lists.listing import LISTS, address_of
from opora.web.places import titled

_BESIDES = {"page", "sort"}
"""What an address of a list holds besides filters."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A selection to choose."""

    title: str
    words: str
    """Of which list it is, whose, or what it is."""
    url: str
    here: bool = False
    """It is what the page shows."""


@dataclass(frozen=True, slots=True)
class _BuiltIn:
    table: str
    title: str
    words: str
    query: str


_BUILT_IN = (
    _BuiltIn("person", "Молодые педагоги", "Педагогические работники моложе 35 лет", "known=young"),
    _BuiltIn("person", "Наставники", "Кто сегодня ведёт подопечного", "known=mentor"),
)
"""Lists that services keep by name (Strezhevoy's programme: two data banks)."""


def banks(standing: Standing) -> list[Chosen]:
    return [_bank(one) for one in _BUILT_IN if LISTS[one.table].seen_by(standing)]


def own_and_shared(standing: Standing) -> list[Chosen]:
    """Of the lists that she may see."""
    return [_chosen(one, standing) for one in selections_for(standing).select_related("user") if _opens(one, standing)]


def selections_of(what: str, standing: Standing, query: str) -> list[Chosen]:
    """Of one list; ``query`` is what its page shows (``query_of``)."""
    built_in = [_bank(one, query) for one in _BUILT_IN if one.table == what]
    kept = selections_for(standing).filter(table_name=what).select_related("user")
    return built_in + [_chosen(one, standing, query) for one in kept]


def query_of(given: QueryDict, filters: Filters, columns: Iterable[str]) -> str:
    """What of an address the list understands, in its own order: two addresses that ask the same give the same."""
    told = {name: str(given[name]) for name in filters.fields if given.get(name)}
    if given.get("sort", "").removeprefix("-") in set(columns):
        told["sort"] = str(given["sort"])
    query = QueryDict(mutable=True)
    query.update(told)
    return query.urlencode()


def unknown_in(given: QueryDict, filters: Filters, columns: Iterable[str]) -> list[str]:
    """What an address asks for and the list has no more: it was kept before a column went, or written by hand."""
    names = [name for name in given if name not in filters.fields and name not in _BESIDES]
    sort = given.get("sort", "").removeprefix("-")
    return names + ([sort] if sort and sort not in set(columns) else [])


def told_in_words(filters: Filters, data: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each filter that narrows something with its value, as its form shows it."""
    return [(str(field.label), _value_of(field, data[field.name])) for field in filters if data.get(field.name)]


def services_of(standing: Standing) -> list[tuple[str, str]]:
    """With whom she may share, to choose from."""
    places = titled(standing.territories(SERVICE))
    return [(str(place.pk), f"я и методическая служба: {place.title}") for place in places]


class NamingForm(forms.Form):
    title = forms.CharField(label="Название", max_length=100)

    def __init__(self, services: Sequence[tuple[str, str]], given: Any = None, kept: Selection | None = None) -> None:
        named = {"title": kept.title, "shared_in": kept.shared_in_id or ""} if kept else {}
        super().__init__(given, initial=named, auto_id=f"id_%s_{kept.pk}" if kept else "id_%s")
        if services:
            choices = [("", "только я"), *services]
            self.fields["shared_in"] = forms.ChoiceField(label="Кто видит", required=False, choices=choices)

    @property
    def naming(self) -> Naming:
        shared = self.cleaned_data.get("shared_in")
        return Naming(title=self.cleaned_data["title"], shared_in=int(shared) if shared else None)


def by_list(kept: Sequence[Selection]) -> dict[str, list[Selection]]:
    """In the order of the lists; those of lists that there are no more at the end."""
    found: defaultdict[str, list[Selection]] = defaultdict(list)
    for one in kept:
        found[one.table_name].append(one)
    order = [*LISTS, *found]
    return {name: found[name] for name in sorted(found, key=order.index)}


def _opens(kept: Selection, standing: Standing) -> bool:
    listing = LISTS.get(kept.table_name)
    return listing is not None and listing.seen_by(standing)


def _bank(one: _BuiltIn, query: str = "") -> Chosen:
    return Chosen(one.title, one.words, address_of(one.table, one.query), one.query == query)


def _chosen(kept: Selection, standing: Standing, query: str | None = None) -> Chosen:
    whose = "" if kept.user_id == standing.user.pk else f", отбор коллеги: {kept.user.full_name}"
    words = f"{LISTS[kept.table_name].title}{whose}"
    return Chosen(kept.title, words, address_of(kept.table_name, kept.query), kept.query == query)


def _value_of(field: forms.BoundField, value: str) -> str:
    choices = getattr(field.field, "choices", None)
    told = {str(key): str(title) for key, title in choices} if choices else {}
    return "да" if isinstance(field.field, forms.BooleanField) else told.get(value, value)
