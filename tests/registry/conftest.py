"""A PostgreSQL of its own for every process that runs tests, from the same wheel that users get."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from opora.site.home import Home
from opora.site.setup import make, set_up_django

# Django reads its settings once, when the first model is imported: by then the installation must have its secrets.
_FOLDER = Path(tempfile.mkdtemp(prefix="opora-"))
_FOLDER.chmod(0o711)
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
os.environ["OPORA_HOME"] = str(_FOLDER / "home")
HOME = Home.current()
HOME.create()
set_up_django()


@pytest.fixture(scope="session", autouse=True)
def installation() -> Iterator[Home]:
    """A whole installation, made as ``opora init`` makes it."""
    from tests.registry.database import careless

    make(HOME)
    careless(HOME)
    yield HOME
    from django.db import connections

    connections.close_all()
    assert HOME.cluster is not None
    HOME.cluster.stop()
    shutil.rmtree(_FOLDER)


@pytest.fixture
def empty_registry(installation: Home) -> Iterator[None]:
    """No facts, neither before nor after."""
    from tests.registry.database import forget_everything

    forget_everything(installation)
    yield
    forget_everything(installation)
