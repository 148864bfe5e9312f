"""How a reader likes the pages: theme, size of letters, contrast. In a cookie, so it holds before signing in too."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

COOKIE = "appearance"
YEAR = 365 * 24 * 60 * 60
CHOICES: dict[str, dict[str, str]] = {
    "theme": {"auto": "Как в системе", "light": "Светлая", "dark": "Тёмная"},
    "size": {"normal": "Обычный", "large": "Крупный", "huge": "Очень крупный"},
    "contrast": {"auto": "Обычный", "more": "Высокий"},
}
TITLES = {"theme": "Тема", "size": "Размер букв", "contrast": "Контраст"}
_MEDIA = {"auto": "(prefers-{}: {})", "dark": "all", "more": "all"}


@dataclass(frozen=True, slots=True)
class Appearance:
    theme: str = "auto"
    size: str = "normal"
    contrast: str = "auto"

    @property
    def dark_media(self) -> str:
        """When the style sheet of the night holds; empty if never."""
        return _MEDIA.get(self.theme, "").format("color-scheme", "dark")

    @property
    def contrast_media(self) -> str:
        return _MEDIA[self.contrast].format("contrast", "more")

    @property
    def switches(self) -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
        """For each: its name, its title, and what can be chosen: value, words, whether it is chosen now."""
        return [
            (name, TITLES[name], [(value, words, value == getattr(self, name)) for value, words in choices.items()])
            for name, choices in CHOICES.items()
        ]

    def changed(self, chosen: dict[str, str]) -> Appearance:
        """With what was chosen, as far as it can be chosen."""
        kept = {name: getattr(self, name) for name in CHOICES}
        return Appearance(**kept | {name: value for name, value in chosen.items() if value in CHOICES.get(name, ())})


def appearance_of(request: HttpRequest) -> Appearance:
    told = request.COOKIES.get(COOKIE, "").split()
    return Appearance().changed(dict(zip(CHOICES, told, strict=False)))


@require_POST
def change_appearance(request: HttpRequest) -> HttpResponse:
    """What the pressed button says, and back to the page on which it stands."""
    look = appearance_of(request).changed({name: request.POST.get(name, "") for name in CHOICES})
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = reverse("start")
    response = redirect(back)
    response.set_cookie(
        COOKIE,
        " ".join((look.theme, look.size, look.contrast)),
        max_age=YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
