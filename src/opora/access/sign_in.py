"""How allauth and axes work here: nobody signs up by herself, secrets of the second factor are kept encrypted."""

from __future__ import annotations

import base64
import hashlib
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest

from opora.access.models import User
from opora.access.roles import Role
from opora.access.seeing import standing_of

_A_MOMENT = 5 * 60


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Not of whoever has typed her password a moment ago, as when she is led to her second factor at once."""
        proofs = get_authentication_records(self.request, self.request.user)
        fresh = any(time.time() - proof["at"] < _A_MOMENT for proof in proofs)
        return not fresh and bool(super().is_reauthentication_required(app=app))


class OpenIDAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """A known user may come in through the server of accounts; it makes no new ones."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        return not needs_second_factor(authenticator.user)


def needs_second_factor(user: User) -> bool:
    return Role.ADMINISTRATOR in standing_of(user).roles


def account_of(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """Whose account somebody tries, as axes counts her attempts."""
    given = (credentials or {}).get("email") or (request.POST.get("login", "") if request else "")
    return str(given).strip().lower()


def _cipher() -> Fernet:
    key = hashlib.sha256(b"second factor" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
