"""The tests of personal data ask a real PostgreSQL, with one town in it."""

import pytest

from opora.site.home import Home
from tests import installation as _installation  # noqa: F401 - it must come before any model
from tests.people.town import Town, town


@pytest.fixture
def city(installation: Home, empty_registry: None) -> Town:
    return town()
