"""Empty cells of one column, filled for many rows at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse

from opora.access.keeping import kept_by, places_of
from opora.access.seeing import Standing
from opora.access.seeing.concerns import CONCERNS
from opora.indicators.dataset.cells import Value
from opora.indicators.dataset.schema import Column, Kind
from opora.indicators.dataset.tables import TABLES
from opora.indicators.engine.missing import named_cell, named_list
from opora.indicators.results import OpenedRow
from opora.registry.batch import Correction
from opora.registry.models import Row
from opora.registry.verbs import Refused
from opora.web.refusals import words_of
from opora.web.rows import changing
from opora.web.rows.form import cell_field, cell_in_table
from opora.web.rows.kept import KEPT, Kept

EVERY = "every"
"""The field whose value all the cells get that were left empty."""


@dataclass(frozen=True, slots=True)
class Lack:
    """A fact without which it is not known of some whether they count."""

    words: str
    count: int
    url: str
    """Where it is filled."""


def fillable(kept: Kept) -> dict[str, Column]:
    """Columns that may be empty, and whose value can be typed."""
    return {
        name: column for name, column in kept.columns.items() if column.kind is not Kind.REF and not column.required
    }


def empty_rows(kept: Kept, field: str, standing: Standing, people: Iterable[int] | None = None) -> QuerySet[Any]:
    """Living rows that she keeps, without this value; ``people``: only those about them."""
    rows = kept_by(standing, kept.model).filter(archived_at__isnull=True, **{f"{field}__isnull": True})
    if people is None:
        return rows
    about = Q(pk__in=[])
    for path in CONCERNS[kept.model].people:
        about |= Q(**{f"{path}__in": list(people)})
    return rows.filter(about)


def lacks_of(rows: Iterable[OpenedRow], standing: Standing, query: str) -> list[Lack]:
    """What keeps these rows of a number unknown, the most frequent first; only what she may fill. ``query`` tells the
    page that fills whom it is about."""
    cells, lists = Counter[tuple[str, str]](), Counter[str]()
    for row in rows:
        words = {part.missing for part in row.failed if part.code == 1 and part.missing}
        cells.update({cell for one in words if (cell := named_cell(one))})
        lists.update({table for one in words if not named_cell(one) and (table := named_list(one))})
    found = [_cell(*cell, count, standing, query) for cell, count in cells.most_common()]
    found += [_list(table, count, standing) for table, count in lists.most_common()]
    return [lack for lack in found if lack is not None]


def _cell(table: str, column: str, count: int, standing: Standing, query: str) -> Lack | None:
    kept = KEPT.get(table)
    fields = {one.name: name for name, one in fillable(kept).items()} if kept else {}
    if kept is None or column not in fields or not places_of(standing, kept.model):
        return None
    field = fields[column]
    words = f"«{kept.columns[field].title}» ({kept.title})"
    return Lack(words, count, f"{reverse('row_fill', args=[table, field])}?{query}")


def _list(table: str, count: int, standing: Standing) -> Lack | None:
    """Nobody can tell which rows are not there: they are entered, or the list is said to be complete."""
    if not places_of(standing, KEPT[table].model):
        return None
    return Lack(f"строки списка «{TABLES[table].title}»", count, reverse("row_new", args=[table]))


class FillForm(forms.Form):
    """A cell for each row, and one for all that are left empty."""

    def __init__(self, column: Column, rows: Sequence[Any], data: Any = None) -> None:
        super().__init__(data)
        self.rows = rows
        self.fields[EVERY] = cell_field(column)
        self.fields[EVERY].label = f"{column.title}: одно и то же для всех строк ниже"
        for row in rows:
            self.fields[name_in_form(row.pk)] = cell_in_table(column)

    @property
    def cells(self) -> list[tuple[Any, forms.BoundField]]:
        return [(row, self[name_in_form(row.pk)]) for row in self.rows]

    @property
    def told(self) -> dict[int, Value]:
        """By row, what is filled."""
        every = self.cleaned_data[EVERY]
        values = {row.pk: self.cleaned_data[name_in_form(row.pk)] for row in self.rows}
        values = {pk: every if value is None else value for pk, value in values.items()}
        return {pk: value for pk, value in values.items() if value is not None}

    def tell(self, refused: Refused, rows: Sequence[int]) -> None:
        """Beside the cells, by the places in the batch."""
        for fault in refused.faults:
            self.add_error(name_in_form(rows[fault.row]) if fault.row is not None else None, words_of(fault))


def fill(kept: Kept, field: str, rows: Sequence[Row], values: Mapping[int, Value], standing: Standing) -> None:
    """All or nothing, in whichever municipalities the rows are kept. Raises ``Refusal``."""
    filled = [row for row in rows if row.pk in values]
    corrections = [Correction(row=row.pk, seen={field: None}, becomes={field: values[row.pk]}) for row in filled]
    changing.correct_everywhere(kept, corrections, filled, standing)


def name_in_form(row: int) -> str:
    return f"row{row}"


def rows_in_form(data: Mapping[str, object]) -> list[int]:
    """The rows of a form that was sent, whatever has become of them since."""
    found = (re.fullmatch(r"row([0-9]{1,18})", name) for name in data)
    return [int(one[1]) for one in found if one]
