"""The reference tables: which there are, what of them is seen and shown, by which verbs they are kept.

What a table holds is its declaration's; nothing here knows a column by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet

from opora.access.roles import Role
from opora.access.seeing import Standing, visible_to
from opora.access.seeing.sights import REFERENCE
from opora.community.models import Contest
from opora.indicators.dataset.cells import Value
from opora.indicators.dataset.schema import Column, Kind
from opora.learning.models import Instrument, TrainingProgramme
from opora.people.models import Organisation, ProfileMatch, Territory
from opora.registry.batch.words import shown
from opora.web.declared import Declared
from opora.web.rows.kept import KEPT, Kept
from opora.web.views.office.territories import governed

MOST_COLUMNS = 5
"""Of a list; the rest is on the row's own page."""


@dataclass(frozen=True)
class Reference(Declared):
    verbs: Kept | None = None
    """None: the table is read here, and kept elsewhere."""

    @property
    def columns(self) -> dict[str, Column]:
        """By the names of the fields; without the key and the row's own municipality."""
        otherwise: Mapping[str, str] = getattr(self.model, "named_otherwise", {})
        named = {otherwise.get(column.name, column.name): column for column in self.model.dataset.columns}
        return {
            name: column for name, column in named.items() if column.kind is not Kind.KEY and name != "municipality"
        }

    @property
    def listed(self) -> dict[str, Column]:
        """What must be filled comes first."""
        ordered = sorted(self.columns.items(), key=lambda each: not each[1].required)
        return dict(ordered[:MOST_COLUMNS])

    def rows(self, standing: Standing) -> QuerySet[Any]:
        """Of the administrator's territories; what is shared, of those above them too."""
        seen = standing.readable(Role.ADMINISTRATOR)
        if self.model is Territory:
            return Territory.objects.filter(pk__in=seen)
        shared = self.model in REFERENCE
        rows = visible_to(standing, self.model).filter(municipality__in=seen if shared else governed(standing))
        return rows.select_related("municipality")

    def found(self, rows: QuerySet[Any], sought: str) -> QuerySet[Any]:
        """Rows with these words in their texts."""
        texts = [name for name, column in self.columns.items() if column.kind is Kind.TEXT]
        for word in sought.split():
            anywhere = Q()
            for name in texts:
                anywhere |= Q(**{f"{name}__icontains": word})
            rows = rows.filter(anywhere)
        return rows.order_by(*texts[:2], "pk")


TABLES = {
    reference.name: reference
    for reference in (
        Reference(TrainingProgramme, KEPT["training_programme"]),
        Reference(Instrument, KEPT["instrument"]),
        Reference(Contest, KEPT["contest"]),
        Reference(ProfileMatch, KEPT["profile_match"]),
        Reference(Organisation),
        Reference(Territory),
    )
}


def values_of(reference: Reference, row: Model) -> dict[str, Value]:
    """What stands in a row, by the names of the fields; of a reference, the id."""
    names = {name: getattr(reference.model._meta.get_field(name), "attname") for name in reference.columns}  # noqa: B009
    return {name: getattr(row, attribute) for name, attribute in names.items()}


def words_of(reference: Reference, rows: Iterable[Model]) -> list[dict[str, str]]:
    """The same as a reader writes it; empty where nothing is known. All references lead to territories."""
    every = [values_of(reference, row) for row in rows]
    refs = [name for name, column in reference.columns.items() if column.kind is Kind.REF]
    titles = Territory.objects.in_bulk({values[name] for values in every for name in refs if values[name]})
    return [
        {
            name: _word(reference.columns[name], titles[value].title if name in refs and value else value)
            for name, value in values.items()
        }
        for values in every
    ]


def _word(column: Column, value: Value) -> str:
    return "" if value is None else shown(column, value)
