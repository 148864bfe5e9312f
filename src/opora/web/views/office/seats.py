"""A role in its place, chosen step by step: which role and where first, then what that role asks for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.html import format_html

from opora.access.domain.seats import RoleAt
from opora.access.roles import PLACE, Place, Role
from opora.access.seeing import Standing
from opora.access.seeing.sights import SIGHTS
from opora.community.models import Association
from opora.people.models import Organisation, Territory
from opora.web.forms import TitledChoice
from opora.web.places import place_field
from opora.web.views.office.territories import governed


class WhereForm(forms.Form):
    """The first step."""

    role = forms.ChoiceField(label="Роль", widget=forms.RadioSelect)

    def __init__(self, standing: Standing, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, _role(role)) for role in Role]  # type: ignore[attr-defined]
        self.fields["territory"] = place_field(governed(standing), "Где")

    @property
    def role_chosen(self) -> Role:
        return Role(self.cleaned_data["role"])

    @property
    def place_chosen(self) -> Territory:
        chosen: Territory = self.cleaned_data["territory"]
        return chosen


class PlaceForm(forms.Form):
    """The organisation or the association, where the role is held in one."""

    def __init__(self, role: Role, territory: Territory, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role, self.territory = role, territory
        match PLACE[role]:
            case Place.ORGANISATION:
                self.fields["organisation"] = TitledChoice(_there(Organisation, territory), label="Организация")
            case Place.ASSOCIATION:
                self.fields["association"] = TitledChoice(_there(Association, territory), label="Объединение")
        self.order_fields(["organisation", "association"])

    def seat(self) -> RoleAt:
        inner = {name: self.cleaned_data[name].pk for name in ("organisation", "association") if name in self.fields}
        return RoleAt(self.role, self.territory.pk, **inner)


def _role(role: Role) -> str:
    own = SIGHTS[role].own_words
    sees = f"видит {own}" if own else ""
    told = "; ".join(filter(None, [f"даётся на {PLACE[role].value}", sees]))
    return format_html('<span>{} <span class="quiet">{}</span></span>', role.label, told)


def _there(model: type[Organisation] | type[Association], territory: Territory) -> QuerySet[Any]:
    """Those that have not ended."""
    lasting = Q(until__isnull=True) | Q(until__gt=timezone.localdate())
    return model._default_manager.filter(lasting, municipality=territory, archived_at=None).order_by("title")
