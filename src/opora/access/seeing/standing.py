"""Which roles a user holds on a day, and the scope that follows from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils import timezone

from opora.access.models import Grant, User
from opora.access.roles import Role
from opora.access.territories import Reach, above, below
from opora.registry.scope import Actor, scope


@dataclass(frozen=True)
class Standing:
    """What a user is on a day."""

    user: User
    on: dt.date
    grants: tuple[Grant, ...]
    actor: Actor
    """As the trail and the log of readings call her."""

    @cached_property
    def roles(self) -> frozenset[Role]:
        return frozenset(Role(grant.role) for grant in self.grants)

    def of(self, roles: Collection[Role]) -> tuple[Grant, ...]:
        return tuple(grant for grant in self.grants if grant.role in roles)

    def only(self, *roles: Role) -> Standing:
        """What she is by these roles alone: another role of hers adds nothing."""
        return replace(self, grants=self.of(roles))

    def territories(self, roles: Collection[Role] = tuple(Role)) -> frozenset[int]:
        """Where one of the roles is held: what lies below is within it."""
        return frozenset().union(*(self._below[grant.territory_id] for grant in self.of(roles)))

    def readable(self, role: Role) -> frozenset[int]:
        """The role's territories, and those above from which reference tables are read."""
        return self.territories([role]).union(*(self._above[grant.territory_id] for grant in self.of([role])))

    @cached_property
    def _below(self) -> Reach:
        return below({grant.territory_id for grant in self.grants})

    @cached_property
    def _above(self) -> Reach:
        return above({grant.territory_id for grant in self.grants})


def standing_of(user: User, on: dt.date | None = None, address: str = "") -> Standing:
    """``on``: today; ``address``: where she asks from. A user who is closed holds nothing."""
    on = on or timezone.localdate()
    held = Grant.objects.filter(Grant.holding(on), user=user, user__is_active=True)
    grants = tuple(held.select_related("territory").order_by("pk"))
    return Standing(user, on, grants, Actor(user.acting, address))


def governed(user: User, on: dt.date | None = None) -> frozenset[int]:
    """Territories in which she may give roles and invite."""
    return standing_of(user, on).territories([Role.ADMINISTRATOR])


@contextmanager
def scope_of(user: User, address: str) -> Iterator[Standing]:
    """The scope of all the territories in which she holds a role today; ``address`` is where she asks from."""
    standing = standing_of(user, address=address)
    with scope(standing.territories(), standing.actor):
        yield standing
