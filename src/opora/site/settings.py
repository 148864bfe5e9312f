"""Django's settings. What differs between installations comes from their folder (``home``)."""

from __future__ import annotations

from typing import Any

from opora.site.home import Home

_home = Home.current()


def _database(libpq: dict[str, str]) -> dict[str, Any]:
    words = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    known = {words[name]: value for name, value in libpq.items() if name in words}
    options = {name: value for name, value in libpq.items() if name not in words}
    return {"ENGINE": "django.db.backends.postgresql", "OPTIONS": options} | known


def _databases() -> dict[str, Any]:
    """None without an installation: tools that only read the models need no more."""
    if not _home.exists:
        return {}
    return {"default": _database(_home.application()), "owner": _database(_home.owner())}


SECRET_KEY = _home.secret("django") if _home.exists else "no installation"
DATABASES = _databases()
INSTALLED_APPS = [
    "opora.registry",
    "opora.people",
    "opora.learning",
    "opora.community",
    "opora.records",
    "opora.access",
    "django.contrib.contenttypes",
    "django.contrib.auth",
]
AUTH_USER_MODEL = "access.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        # It compares letters in any order: with less, a long phrase is "like" any long name.
        "OPTIONS": {"user_attributes": ("email", "full_name"), "max_similarity": 0.9},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "ru"
TIME_ZONE = "Europe/Moscow"
USE_TZ = True
