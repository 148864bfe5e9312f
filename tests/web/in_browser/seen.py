"""What happens while somebody is on a page."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize

from opora.access.models import User
from opora.registry.models import Row
from opora.registry.scope import scope
from tests.access.world import SCHOOLS, TESTS, territory
from tests.web.every_page import trust
from tests.web.people import browser as session_of


@dataclass
class Seen:
    """Of all pages of a context."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        """Errors and warnings. Chromium's hints to developers («[DOM] …», of the kind ``debug``) are none: of a form
        with three fields for passwords it would like a fourth one."""
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")


def signed_in(
    chromium: Browser, address: str, user: User | None, *, width: int = 1280, javascript: bool = True
) -> tuple[BrowserContext, Seen]:
    """Her browser, past the sign-in page, which has a test of its own."""
    size: ViewportSize = {"width": width, "height": 900}
    context = chromium.new_context(locale="ru-RU", viewport=size, java_script_enabled=javascript)
    if user is not None:
        client = session_of(user)
        trust(client)
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": address}])
    return context, Seen()


def rows(model: type[Row], **where: object) -> int:
    """Living ones of the first school's town."""
    with scope([territory(SCHOOLS[0].town)], TESTS):
        return model._default_manager.filter(archived_at=None, **where).count()
