"""Django's settings. What differs between installations comes from their folder (``home``)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import fontpkg_onest

from opora.site.home import Home

_home = Home.current()


def _database(libpq: dict[str, str]) -> dict[str, Any]:
    words = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    known = {words[name]: value for name, value in libpq.items() if name in words}
    options = {name: value for name, value in libpq.items() if name not in words}
    kept = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    return {"ENGINE": "django.db.backends.postgresql", "OPTIONS": options} | kept | known


def _databases() -> dict[str, Any]:
    """None without an installation: tools that only read the models need no more."""
    if not _home.exists:
        return {}
    return {"default": _database(_home.application()), "owner": _database(_home.owner())}


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _openid(told: dict[str, str]) -> dict[str, Any]:
    server = {"server_url": told["server"]}
    return {
        "provider_id": "openid",
        "name": told["title"],
        "client_id": told["client"],
        "secret": told["secret"],
        "settings": server,
    }


SECRET_KEY = _home.secret("django") if _home.exists else "no installation"
DATABASES = _databases()
INSTALLED_APPS = [
    "opora.registry",
    "opora.people",
    "opora.learning",
    "opora.community",
    "opora.records",
    "opora.cycle",
    "opora.access",
    "opora.privacy",
    "opora.snapshot",
    "opora.intake",
    "opora.web",
    "opora.web.layout",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "ru"
TIME_ZONE = _home.time_zone
USE_TZ = True

# ── the server ──────────────────────────────────────────────────────────────────────────────────────────────────────

_https = _home.address
"""Without an address this is a trial: Opora answers to this machine alone, and without encryption."""
ROOT_URLCONF = "opora.web.urls"
ALLOWED_HOSTS = [urlsplit(_https).hostname] if _https else ["127.0.0.1", "localhost", "[::1]"]
MIDDLEWARE = [
    "opora.web.middleware.log_requests",
    "opora.web.middleware.know_the_client",
    "opora.web.middleware.refuse_large_bodies",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "opora.web.gate.require_a_gate",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "opora.web.layout.context.frame",
            ],
            "builtins": ["django.templatetags.static", "opora.web.layout.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "opora.web.forms.Renderer"
STATIC_URL = "static/"
STATICFILES_DIRS = [("fonts", Path(fontpkg_onest.ROOT) / "files")]
STATIC_ROOT = _home.folder / "static"
"""Gathered by ``opora init``; names carry hashes, so that browsers may keep them for ever."""
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
"""Shared by all processes: limits on attempts are counted in it, and codes that have been used."""

# ── what a browser is told ──────────────────────────────────────────────────────────────────────────────────────────

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = bool(_https)
CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = bool(_https)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
SECURE_REDIRECT_EXEMPT = [r"^health$"]
X_FRAME_OPTIONS = "DENY"
_NOTHING, _OURS = "'none'", "'self'"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [_NOTHING],
        "script-src": [_OURS],
        "style-src": [_OURS],
        "img-src": [_OURS, "data:"],
        "font-src": [_OURS],
        "connect-src": [_OURS],
        # A sign-in by OpenID Connect begins with a form of ours that leads to that server.
        "form-action": [_OURS, *([_origin(_home.openid["server"])] if _home.openid else [])],
        "base-uri": [_NOTHING],
        "frame-ancestors": [_NOTHING],
    }
}

# ── who signs in ────────────────────────────────────────────────────────────────────────────────────────────────────

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
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
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_ADAPTER = "opora.access.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
USERSESSIONS_TRACK_ACTIVITY = True
MFA_ADAPTER = "opora.access.sign_in.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Опора"
MFA_TOTP_TOLERANCE = 1
"""Clocks of telephones may differ by half a minute."""

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = dt.timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
"""One address is often a whole school, so it is locked for one account only; across addresses allauth's limits hold."""
AXES_USERNAME_CALLABLE = "opora.access.sign_in.account_of"
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
AXES_VERBOSE = False

SOCIALACCOUNT_ADAPTER = "opora.access.sign_in.OpenIDAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"APPS": [_openid(_home.openid)] if _home.openid else [], "OAUTH_PKCE_ENABLED": True}
}
