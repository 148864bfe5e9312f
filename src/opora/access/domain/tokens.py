"""Keys by which programs ask in a user's name: given by herself, told once, good for a time."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from opora.access.models import Purpose, Token, User
from opora.registry.scope import Actor, scope
from opora.registry.verbs import Fault, Refused

LONGEST = dt.timedelta(days=366)
"""A key that nobody renews is a key that nobody remembers."""
MOST = 20
"""Keys of one user that are good at a time."""
_BEGINNING = "opora_"
"""So that a key which has got into a file or a letter is known for what it is."""


@dataclass(frozen=True, slots=True)
class Issued:
    token: Token
    secret: str
    """The key itself: told once, and kept nowhere."""


def issue(user: User, title: str, purposes: Collection[Purpose], expires_on: dt.date, *, by: Actor) -> Issued:
    title = " ".join(title.split())
    secret = _BEGINNING + secrets.token_urlsafe(32)
    with scope([], by):
        User.objects.select_for_update().get(pk=user.pk)  # two at once would not see each other
        faults = [*_title_faults(user, title), *_purpose_faults(purposes), *_day_faults(expires_on)]
        if faults:
            raise Refused(tuple(faults))
        token = Token.objects.create(
            user=user,
            title=title,
            digest=_digest(secret),
            purposes=[one for one in Purpose if one in purposes],
            expires_on=expires_on,
        )
    return Issued(token, secret)


def withdraw_token(token: Token, *, by: Actor) -> None:
    with scope([], by):
        Token.objects.filter(pk=token.pk, withdrawn_at=None).update(withdrawn_at=timezone.now())


def good_tokens() -> QuerySet[Token]:
    """Neither expired nor withdrawn."""
    return Token.objects.filter(withdrawn_at=None, expires_on__gte=timezone.localdate())


def token_of(secret: str) -> Token | None:
    """The good key that this is, of a user who may sign in; notes the day."""
    today = timezone.localdate()
    found = good_tokens().select_related("user").filter(digest=_digest(secret), user__is_active=True).first()
    if found is not None and found.used_on != today:
        Token.objects.filter(pk=found.pk).update(used_on=today)
    return found


def _title_faults(user: User, title: str) -> list[Fault]:
    if not title:
        return [Fault(None, "title", "Не сказано, для какой программы ключ", "Впишите её название")]
    kept = good_tokens().filter(user=user)
    if kept.filter(title=title).exists():
        return [Fault(None, "title", f"Ключ «{title}» уже есть", "Отзовите его или назовите новый иначе")]
    if kept.count() >= MOST:
        return [Fault(None, "title", f"Ключей уже {MOST}", "Отзовите те, что больше не нужны")]
    return []


def _purpose_faults(purposes: Collection[Purpose]) -> list[Fault]:
    return [] if purposes else [Fault(None, "purposes", "Ключ ничего не позволяет", "Отметьте, что можно программе")]


def _day_faults(day: dt.date) -> list[Fault]:
    today = timezone.localdate()
    last = today + LONGEST
    if today <= day <= last:
        return []
    return [Fault(None, "expires_on", "Ключ даётся не больше чем на год", f"Назовите день не позже {last:%d.%m.%Y}")]


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
