"""Whom a row of each table concerns: the paths from it to persons, organisations and associations."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models

from opora.community import models as community
from opora.learning import models as learning
from opora.people import models as people
from opora.records import models as records


@dataclass(frozen=True, slots=True)
class Concerns:
    """Where all of them are empty, a row concerns the municipality as a whole."""

    people: tuple[str, ...] = ()
    """Whom it is about."""
    by: tuple[str, ...] = ()
    """Who acts in it for somebody else."""
    organisations: tuple[str, ...] = ()
    """Whose it is, if one of them is filled."""
    associations: tuple[str, ...] = ()


_PERSON = Concerns(people=("person",))
_ORGANISATION = Concerns(organisations=("organisation",))
_BOTH = Concerns(people=("person",), organisations=("organisation",))
_NOBODY = Concerns()

CONCERNS: dict[type[models.Model], Concerns] = {
    people.Organisation: Concerns(organisations=("pk",)),
    people.OrganisationStatus: _ORGANISATION,
    people.Person: Concerns(people=("pk",)),
    people.Employment: _BOTH,
    people.Leave: _PERSON,
    people.Teaching: _BOTH,
    people.Staffing: _ORGANISATION,
    people.Vacancy: _ORGANISATION,
    people.Experience: _PERSON,
    people.Education: _PERSON,
    people.ProfileMatch: _NOBODY,
    people.Attestation: _PERSON,
    people.Team: _ORGANISATION,
    people.TeamMember: Concerns(people=("person",), organisations=("team__organisation",)),
    people.Responsibility: _BOTH,
    people.ExpertRole: _PERSON,
    learning.Instrument: _NOBODY,
    learning.DiagnosticResult: _PERSON,
    learning.Deficit: _PERSON,
    learning.Route: Concerns(people=("person",), by=("tutor",)),
    learning.RouteStep: Concerns(people=("route__person",), by=("route__tutor",)),
    learning.Support: Concerns(people=("person",), by=("by",)),
    learning.TrainingProgramme: _NOBODY,
    learning.TrainingPlan: _ORGANISATION,
    learning.TrainingRequest: Concerns(people=("person",), organisations=("plan__organisation",)),
    learning.Training: _PERSON,
    learning.Mentorship: Concerns(people=("mentor", "mentee")),
    learning.Adaptation: _BOTH,
    community.Association: Concerns(organisations=("organisation",), associations=("pk",)),
    community.Membership: Concerns(people=("person",), associations=("association",)),
    community.Meeting: Concerns(associations=("association",)),
    community.Attendance: Concerns(people=("person",), associations=("meeting__association",)),
    community.MethodicalTheme: Concerns(organisations=("organisation",), associations=("association",)),
    community.Event: Concerns(organisations=("organisation",), associations=("association",)),
    community.Participation: _PERSON,
    community.Contest: _NOBODY,
    community.ContestEntry: Concerns(people=("person",), organisations=("organisation", "team__organisation")),
    community.Presentation: _PERSON,
    community.Publication: _PERSON,
    community.Material: Concerns(people=("person",), associations=("association",)),
    community.Practice: _BOTH,
    community.Project: Concerns(organisations=("organisation",), associations=("association",)),
    community.ProjectParticipant: _BOTH,
    community.InnovationSite: _ORGANISATION,
    records.Document: Concerns(organisations=("organisation",), associations=("association",)),
    records.Collection: _NOBODY,
    records.CardAnswer: _ORGANISATION,
    records.SurveyResult: _ORGANISATION,
    records.Coverage: _NOBODY,
    records.Measure: _NOBODY,
    records.Execution: _NOBODY,
    records.Recommendation: Concerns(
        people=("person",), organisations=("organisation",), associations=("association",)
    ),
    records.Circular: _NOBODY,
    records.Acknowledgement: _ORGANISATION,
    records.Visit: _ORGANISATION,
    records.AssessmentResult: _ORGANISATION,
}
