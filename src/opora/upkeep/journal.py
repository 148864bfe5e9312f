"""What was done for the safety of an installation, and when: ``upkeep.json`` in its folder."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from opora.site.home import Home
from opora.site.trouble import SiteTrouble

_KEPT_DRILLS = 24


class Backup(BaseModel):
    model_config = ConfigDict(frozen=True)

    path: Path
    made_at: dt.datetime
    seconds: float
    size: int
    rows: int


class Drill(BaseModel):
    """A restoration on trial. It succeeded if there is no ``trouble``."""

    model_config = ConfigDict(frozen=True)

    at: dt.datetime
    archive: Path
    seconds: float
    rows: int = 0
    compared: int = 0
    """Indicators whose values were compared."""
    trouble: str = ""


class Journal(BaseModel):
    key_saved: dt.date | None = None
    backup: Backup | None = None
    drills: list[Drill] = []
    """The last one is the newest."""

    @classmethod
    def of(cls, home: Home) -> Journal:
        path = _path(home)
        try:
            return cls.model_validate_json(path.read_bytes()) if path.exists() else cls()
        except ValidationError:
            raise SiteTrouble(
                f"Файл «{path}» повреждён: уберите его и сделайте копию (opora backup). В нём записано только, когда "
                "были копии и учебные восстановления"
            ) from None

    def add(self, drill: Drill) -> None:
        self.drills = [*self.drills, drill][-_KEPT_DRILLS:]

    def keep(self, home: Home) -> None:
        path = _path(home)
        fresh = path.with_name(f".{path.name}.new")
        fresh.unlink(missing_ok=True)
        # For its owner alone: why a drill failed may quote a row.
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(self.model_dump_json(indent=1))
        os.replace(fresh, path)


def _path(home: Home) -> Path:
    return home.folder / "upkeep.json"
