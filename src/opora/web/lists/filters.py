"""What a list is narrowed to: words, an organisation, a value of each list of values, days."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from opora.access.seeing import Standing, visible_to
from opora.indicators.dataset.schema import Kind
from opora.indicators.periods import shifted
from opora.learning.models import Mentorship
from opora.people.models import Employment, Organisation, Person
from opora.registry.batch.columns import columns_of
from opora.registry.models import State
from opora.web.forms import DayInput, TitledChoice
from opora.web.lists.listing import Listing

_MOST_CHOICES = 3
"""Lists of values by which it may be narrowed: more would be a wall of boxes."""
_YOUNG = 35
_KNOWN = {"": "—", "young": "педагоги моложе 35 лет", "mentor": "наставники"}
_NOW = {"": "действует сегодня", "all": "всё", "past": "закончилось"}


class Filters(forms.Form):
    q = forms.CharField(label="Найти", required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"}))

    def __init__(self, given: Any, listing: Listing, standing: Standing) -> None:
        super().__init__(given)
        self._listing, self._standing = listing, standing
        if "organisation" in listing.refs:
            there = visible_to(standing, Organisation).filter(archived_at__isnull=True).order_by("title", "pk")
            self.fields["organisation"] = TitledChoice(there, label="Организация", required=False, empty_label="любая")
        if listing.model is Person:
            there = visible_to(standing, Organisation).filter(archived_at__isnull=True).order_by("title", "pk")
            self.fields["works_in"] = TitledChoice(there, label="Где работает", required=False, empty_label="везде")
            posts = [("", "—"), *columns_of(Employment)["post"].choices]
            self.fields["post"] = forms.ChoiceField(label="Должность", required=False, choices=posts)
            self.fields["known"] = forms.ChoiceField(label="Кто", required=False, choices=list(_KNOWN.items()))
        for name in self._choices:
            told = listing.told[name]
            self.fields[name] = forms.ChoiceField(label=told.title, required=False, choices=[("", "—"), *told.choices])
        if issubclass(listing.model, State):
            self.fields["held"] = forms.ChoiceField(label="Когда", required=False, choices=list(_NOW.items()))
        elif listing.day:
            self.fields["since"] = forms.DateField(label="С", required=False, widget=DayInput)
            self.fields["until"] = forms.DateField(label="По", required=False, widget=DayInput)

        if listing.has_archive(standing):
            self.fields["archive"] = forms.BooleanField(label="В архиве", required=False)

    @property
    def rows(self) -> QuerySet[Any]:
        """What the filters leave."""
        self.is_valid()
        archived = bool(getattr(self, "cleaned_data", {}).get("archive"))
        return self._of(self._listing.rows(self._standing, archived=archived), archived=archived)

    @property
    def _choices(self) -> list[str]:
        told = self._listing.told
        return [name for name, column in told.items() if column.kind is Kind.CHOICE][:_MOST_CHOICES]

    def _of(self, rows: QuerySet[Any], *, archived: bool) -> QuerySet[Any]:
        """What cannot be read narrows nothing: the form says what is wrong with it."""
        asked = getattr(self, "cleaned_data", {})
        rows = self._listing.found(rows, asked.get("q") or "", self._standing)
        if asked.get("organisation"):
            rows = rows.filter(organisation=asked["organisation"])
        if self._listing.model is Person:
            rows = rows.filter(*self._people(asked))
        for name in self._choices:
            if asked.get(name):
                rows = rows.filter(**{name: asked[name]})
        if "held" in self.fields:
            # «Holds today» is of the living alone.
            return rows if archived else rows.filter(self._held(asked.get("held") or ""))
        day = self._listing.day
        for name, how in (("since", "gte"), ("until", "lte")):
            if asked.get(name):
                rows = rows.filter(**{f"{day}__{how}": asked[name]})
        return rows

    def _people(self, asked: dict[str, Any]) -> list[Q]:
        """By what is known of them beside their cards, as far as the reader sees it."""
        on, found = self._standing.on, []
        jobs = visible_to(self._standing, Employment).filter(Employment.holding(on))
        if asked.get("works_in"):
            found.append(Q(pk__in=jobs.filter(organisation=asked["works_in"]).values("person")))
        if asked.get("post"):
            found.append(Q(pk__in=jobs.filter(post=asked["post"]).values("person")))
        if asked.get("known") == "young":
            born_after = shifted(on, -_YOUNG, "year")
            educators = jobs.filter(staff_group="educator").values("person")
            found.append(Q(born__gt=born_after, pk__in=educators))
        if asked.get("known") == "mentor":
            pairs = visible_to(self._standing, Mentorship).filter(Mentorship.holding(on))
            found.append(Q(pk__in=pairs.values("mentor")))
        return found

    def _held(self, when: str) -> Q:
        on = self._standing.on
        match when:
            case "all":
                return Q()
            case "past":
                return Q(until__lte=on)
            case _:
                return State.holding(on)
