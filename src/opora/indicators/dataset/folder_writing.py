"""A folder of a dataset that is there whole or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from opora.indicators.dataset.descriptor import DESCRIPTOR
from opora.indicators.dataset.faults import unreadable


@contextmanager
def fresh_folder(folder: Path) -> Iterator[Path]:
    """An empty folder beside; when all is written it takes the place of an earlier dataset in one step."""
    _refuse_foreign(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as scratch:
        fresh = Path(scratch) / "fresh"
        fresh.mkdir()
        yield fresh
        _put_in_place(fresh, folder, old=Path(scratch) / "old")


def _put_in_place(fresh: Path, folder: Path, *, old: Path) -> None:
    if folder.exists():
        folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise


def _refuse_foreign(folder: Path) -> None:
    """Only an earlier dataset may be replaced, lest somebody's folder of documents be."""
    if not folder.exists() or (folder / DESCRIPTOR).exists():
        return
    if not folder.is_dir() or any(folder.iterdir()):
        raise unreadable(f"Папка «{folder}» занята другими файлами", "Укажите пустую или новую папку")
