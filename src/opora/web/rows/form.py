"""A form made of a table's declaration: its titles, hints and values; cells are read as those of a workbook."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder

from opora.indicators.dataset.cells import Unread, Value, cell_reader
from opora.indicators.dataset.schema import Column, Kind
from opora.registry.batch.columns import checked
from opora.web.forms import DayInput
from opora.web.rows.choosing import ChooseWidget, ReferenceField, Target

_CHOICES = {"": "—"}
_FLAGS = {"": "неизвестно", "да": "да", "нет": "нет"}
_LONG = 80
"""A text of more characters gets several lines, as one that has them."""


class CellField(forms.Field):
    """Gives a value as the dataset stores it, and tells in the dataset's words why something is none."""

    def __init__(self, column: Column, widget: forms.Widget) -> None:
        super().__init__(label=column.title, help_text=column.meaning, required=column.required, widget=widget)
        self.column = column
        self._read = cell_reader(column)

    def clean(self, value: Any) -> Value:
        given = value.replace("\r\n", "\n") if isinstance(value, str) else None
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
            return {name: seen_value(column, told[name]) for name, column in self.columns.items()}
        except (TypeError, ValueError, KeyError):
            raise forms.ValidationError("Страница повреждена: откройте её заново") from None


class RowForm(forms.Form):
    """Of a new row, or of one that is there: then with what was ``seen`` of it."""

    def __init__(
        self,
        columns: Mapping[str, Column],
        targets: Mapping[str, Target],
        data: Any = None,
        row: Mapping[str, Value] | None = None,
    ) -> None:
        """``targets``: of each column that refers to other rows, to which. What leads where she may not look is left
        out, and so stays as it is."""
        super().__init__(data, initial={name: written(value) for name, value in (row or {}).items()})
        closed = _closed(targets, row or {})
        columns = {name: column for name, column in columns.items() if name not in closed}
        self.columns, self.targets, self.row = columns, targets, row
        for name, column in columns.items():
            if column.kind is Kind.REF:
                self.fields[name] = ReferenceField(column, targets[name])
                continue
            text = str((row or {}).get(name) or "")
            self.fields[name] = cell_field(column, long=len(text) > _LONG or "\n" in text)
        if row is not None:
            self.fields["seen"] = SeenField(columns)
            self.initial["seen"] = json.dumps({name: row[name] for name in columns}, cls=DjangoJSONEncoder)

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

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name, column in self.columns.items():
            missing = checked(column, None) if name not in self.errors and given.get(name) is None else None
            if isinstance(missing, Unread):
                self.add_error(name, f"{missing.message}. {missing.how_to_mend}")
        return given

    def looked_up(self) -> RowForm:
        """The same, with what was typed and what is found for it; nothing is judged yet."""
        form = RowForm(self.columns, self.targets, row=self.row)
        form.initial = {name: self.data.get(name, "") for name in form.fields}
        for name, field in form.fields.items():
            if isinstance(field.widget, ChooseWidget):
                field.widget.find = str(self.data.get(f"{name}-find", ""))
        return form

    def over(self, now: Mapping[str, Value]) -> RowForm:
        """The same over what the row has become: what she typed stays, what she left alone is as it is now."""
        kept = self.changed
        data = {name: written(kept.get(name, value)) for name, value in now.items()}
        data["seen"] = json.dumps({name: now[name] for name in self.columns}, cls=DjangoJSONEncoder)
        form = RowForm(self.columns, self.targets, data, now)
        form.is_valid()
        return form


def cell_field(column: Column, *, long: bool = False) -> CellField:
    return CellField(column, _widget(column, long=long))


def cell_in_table(column: Column) -> CellField:
    """One of many under a heading: it may stay empty, and its hint is not told in every row."""
    field = cell_field(column)
    field.required, field.help_text = False, ""
    return field


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


def _widget(column: Column, *, long: bool) -> forms.Widget:
    match column.kind:
        case Kind.DATE:
            return DayInput()
        case Kind.CHOICE:
            return forms.Select(choices=[*_CHOICES.items(), *column.choices])
        case Kind.FLAG:
            return forms.Select(choices=list(_FLAGS.items()))
        case Kind.NUMBER | Kind.INTEGER:
            return forms.TextInput({"inputmode": "decimal", "class": "number"})
    return forms.Textarea({"rows": 3}) if long else forms.TextInput()


def seen_value(column: Column, told: Any) -> Value:
    """What a page has carried as JSON."""
    if told is None or column.kind is not Kind.DATE:
        value: Value = told
        return value
    return dt.date.fromisoformat(told)


def _closed(targets: Mapping[str, Target], row: Mapping[str, Value]) -> set[str]:
    """Fields that refer to rows which she does not see."""
    led = {name: row[name] for name in targets if row.get(name) is not None}
    return {name for name, value in led.items() if targets[name].option(str(value)) is None}
