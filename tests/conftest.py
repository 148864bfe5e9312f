"""What every test shares."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from opora.site.home import Home
    from tests.registry.database import Keepsakes

# The same examples in every run: a failure must be repeatable by whoever reads it.
settings.register_profile("opora", deadline=None, derandomize=True, print_blob=True)
# ``HYPOTHESIS_PROFILE=long`` looks at many more of them, and at others in every run.
settings.register_profile("long", deadline=None, max_examples=2_000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "opora"))


@pytest.fixture(scope="session")
def installation() -> Iterator[Home]:
    """A whole installation, one for all tests of this process."""
    from tests.installation import running

    yield from running()


@pytest.fixture(scope="session")
def keepsakes(installation: Home) -> Keepsakes:
    """Databases to begin with, each made once."""
    from tests.registry.database import Keepsakes

    return Keepsakes(installation)


@pytest.fixture
def empty_registry(installation: Home) -> Iterator[None]:
    """No facts, neither before nor after."""
    from tests.registry.database import forget_everything

    forget_everything(installation)
    yield
    forget_everything(installation)


@pytest.fixture(scope="module")
def world(installation: Home, keepsakes: Keepsakes) -> Iterator[None]:
    """Two towns with two schools each, once for a file of tests: what one of them changes the others of it see."""
    from tests.access.world import build
    from tests.registry.database import forget_everything

    keepsakes.bring("world", build)
    yield
    forget_everything(installation)
