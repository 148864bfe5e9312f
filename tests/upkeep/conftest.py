"""Backups are made of a real installation with two towns in it."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from opora.site.home import Home
from opora.upkeep.journal import Backup
from tests import installation as _installation  # noqa: F401 - it must come before any model

LETTER = "письмо № 1.txt"


@pytest.fixture(scope="session")
def place() -> Iterator[Path]:
    """Not pytest's own: where tests run as root, the server's user could not enter that."""
    made = Path(tempfile.mkdtemp(prefix="opora-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def room(place: Path) -> Path:
    """A folder there for one module; a process that comes to it twice gets two."""
    made = Path(tempfile.mkdtemp(dir=place))
    made.chmod(0o711)
    return made


@pytest.fixture(scope="package")
def towns(installation: Home) -> Home:
    """Two towns, and a file that somebody has sent in."""
    from tests.registry import town
    from tests.registry.database import forget_everything

    forget_everything(installation)
    town.both_towns()
    installation.files.mkdir(exist_ok=True)
    (installation.files / LETTER).write_text("Прошу принять", "utf-8")
    return installation


@pytest.fixture(scope="package")
def copy(towns: Home, place: Path) -> Backup:
    """A backup of them."""
    from opora.upkeep.backup import backup

    return backup(towns, Path(tempfile.mkdtemp(dir=place)), keep=5, step=lambda words: None)


@pytest.fixture
def small_disk(place: Path) -> Iterator[Path]:
    """A disk of 200 megabytes that is full when a test fills it."""
    disk = place / "disk"
    disk.mkdir(mode=0o711)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=200m,mode=711", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root may make a disk")
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)
    disk.rmdir()
