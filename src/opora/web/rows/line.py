"""One line of a sheet as a form: whom it names, what is told of her, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from opora.indicators.dataset.cells import Value
from opora.web.rows.choosing import Option
from opora.web.rows.form import cell_in_table
from opora.web.rows.sheet import Sheet


class LineForm(forms.Form):
    def __init__(
        self,
        sheet: Sheet,
        prefix: str,
        sent: Mapping[str, str],
        options: Sequence[Option],
        *,
        judged: bool,
        near: bool,
    ) -> None:
        """``near``: nobody is called so, and the options are those who are called nearly so."""
        shown = {name: sent.get(f"{prefix}-{name}", "") for name in sheet.own}
        super().__init__(sent if judged else None, prefix=prefix, initial=shown)
        self.sheet, self.options, self.sent, self.near = sheet, options, sent, near
        for name, column in sheet.own.items():
            self.fields[name] = field = cell_in_table(column)
            if name in sheet.common and isinstance(field.widget, forms.Select):
                field.widget.choices = [("", "как у всех"), *list(field.widget.choices)[1:]]

    @property
    def who(self) -> str:
        return self._sent("who")

    @property
    def chosen(self) -> Option | None:
        return next((one for one in self.options if one.key == self._sent("person")), None)

    @property
    def ticked(self) -> bool:
        return bool(self._sent("on"))

    @property
    def used(self) -> bool:
        """A line of nobody, or with nothing in it, is none."""
        return self.ticked if self.sheet.of_people else any(self._sent(name).strip() for name in self.fields)

    @property
    def cells(self) -> list[forms.BoundField]:
        return [self[name] for name in self.sheet.own]

    @property
    def values(self) -> dict[str, Value]:
        """What is told in it. Where something is told for all, an empty cell tells nothing else."""
        alone = bool(self.sheet.owner)
        told = {name: value for name, value in self.cleaned_data.items() if alone or value is not None}
        return told | ({"person": int(self.chosen.key)} if self.chosen else {})

    @property
    def faults(self) -> list[str]:
        return [str(error) for error in self.non_field_errors()]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.sheet.of_people and self.chosen is None:
            self.add_error(None, self._lacking)
        for name, column in self.sheet.own.items():
            if column.required and given.get(name) is None and name not in self.errors:
                self.add_error(name, f"Не заполнено: «{column.title}»")
        return given

    @property
    def _lacking(self) -> str:
        if self.options and not self.near:
            return f"Под это имя подходят {len(self.options)}: выберите"
        chance = "Выберите похожее имя, исправьте" if self.options else "Исправьте имя"
        return f"Не нашлось. {chance} или снимите галочку"

    def _sent(self, name: str) -> str:
        return self.sent.get(self.add_prefix(name), "")
