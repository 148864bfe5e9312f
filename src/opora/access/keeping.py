"""Who keeps which rows: enters, corrects, ends and archives them. Reading is ``seeing``; this is narrower."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from opora.access.roles import PLACE, Place, Role
from opora.access.seeing.concerns import CONCERNS
from opora.access.seeing.sights import REFERENCE, SIGHTS, Tables
from opora.access.seeing.standing import Standing
from opora.community import models as community
from opora.learning import models as learning
from opora.people import models as people
from opora.records import models as records

M = TypeVar("M", bound=Model)

_EVERYTHING: Tables = frozenset(CONCERNS)
_OF_A_SCHOOL: Tables = frozenset(
    {
        people.Person,
        people.Employment,
        people.Leave,
        people.Teaching,
        people.Staffing,
        people.Vacancy,
        people.Experience,
        people.Education,
        people.Attestation,
        people.Team,
        people.TeamMember,
        people.Responsibility,
        learning.TrainingPlan,
        learning.TrainingRequest,
        learning.Training,
        learning.Mentorship,
        learning.Adaptation,
        community.Participation,
        community.ContestEntry,
        community.Presentation,
        community.Publication,
        community.Material,
        community.Practice,
        community.Event,
        community.Project,
        community.ProjectParticipant,
        community.MethodicalTheme,
        records.Document,
        records.CardAnswer,
        records.SurveyResult,
        records.Acknowledgement,
    }
)
"""What a school knows best of itself. What others find out about it (diagnoses, visits) is not its to write."""

KEEPS: dict[Role, Tables] = {
    Role.ADMINISTRATOR: REFERENCE,
    Role.HEAD: _EVERYTHING,
    Role.METHODIST: _EVERYTHING,
    Role.COORDINATOR: _OF_A_SCHOOL,
    Role.ASSOCIATION_HEAD: frozenset({community.Meeting, community.Attendance, community.MethodicalTheme}),
    Role.MENTOR: frozenset({learning.Support, learning.RouteStep}),
    Role.PSYCHOLOGIST: frozenset({learning.DiagnosticResult, learning.Deficit, learning.Support}),
}
"""A role that is not here writes nothing in the tables of facts; an educator proposes (``privacy.proposals``)."""


def kept_by(standing: Standing, model: type[M]) -> QuerySet[M]:
    """Rows that she may write, living and archived: before a change, and after it too, or a row could be given away."""
    kept = Q(pk__in=[])
    for role in _roles(standing, model):
        bounds = _bounds(role, model, standing)
        if bounds is not None:
            kept |= bounds & Q(municipality__in=standing.territories([role]))
    return model._default_manager.filter(kept)


def places_of(standing: Standing, model: type[Model]) -> frozenset[int]:
    """Territories in which she may enter a new row; none: she keeps no such rows."""
    return standing.territories(_roles(standing, model)) if _roles(standing, model) else frozenset()


def _roles(standing: Standing, model: type[Model]) -> list[Role]:
    return [role for role in standing.roles if model in KEEPS.get(role, ())]


def _bounds(role: Role, model: type[Model], standing: Standing) -> Q | None:
    """Within its territories. What an organisation or an association may read of others, it does not write."""
    whole = PLACE[role] is Place.TERRITORY and model in SIGHTS[role].whole
    return Q() if whole else SIGHTS[role].own(model, standing)
