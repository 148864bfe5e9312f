"""The tests of access ask a real PostgreSQL with two towns in it."""

from collections.abc import Iterator

import pytest

from opora.site.home import Home
from tests import installation as _installation  # noqa: F401 - it must come before any model


@pytest.fixture(scope="module")
def world(installation: Home) -> Iterator[None]:
    """Once for a file of tests: none of them may change the facts."""
    from tests.access.world import build
    from tests.registry.database import forget_everything

    forget_everything(installation)
    build()
    yield
    forget_everything(installation)
