"""What a backup tells of itself, before anything else in it is read."""

from __future__ import annotations

import datetime as dt
import re

from pydantic import BaseModel, ConfigDict

from opora import __version__
from opora.site.setup import KNOWN_SERVERS
from opora.upkeep.contents import Protection, TableContents
from opora.upkeep.migrations import Migration, unknown
from opora.upkeep.trouble import Unfit
from opora.upkeep.values import ProgrammeValues

NAME = "manifest.json"
FORMAT = 1


class Manifest(BaseModel):
    model_config = ConfigDict(frozen=True)

    format: int = FORMAT
    opora: str = __version__
    made_at: dt.datetime
    key: str
    """Name of the key that opens it."""
    postgres: int
    """Major version of the server."""
    database_size: int
    """Bytes on the disk of the server."""
    owner: str
    application: str
    """What the two roles are called there: policies name them."""
    migrations: tuple[Migration, ...]
    tables: dict[str, TableContents]
    protection: dict[str, Protection]
    values: ProgrammeValues | None
    """What a programme comes to in it; None where there was nothing to count or counting failed, see ``no_values``."""
    no_values: str = ""

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())


def require_known(manifest: Manifest) -> None:
    """Refuses what a newer Opora has made: older tables are migrated forward, newer ones cannot be understood."""
    newer = manifest.format > FORMAT or _version(manifest.opora) > _version(__version__)
    if newer or unknown(manifest.migrations):
        raise Unfit(
            f"Копия сделана Опорой {manifest.opora}, а эта — {__version__}: более новой копии она не поймёт. "
            "Обновите Опору и повторите"
        )
    if manifest.postgres > KNOWN_SERVERS[-1]:
        raise Unfit(f"Копия сделана с PostgreSQL {manifest.postgres}, а Опора знает не новее {KNOWN_SERVERS[-1]}")


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", text)[:3])
