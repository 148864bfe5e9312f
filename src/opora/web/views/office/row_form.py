"""A form made of a table's declaration: its titles, hints and values; cells are read as those of a workbook."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder

from opora.access.roles import Role
from opora.access.seeing import Standing
from opora.indicators.dataset.cells import Unread, Value, cell_reader
from opora.indicators.dataset.schema import Column, Kind
from opora.web.forms import DayInput
from opora.web.views.office.territories import titled

_CHOICES = {"": "—"}
_FLAGS = {"": "неизвестно", "да": "да", "нет": "нет"}
_LONG = 80
"""A text of more characters gets several lines, as one that has them."""


class CellField(forms.Field):
    """Gives a value as the dataset stores it, and tells in the dataset's words why something is none."""

    def __init__(self, column: Column, widget: forms.Widget) -> None:
        super().__init__(label=column.title, help_text=column.meaning, required=False, widget=widget)
        self.column = column
        self._read = cell_reader(column)

    def clean(self, value: Any) -> Value:
        given = value.replace("\r\n", "\n") if isinstance(value, str) else None
        if self.column.kind is Kind.REF:
            return int(given) if given and given in dict(self.widget.choices) else None
        found = self._read(given)
        if isinstance(found, Unread):
            raise forms.ValidationError(f"{found.message}. {found.how_to_mend}")
        return found


class SeenField(forms.CharField):
    """What stood in the row when its page was opened, carried through the page as JSON."""

    widget = forms.HiddenInput

    def __init__(self, columns: Mapping[str, Column]) -> None:
        super().__init__()
        self.columns = columns

    def clean(self, value: Any) -> dict[str, Value]:
        try:
            told = json.loads(value)
            return {name: _seen(column, told[name]) for name, column in self.columns.items()}
        except (TypeError, ValueError, KeyError):
            raise forms.ValidationError("Страница повреждена: откройте её заново") from None


class RowForm(forms.Form):
    """Of a new row, or of one that is there: then with what was ``seen`` of it."""

    def __init__(
        self,
        columns: Mapping[str, Column],
        standing: Standing,
        data: Any = None,
        row: Mapping[str, Value] | None = None,
    ) -> None:
        super().__init__(data, initial={name: written(value) for name, value in (row or {}).items()})
        self.columns = columns
        for name, column in columns.items():
            text = str((row or {}).get(name) or "")
            self.fields[name] = CellField(column, _widget(column, standing, long=len(text) > _LONG or "\n" in text))
        if row is not None:
            self.fields["seen"] = SeenField(columns)
            self.initial["seen"] = json.dumps(row, cls=DjangoJSONEncoder)

    @property
    def typed(self) -> dict[str, Value]:
        return {name: self.cleaned_data[name] for name in self.columns}

    @property
    def seen(self) -> dict[str, Value]:
        found: dict[str, Value] = self.cleaned_data["seen"]
        return found

    @property
    def changed(self) -> dict[str, Value]:
        """What she has typed anew."""
        return {name: value for name, value in self.typed.items() if value != self.seen[name]}

    def over(self, standing: Standing, now: Mapping[str, Value]) -> RowForm:
        """The same over what the row has become: what she typed stays, what she left alone is as it is now."""
        kept = self.changed
        data = {name: written(kept.get(name, value)) for name, value in now.items()}
        data["seen"] = json.dumps(now, cls=DjangoJSONEncoder)
        form = RowForm(self.columns, standing, data, now)
        form.is_valid()
        return form


def written(value: Value) -> str:
    """As it is typed; a day as the browser's calendar wants it."""
    match value:
        case None:
            return ""
        case bool():
            return "да" if value else "нет"
        case float():
            return str(int(value) if value.is_integer() else value).replace(".", ",")
        case dt.date():
            return value.isoformat()
    return str(value)


def _widget(column: Column, standing: Standing, *, long: bool) -> forms.Widget:
    required = {"required": True} if column.required else {}
    match column.kind:
        case Kind.DATE:
            return DayInput(required)
        case Kind.CHOICE:
            return forms.Select(required, [*_CHOICES.items(), *column.choices])
        case Kind.FLAG:
            return forms.Select(required, list(_FLAGS.items()))
        case Kind.REF:
            places = titled(standing.readable(Role.ADMINISTRATOR))
            return forms.Select(required, [("", "—"), *((str(place.pk), place.title) for place in places)])
        case Kind.NUMBER | Kind.INTEGER:
            return forms.TextInput(required | {"inputmode": "decimal", "class": "number"})
    return forms.Textarea(required | {"rows": 3}) if long else forms.TextInput(required)


def _seen(column: Column, told: Any) -> Value:
    if told is None or column.kind is not Kind.DATE:
        value: Value = told
        return value
    return dt.date.fromisoformat(told)
