"""How many queries a page asks is known, and does not grow with what it shows."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from opora.site.home import Home
from tests.access.world import build
from tests.registry.database import Keepsakes, forget_everything
from tests.web.keep_queries import BASELINE, Counter, grow


@pytest.fixture(scope="module")
def queries(installation: Home, keepsakes: Keepsakes) -> Iterator[tuple[dict[str, int], dict[str, int]]]:
    """With one row of everything in a school, and with more schools and rows."""
    keepsakes.bring("world", build)
    counter = Counter()
    few = counter.counted()
    grow()
    yield few, counter.counted()
    forget_everything(installation)


def test_a_page_asks_as_many_queries_as_it_did(queries: tuple[dict[str, int], dict[str, int]]) -> None:
    """A change that is meant: ``python -m tests.web.keep_queries``."""
    assert queries[0] == json.loads(BASELINE.read_text("utf-8"))


def test_more_rows_ask_no_more_queries(queries: tuple[dict[str, int], dict[str, int]]) -> None:
    few, many = queries
    assert {name: (few[name], count) for name, count in many.items() if count > few[name]} == {}
