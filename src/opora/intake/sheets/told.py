"""What the caller says of a file, where the file does not say it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    on: dt.date | None = None
    """The day for which the sheets were made; a date above the header goes before it."""
    organisation: str = ""
    """Title of the organisation where no column names one."""
    organisation_key: str = ""
    """Its key in the registry, where the caller has chosen it."""
    about: str = ""
    """Title of the association, the contest or the instrument that a whole sheet is about."""
