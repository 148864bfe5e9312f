from opora.people.models.attestation import Attestation
from opora.people.models.duty import ExpertRole, Responsibility
from opora.people.models.education import Education, ProfileMatch
from opora.people.models.employment import Employment, Experience, Leave, Teaching
from opora.people.models.merge import PersonMerge, PersonMergeMove
from opora.people.models.organisation import Organisation, OrganisationStatus
from opora.people.models.person import Person
from opora.people.models.staffing import Staffing, Vacancy
from opora.people.models.team import Team, TeamMember
from opora.people.models.territory import Territory

__all__ = [
    "Attestation",
    "Education",
    "Employment",
    "Experience",
    "ExpertRole",
    "Leave",
    "Organisation",
    "OrganisationStatus",
    "Person",
    "PersonMerge",
    "PersonMergeMove",
    "ProfileMatch",
    "Responsibility",
    "Staffing",
    "Teaching",
    "Team",
    "TeamMember",
    "Territory",
    "Vacancy",
]
