"""What a list is narrowed to: words, an organisation, a value of each list of values, days."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from opora.access.seeing import Standing, visible_to
from opora.indicators.dataset.schema import Kind
from opora.people.models import Organisation
from opora.registry.models import State
from opora.web.forms import DayInput, TitledChoice
from opora.web.lists.listing import Listing

_MOST_CHOICES = 3
"""Lists of values by which it may be narrowed: more would be a wall of boxes."""
_NOW = {"": "действует сегодня", "all": "всё", "past": "закончилось"}


class Filters(forms.Form):
    q = forms.CharField(label="Найти", required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"}))

    def __init__(self, given: Any, listing: Listing, standing: Standing) -> None:
        super().__init__(given)
        self._listing, self._standing = listing, standing
        if "organisation" in listing.refs:
            there = visible_to(standing, Organisation).filter(archived_at__isnull=True).order_by("title", "pk")
            self.fields["organisation"] = TitledChoice(there, label="Организация", required=False, empty_label="любая")
        for name in self._choices:
            told = listing.told[name]
            self.fields[name] = forms.ChoiceField(label=told.title, required=False, choices=[("", "—"), *told.choices])
        if issubclass(listing.model, State):
            self.fields["held"] = forms.ChoiceField(label="Когда", required=False, choices=list(_NOW.items()))
        elif listing.day:
            self.fields["since"] = forms.DateField(label="С", required=False, widget=DayInput)
            self.fields["until"] = forms.DateField(label="По", required=False, widget=DayInput)

    @property
    def _choices(self) -> list[str]:
        told = self._listing.told
        return [name for name, column in told.items() if column.kind is Kind.CHOICE][:_MOST_CHOICES]

    def of(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """What cannot be read narrows nothing: the form says what is wrong with it."""
        self.is_valid()
        asked = getattr(self, "cleaned_data", {})
        rows = self._listing.found(rows, asked.get("q") or "", self._standing)
        if asked.get("organisation"):
            rows = rows.filter(organisation=asked["organisation"])
        for name in self._choices:
            if asked.get(name):
                rows = rows.filter(**{name: asked[name]})
        if "held" in self.fields:
            return rows.filter(self._held(asked.get("held") or ""))
        day = self._listing.day
        for name, how in (("since", "gte"), ("until", "lte")):
            if asked.get(name):
                rows = rows.filter(**{f"{day}__{how}": asked[name]})
        return rows

    def _held(self, when: str) -> Q:
        on = self._standing.on
        match when:
            case "all":
                return Q()
            case "past":
                return Q(until__lte=on)
            case _:
                return State.holding(on)
