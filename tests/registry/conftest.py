"""The tests of the registry ask a real PostgreSQL."""

import pytest

from opora.site.home import Home
from tests import installation as _installation  # noqa: F401 - it must come before any model


@pytest.fixture(scope="session", autouse=True)
def _installed(installation: Home) -> None:
    """Also for tests that do not name it."""
