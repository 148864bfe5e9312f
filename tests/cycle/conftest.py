"""The verbs of the cycle ask a real PostgreSQL, with two towns in it."""

import pytest

from tests import installation as _installation  # noqa: F401 - it must come before any model


@pytest.fixture
def towns(empty_registry: None) -> None:
    from tests.registry.town import both_towns

    both_towns()
