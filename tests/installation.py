"""A PostgreSQL of its own for every process that runs tests, from the same wheel that users get.

A folder of tests that asks the registry imports this in its conftest: Django reads its settings once, when the first
model is imported, and by then the installation must have its secrets.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from opora.site.home import Home
from opora.site.setup import make, set_up_django

_FOLDER = Path(tempfile.mkdtemp(prefix="opora-"))
_FOLDER.chmod(0o711)
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
os.environ["OPORA_HOME"] = str(_FOLDER / "home")
HOME = Home.current()
HOME.create()
set_up_django()


def running() -> Iterator[Home]:
    """Made as ``opora init`` makes it, and taken away at the end."""
    from tests.registry.database import careless

    make(HOME)
    careless(HOME)
    yield HOME
    from django.db import connections

    connections.close_all()
    assert HOME.cluster is not None
    HOME.cluster.stop()
    shutil.rmtree(_FOLDER)
