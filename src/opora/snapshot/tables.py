"""Where each table of the dataset lies in the database."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

from django.apps import apps
from django.db.models import Field

from opora.indicators.dataset.schema import Column, Table
from opora.indicators.dataset.tables import STORED
from opora.registry.models import Row

MUNICIPALITY = "municipality_id"


@dataclass(frozen=True)
class Place:
    """A table of the dataset and its model."""

    table: Table
    model: type[Row]

    @property
    def name(self) -> str:
        """Of the table, in the dataset and in the database."""
        return self.table.name

    @cached_property
    def columns(self) -> dict[str, Column]:
        """The dataset's columns by the names of the database; without the key, which all rows have."""
        return {self._column(column): column for column in self.table.columns if column.name != self.table.key}

    @cached_property
    def refs(self) -> dict[str, Column]:
        """Of these, what refers to other tables of municipalities."""
        return {name: column for name, column in self.columns.items() if column.to not in ("", "territory")}

    @cached_property
    def territories(self) -> tuple[str, ...]:
        return tuple(name for name, column in self.columns.items() if column.to == "territory")

    def _column(self, column: Column) -> str:
        name = self.model.named_otherwise.get(column.name, column.name)
        field = self.model._meta.get_field(name)
        assert isinstance(field, Field)
        return str(field.column)


@cache
def places() -> dict[str, Place]:
    """Every stored table but the territories, which belong to nobody."""
    models = {model.dataset.name: model for model in apps.get_models() if issubclass(model, Row)}
    return {name: Place(table, models[name]) for name, table in STORED.items() if name != "territory"}
