"""Files are taken into a real PostgreSQL, with one town in it."""

import pytest

from tests import installation as _installation  # noqa: F401 - it must come before any model
from tests.people.town import Town, town


@pytest.fixture
def city(empty_registry: None) -> Town:
    return town(people=0)
