"""Files that are there whole, or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


def see_that_one_can_write(folder: Path) -> None:
    """Before long work, that its fruit will not be lost. Raises ``OSError``, or ``NotADirectoryError`` of a file."""
    absolute = folder.absolute()
    there = next(place for place in (absolute, *absolute.parents) if place.exists())
    if not there.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(there))
    with TemporaryDirectory(prefix=".opora-", dir=there):
        pass


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """A scratch folder; when all is written its files move into ``folder``, which is made only then."""
    with TemporaryDirectory(prefix=".opora-", dir=_existing(folder)) as scratch:
        fresh = Path(scratch)
        yield fresh
        folder.mkdir(parents=True, exist_ok=True)
        for file in sorted(fresh.iterdir()):
            os.replace(file, folder / file.name)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """The path to write to; the file appears under its own name when it is ready."""
    with TemporaryDirectory(prefix=".opora-", dir=_existing(path.absolute().parent)) as scratch:
        fresh = Path(scratch) / path.name
        yield fresh
        path.parent.mkdir(parents=True, exist_ok=True)
        os.replace(fresh, path)


def _existing(folder: Path) -> Path:
    """The folder itself or the nearest one above it: the same disk, so that a move is one step."""
    absolute = folder.absolute()
    return next(place for place in (absolute, *absolute.parents) if place.is_dir())
