"""A field that leads to another row: a list to choose from where there are few, else a search as one types."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.urls import reverse

from opora.access.seeing import Standing, visible_to
from opora.indicators.dataset.cells import Value
from opora.indicators.dataset.schema import Column, Kind
from opora.people.models import Employment, Person, Territory
from opora.registry.batch.columns import columns_of
from opora.registry.batch.words import described
from opora.registry.models import Row
from opora.web.forms import number_in
from opora.web.lists.listing import LISTS
from opora.web.places import titled

FEW = 40
"""Rows that are still a list to choose from."""
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Option:
    key: str
    title: str
    beside: str = ""
    """What tells namesakes apart."""


@dataclass(frozen=True)
class Target:
    """Rows of a table to which the reader may refer: living, and seen by her."""

    model: type[Any]
    standing: Standing
    address: str = ""
    """That finds them as one types."""

    @property
    def rows(self) -> QuerySet[Any]:
        if self.model is Territory:
            return titled(frozenset().union(*(self.standing.readable(role) for role in self.standing.roles)))
        listing = LISTS[self.model.dataset.name]
        first = listing.columns(self.standing)[0]
        return listing.rows(self.standing).order_by(*first.sort, "pk")

    @cached_property
    def few(self) -> list[Option] | None:
        """All of them; None if that would be too long a list, which places never are."""
        rows = list(self.rows if self.model is Territory else self.rows[: FEW + 1])
        return self.options(rows) if len(rows) <= FEW or self.model is Territory else None

    def found(self, words: str) -> list[Option]:
        """The first of those that have these words; none for no words."""
        if not words.strip():
            return []
        rows = LISTS[self.model.dataset.name].found(self.rows, words, self.standing)
        return self.options(list(rows[:_SHOWN]))

    def option(self, key: str) -> Option | None:
        number = number_in(key)
        rows = [] if number is None else list(self.rows.filter(pk=number))
        return next(iter(self.options(rows)), None)

    def options(self, rows: list[Any]) -> list[Option]:
        if self.model is not Territory:
            LISTS[self.model.dataset.name].shown(rows, self.standing)
        beside = self._posts(rows) if self.model is Person else {}
        return [Option(str(row.pk), name_of(row), beside.get(row.pk, "")) for row in rows]

    def _posts(self, people: list[Any]) -> dict[int, str]:
        """«учитель, Школа № 1» of the day."""
        jobs = visible_to(self.standing, Employment).filter(
            Employment.holding(self.standing.on), person__in=[person.pk for person in people]
        )
        told = jobs.order_by("-kind", "pk").values_list("person", "position", "post", "organisation__title")
        posts = dict(columns_of(Employment)["post"].choices)
        return {
            person: ", ".join(filter(None, [position or posts.get(post, ""), title]))
            for person, position, post, title in told
        }


def name_of(row: Any) -> str:
    """A row in words, with whom it is about: «Иванова Анна Петровна: учитель, с 01.09.2021»."""
    title = getattr(row, "title", None)
    if title:
        return str(title)
    words = described(row)
    people = filter(None, (getattr(row, name) for name in _people_of(row._meta.model)))
    whom = " — ".join(described(person) for person in people)
    return f"{whom}: {words}" if whom else words


@cache
def _people_of(model: type[Model]) -> list[str]:
    """Fields that name people."""
    return [field.name for field in model._meta.fields if field.related_model is Person]


class ChooseWidget(forms.Widget):
    """Radio buttons of what was found, under a box to type in; works with and without JavaScript."""

    template_name = "forms/choose.html"
    use_fieldset = True

    def __init__(self, target: Target, label: str, *, required: bool) -> None:
        super().__init__()
        self.target, self.label, self.required = target, label, required
        self.find = ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        options = options_of(self.target, name, str(value or ""), self.find, required=self.required)
        invalid = context["widget"]["attrs"].get("aria-invalid")
        return context | options | {"address": self.target.address, "label": self.label, "invalid": invalid}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        self.find = str(data.get(f"{name}-find", ""))[:200]
        return str(data.get(name, ""))


def options_of(target: Target, name: str, chosen: str, find: str, *, required: bool) -> dict[str, Any]:
    """What the list of options needs: the one chosen first, then what was found."""
    mine = target.option(chosen) if chosen else None
    found = [option for option in target.found(find) if mine is None or option.key != mine.key]
    return {
        "name": name,
        "chosen": mine,
        "found": found,
        "find": find,
        "required": required,
        "model": target.model.dataset if target.model is not Territory else None,
    }


class ReferenceField(forms.Field):
    """Gives the id of a row that the reader may refer to."""

    def __init__(self, column: Column, target: Target) -> None:
        widget: forms.Widget
        if target.few is not None:
            choices = [("", "—"), *((option.key, _line(option)) for option in target.few)]
            widget = forms.Select(choices=choices)
        else:
            widget = ChooseWidget(target, column.title, required=column.required)
        super().__init__(label=column.title, help_text=column.meaning, required=column.required, widget=widget)
        self.target = target

    def clean(self, value: Any) -> Value:
        if not value:
            if isinstance(self.widget, ChooseWidget) and self.widget.find.strip():
                raise forms.ValidationError("Выберите из найденного ниже")
            return None
        number = number_in(value)
        if number is None or not self.target.rows.filter(pk=number).exists():
            raise forms.ValidationError("Такой строки нет, или она в архиве. Выберите другую")
        return number


def _line(option: Option) -> str:
    return f"{option.title} — {option.beside}" if option.beside else option.title


def targets_of(model: type[Row], standing: Standing) -> dict[str, Target]:
    """Of each field of a table that refers to other rows."""
    refs = [name for name, column in columns_of(model).items() if column.kind is Kind.REF]
    return {
        name: Target(_led_to(model, name), standing, reverse("row_choose", args=[model.dataset.name, name]))
        for name in refs
    }


def _led_to(model: type[Row], field: str) -> type[Any]:
    found = model._meta.get_field(field).related_model
    assert isinstance(found, type)
    return found
