"""What each role sees of each table: everything of its municipalities, or what is its own, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model, Q

from opora.access.roles import Role
from opora.access.seeing import own
from opora.access.seeing.concerns import CONCERNS
from opora.access.seeing.standing import Standing
from opora.community import models as community
from opora.learning import models as learning
from opora.people import models as people
from opora.records import models as records

Tables = frozenset[type[Model]]

REFERENCE: Tables = frozenset({people.ProfileMatch, learning.Instrument, learning.TrainingProgramme, community.Contest})
"""Read from the territories above too; nobody is named in them."""

COMMON: Tables = REFERENCE | {
    people.Organisation,
    community.Association,
    community.Event,
    community.InnovationSite,
    community.MethodicalTheme,
    community.Project,
    records.Circular,
    records.Collection,
    records.Measure,
}
"""Known to all who work in the municipality: what is held, who holds it, what is asked of whom."""

_LEARNING: Tables = frozenset(
    {
        people.Person,
        people.Employment,
        people.Teaching,
        learning.DiagnosticResult,
        learning.Deficit,
        learning.Route,
        learning.RouteStep,
        learning.Support,
        learning.Training,
        learning.Adaptation,
        learning.Mentorship,
    }
)
"""What somebody must know of those whom she teaches."""


@dataclass(frozen=True)
class Sight:
    whole: Tables
    """All the rows of the role's municipalities."""
    own_tables: Tables = frozenset()
    own: Callable[[type[Model], Standing], Q | None] = own.nothing
    """Which rows of ``own_tables`` are the role's own; None where a table has no such rows."""
    archive: bool = False
    """Rows in the archive too."""
    own_words: str = ""

    def of(self, model: type[Model]) -> str:
        """``whole``, ``own`` or nothing."""
        if model in self.whole:
            return "whole"
        return "own" if model in self.own_tables else ""


def _tables(*kinds: str) -> Tables:
    """Tables whose rows concern persons, organisations …"""
    return frozenset(model for model, concerns in CONCERNS.items() if any(getattr(concerns, kind) for kind in kinds))


_SERVICE = Sight(whole=frozenset(CONCERNS), archive=True)

SIGHTS: dict[Role, Sight] = {
    Role.ADMINISTRATOR: _SERVICE,
    Role.HEAD: _SERVICE,
    Role.METHODIST: _SERVICE,
    Role.COORDINATOR: Sight(
        whole=COMMON,
        own_tables=_tables("people", "organisations") - COMMON,
        own=own.of_the_organisation,
        own_words="её организации и о тех, кто в ней работает",
    ),
    Role.EDUCATOR: Sight(
        whole=COMMON,
        own_tables=(_tables("people", "by") | {community.Meeting}) - COMMON,
        own=own.of_herself,
        own_words="о ней самой; заседания объединений, в которых она состоит",
    ),
    Role.MENTOR: Sight(
        whole=COMMON,
        own_tables=_LEARNING,
        own=own.of_her_mentees,
        own_words="о тех, кого она сейчас наставляет или чей маршрут ведёт",
    ),
    Role.ASSOCIATION_HEAD: Sight(
        whole=COMMON,
        own_tables=(_tables("associations") | {people.Person, people.Employment}) - COMMON,
        own=own.of_the_association,
        own_words="её объединения; его нынешние участники и их работа",
    ),
    Role.EXPERT: Sight(whole=COMMON | {community.ContestEntry, community.Material, community.Practice}),
    Role.PSYCHOLOGIST: Sight(
        whole=COMMON
        | {
            people.Person,
            people.Employment,
            learning.DiagnosticResult,
            learning.Deficit,
            learning.Support,
            learning.Adaptation,
        }
    ),
    # Numbers, and no names: of numbers nothing here decides.
    Role.OBSERVER: Sight(whole=REFERENCE | {people.Organisation}),
}
