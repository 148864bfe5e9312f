"""The tests of pages ask a real PostgreSQL, through Django as it runs in the server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import installation as _installation  # noqa: F401 - it must come before any model

if TYPE_CHECKING:
    from collections.abc import Iterator

    from opora.access.models import User
    from opora.access.roles import Role
    from tests.registry.database import Keepsakes


@pytest.fixture
def nobody(world: None) -> Iterator[None]:
    """There are no users after the test."""
    from opora.access.models import Grant, User

    yield
    Grant.objects.all().delete()
    User.objects.all().delete()


@pytest.fixture
def as_before(keepsakes: Keepsakes, nobody: None) -> Iterator[None]:
    """For a test that changes the facts of the world."""
    from tests.access.world import build

    yield
    keepsakes.bring("world", build)


@pytest.fixture(scope="module")
def users(world: None) -> dict[Role, User]:
    """One for each role, in the first school or over it."""
    from opora.access.roles import Role
    from tests.access.world import SCHOOLS, user_of
    from tests.web.people import with_second_factor

    return {role: with_second_factor(user_of(role, SCHOOLS[0])) for role in Role}
