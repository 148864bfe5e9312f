"""Backups as the tests speak of them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from opora.site.home import Home
from opora.upkeep.archive import members, of_bytes, write_archive
from opora.upkeep.backup import backup
from opora.upkeep.contents import TableContents, contents
from opora.upkeep.journal import Backup
from opora.upkeep.key import Key
from opora.upkeep.manifest import NAME, Manifest
from opora.upkeep.restore import restore
from opora.upkeep.sight import everything


def silent(step: str) -> None:
    pass


def made(home: Home, folder: Path, keep: int = 5) -> Backup:
    return backup(home, folder, keep=keep, step=silent)


def restored(archive: Path, key: Key, into: Path) -> Manifest:
    return restore(archive, key, into, step=silent)


def opened(archive: Path, key: Key) -> dict[str, bytes]:
    return {name: content.read() for name, content in members(archive, key)}


def manifest_of(archive: Path, key: Key) -> Manifest:
    return Manifest.model_validate_json(opened(archive, key)[NAME])


def forged(archive: Path, key: Key, change: Callable[[dict[str, Any]], None], out: Path) -> Path:
    """The same archive with another manifest, sealed by the installation itself."""
    inside = opened(archive, key)
    manifest = json.loads(inside[NAME])
    change(manifest)
    inside[NAME] = json.dumps(manifest).encode()
    buffer = io.BytesIO()
    write_archive(buffer, key, (of_bytes(name, data) for name, data in inside.items()))
    out.write_bytes(buffer.getvalue())
    return out


def rows_of(home: Home) -> dict[str, TableContents]:
    with everything(home) as sight:
        return contents(sight.connection)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())
