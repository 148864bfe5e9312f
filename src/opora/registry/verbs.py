"""What every verb of ``<package>/domain/`` stands on: one transaction of one municipality, all faults told at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from django.db import DatabaseError, connection

from opora.registry.database_faults import told_in_words
from opora.registry.models import Source
from opora.registry.scope import Actor, scope

T = TypeVar("T")
_PATIENCE = "30s"
"""How long a sitting waits for another one, or for a row that a load is writing."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why one row of a batch, or the batch as a whole, is refused."""

    row: int | None
    """Its place in the batch, from 0; None where no single row is at fault."""
    field: str
    """The field of the row that must be mended, or empty if it is the row as a whole."""
    message: str
    mend: str = ""


class Refused(Exception):
    """Nothing of the batch was written."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(fault.message for fault in faults))
        self.faults = faults


@dataclass
class Sitting:
    """One batch that somebody enters."""

    municipality: int
    title: str
    by: Actor
    faults: list[Fault] = field(default_factory=list)

    def fault(self, row: int | None, field: str, message: str, mend: str = "") -> None:
        self.faults.append(Fault(row, field, message, mend))

    def sound(self, rows: Sequence[T | None]) -> Iterator[tuple[int, T]]:
        """Those rows of the batch, each with its place, in which no fault has been found so far."""
        faulty = {fault.row for fault in self.faults}
        return ((place, row) for place, row in enumerate(rows) if row is not None and place not in faulty)

    def refuse_faults(self) -> None:
        """Raises ``Refused`` if there are any: called when all checks are made, and before anything is written."""
        if self.faults:
            raise Refused(tuple(sorted(self.faults, key=lambda fault: -1 if fault.row is None else fault.row)))

    @cached_property
    def source(self) -> Source:
        """Where the rows of this sitting come from; entered when it is first asked for."""
        return Source.objects.create(municipality_id=self.municipality, kind="typed", title=self.title)


@contextmanager
def sitting(municipality: int, by: Actor, title: str, *, others: Iterable[int] = ()) -> Iterator[Sitting]:
    """One transaction, in the scope of the municipality (id of a territory) and of the ``others``, if more are needed.

    ``title`` is what is done, in Russian, as the source of the rows will tell it: «приём на работу».

    Sittings of one municipality come one after another, so what a verb has checked is still so when it writes. A load
    does not wait for them: what it and a verb contradict each other in the database refuses, and that too is told as
    ``Refused``.
    """
    municipalities = sorted({municipality, *others})
    try:
        with scope(municipalities, by):
            _wait_for_our_turn(municipalities)
            yield Sitting(municipality, title, by)
    except DatabaseError as error:
        words = told_in_words(error)
        if words is None:
            raise
        raise Refused((Fault(None, "", *words),)) from error


def _wait_for_our_turn(municipalities: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [_PATIENCE])
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('opora sitting ' || id, 0)) "
            "FROM (SELECT id FROM unnest(%s::bigint[]) id ORDER BY id) one_after_another",
            [list(municipalities)],
        )


def hold_off_loads(municipalities: Iterable[int]) -> None:
    """Until the end of the transaction no dataset of these territories is loaded: for what a load must not cross."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM territory WHERE id = ANY (%s::bigint[]) ORDER BY id FOR NO KEY UPDATE", [[*municipalities]]
        )
