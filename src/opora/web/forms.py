"""How forms look: one template for a form, one for a field."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


class DayInput(forms.DateInput):
    """The browser's own calendar; where it has none, a day is typed as people write it."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


def number_in(text: str) -> int | None:
    """The id that a form or an address names; None if that can be none."""
    return int(text) if re.fullmatch(r"[0-9]{1,18}", text) else None


class SearchForm(forms.Form):
    q = forms.CharField(label="Найти", required=False, widget=forms.TextInput(attrs={"type": "search"}))

    @property
    def sought(self) -> str:
        return str(self.cleaned_data["q"]) if self.is_valid() else ""


class TitledChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # cannot be subscripted when it runs
    """Rows that have a title."""

    def label_from_instance(self, row: Any) -> str:
        return str(row.title)
