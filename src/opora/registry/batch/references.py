"""What rows refer to, and what refers to them: found through the models."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey, Model

from opora.indicators.dataset.schema import Kind
from opora.registry.batch.columns import columns_of, value_of
from opora.registry.models import Row
from opora.registry.scope import Actor, scope
from opora.registry.verbs import Sitting

_LAST_ID = 2**63


@dataclass(frozen=True, slots=True)
class Reference:
    """A field by which rows of one model refer to rows of another."""

    model: type[Model]
    field: str

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def column(self) -> str:
        return str(getattr(self.model._meta.get_field(self.field), "column"))  # noqa: B009 - not every kind of field has it

    @property
    def title(self) -> str:
        return str(self.model._meta.verbose_name_plural)


def references_to(model: type[Model]) -> list[Reference]:
    """Every field of every table that refers to rows of this model, also those that Django hides."""
    return [
        Reference(owner, field.name)
        for owner in sorted(apps.get_models(), key=lambda each: each._meta.db_table)
        for field in owner._meta.local_fields
        if isinstance(field, ForeignKey) and field.related_model is model
    ]


def refuse_dangling(sitting: Sitting, rows: Sequence[Row | None], names: Collection[str] | None = None) -> None:
    """What rows refer to must be there: living, and seen in this sitting. ``names``: the fields to be looked at."""
    model = next((type(row) for row in rows if row is not None), None)
    if model is None:
        return
    for name, column in columns_of(model).items():
        if column.kind is not Kind.REF or (names is not None and name not in names):
            continue
        target: Any = model._meta.get_field(name).related_model
        there = living(target, (value_of(row, name) for row in rows if row is not None))
        for place, row in enumerate(rows):
            if row is not None and (value := value_of(row, name)) is not None and value not in there:
                title = target._meta.verbose_name_plural
                message = f"«{column.title}»: в таблице «{title}» такой строки нет"
                sitting.fault(place, name, message, "Выберите другую: эта в архиве, или её ведёт другая территория")


def living(model: type[Any], ids: Iterable[object]) -> set[object]:
    """Those of the ids that are seen and not in the archive."""
    wanted = {each for each in ids if isinstance(each, int) and 0 < each < _LAST_ID}
    kept = {"archived_at__isnull": True} if issubclass(model, Row) else {}
    return set(model._default_manager.filter(pk__in=wanted, **kept).values_list("pk", flat=True)) if wanted else set()


def all_territories() -> list[int]:
    """For the rare question that must be asked of all: what comes of it is told without saying whose it is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM territory")
        return [pk for (pk,) in cursor.fetchall()]


def referred_from_outside(model: type[Row], ids: Iterable[int], inside: Collection[int], by: Actor) -> set[int]:
    """Those of the ids to which rows of other territories than these refer, archived ones too."""
    tables = [each for each in references_to(model) if issubclass(each.model, Row)]
    query = " UNION ".join(
        f'SELECT "{each.column}" FROM "{each.table}" '
        f'WHERE "{each.column}" = ANY (%(ids)s::bigint[]) AND municipality_id <> ALL (%(inside)s::bigint[])'
        for each in tables
    )
    with scope(all_territories(), by), connection.cursor() as cursor:
        cursor.execute(query, {"ids": list(ids), "inside": list(inside)})
        return {pk for (pk,) in cursor.fetchall()}
