"""What every verb of ``<package>/domain/`` stands on: one transaction of one municipality, all faults told at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

from opora.registry.models import Source
from opora.registry.scope import Actor, scope


@dataclass(frozen=True, slots=True)
class Fault:
    """Why one row of a batch is refused."""

    row: int
    """Its place in the batch, from 0."""
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
    faults: list[Fault] = field(default_factory=list)

    def fault(self, row: int, field: str, message: str, mend: str = "") -> None:
        self.faults.append(Fault(row, field, message, mend))

    def refuse_faults(self) -> None:
        """Raises ``Refused`` if there are any: called when all checks are made, and before anything is written."""
        if self.faults:
            raise Refused(tuple(sorted(self.faults, key=lambda fault: fault.row)))

    @cached_property
    def source(self) -> Source:
        """Where the rows of this sitting come from; entered when it is first asked for."""
        return Source.objects.create(municipality_id=self.municipality, kind="typed", title=self.title)


@contextmanager
def sitting(municipality: int, by: Actor, title: str) -> Iterator[Sitting]:
    """One transaction, in the scope of the municipality (id of a territory) alone.

    ``title`` is what is done, in Russian, as the source of the rows will tell it: «приём на работу».
    """
    with scope([municipality], by):
        yield Sitting(municipality, title)
