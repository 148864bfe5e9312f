"""Sources of facts, each known by one adapter. A new one is a file beside these and a line in ``ADAPTERS``."""

from opora.intake.adapters.base import Adapter, Asked, Dropped, FileTold, Proposed, SheetAsked
from opora.intake.adapters.pages import StaffPages
from opora.intake.adapters.sheets import Sheets

ADAPTERS: tuple[Adapter, ...] = (StaffPages(), Sheets())
"""A file is given to the first that knows it."""

__all__ = ["ADAPTERS", "Adapter", "Asked", "Dropped", "FileTold", "Proposed", "SheetAsked", "adapter_of"]


def adapter_of(file: Dropped) -> Adapter | None:
    return next((each for each in ADAPTERS if each.knows(file)), None)
