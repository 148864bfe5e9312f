"""Pages in a real browser, served as users get them: one server and one browser for a file of tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.papers.test_report_in_browser import FLAGS


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Playwright runs an event loop in this thread, in which Django would ask no database: here it may, because the
    loop stands still while a test goes on."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert found, "Chromium is needed: make browser"
    from django.db import connections

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        # Django keeps other connections where a loop runs; those that an earlier file has left were cut off since.
        connections.close_all()
        started = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield started
        started.close()
        connections.close_all()
    connections.close_all()


@pytest.fixture(scope="module")
def address(world: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where Opora answers, its worker included."""
    from tests.web.test_server import free_port, serving, well

    port = free_port()
    with serving(port, tmp_path_factory.mktemp("server") / "log"):
        assert well(port)
        yield f"http://127.0.0.1:{port}"
