"""Rows that are told together with the row to which they belong: the steps of a route, who was at a meeting."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Generic, TypeVar

from opora.registry.batch.columns import attribute_of, value_of
from opora.registry.batch.contradictions import refuse_contradictions
from opora.registry.batch.entering import blank, fill
from opora.registry.batch.references import refuse_dangling
from opora.registry.batch.writing import insert
from opora.registry.models import Row
from opora.registry.verbs import Sitting

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class Parts(Generic[R]):
    """Not yet written: they do not know their owners, nor what they take from them."""

    rows: list[R]
    of: list[tuple[int, str]]
    """Place of the owner in the batch, and how a fault calls the part: «steps.0»."""

    @contextmanager
    def checked(self, sitting: Sitting) -> Iterator[Sitting]:
        """Faults that are noted by the place of a part are told of its owner."""
        inner = Sitting(sitting.municipality, sitting.title, sitting.by)
        yield inner
        for fault in inner.faults:
            assert fault.row is not None
            place, name = self.of[fault.row]
            sitting.fault(place, f"{name}.{fault.field}".rstrip("."), fault.message, fault.mend)


def parts_of(
    sitting: Sitting,
    model: type[R],
    told: Sequence[Sequence[DataclassInstance]],
    field: str,
    *,
    apart_by: Collection[str],
) -> Parts[R]:
    """Rows made of what is told of each owner in its ``field``, their faults noted: of a part as ``field.number.name``.

    No two parts of one owner agree in all of ``apart_by``.
    """
    of = [(place, f"{field}.{number}") for place, some in enumerate(told) for number in range(len(some))]
    every = [each for some in told for each in some]
    rows = [blank(sitting, model) for _ in every]
    names = {each.name for one in every[:1] for each in fields(one)}
    parts = Parts(rows, of)
    with parts.checked(sitting) as inner:
        for number, each in enumerate(every):
            fill(inner, number, rows[number], {name: getattr(each, name) for name in names})
        refuse_dangling(inner, rows, names)
        _refuse_twice(inner, parts, apart_by)
    return parts


def write_parts(
    sitting: Sitting, parts: Parts[R], owners: Sequence[Row], field: str, *, inherited: Collection[str] = ()
) -> list[R]:
    """Enters them after their owners, from which they take the fields that are ``inherited``."""
    for row, (place, _) in zip(parts.rows, parts.of, strict=True):
        setattr(row, attribute_of(type(row), field), owners[place].pk)
        for name in inherited:
            setattr(row, name, value_of(owners[place], name))
    with parts.checked(sitting) as inner:
        refuse_contradictions(inner, parts.rows)
    sitting.refuse_faults()
    for row in parts.rows:
        row.source = sitting.source
    insert(parts.rows)
    return parts.rows


def _refuse_twice(sitting: Sitting, parts: Parts[R], apart_by: Collection[str]) -> None:
    seen: set[tuple[object, ...]] = set()
    for number, row in sitting.sound(parts.rows):
        values = (parts.of[number][0], *(value_of(row, name) for name in apart_by))
        if values in seen:
            sitting.fault(number, next(iter(apart_by)), "Названо дважды", "Уберите лишнее")
        seen.add(values)
