from opora.community.models.association import Association, Attendance, Meeting, Membership, MethodicalTheme
from opora.community.models.contest import Contest, ContestEntry
from opora.community.models.event import Event, Participation
from opora.community.models.experience import Material, Practice, Presentation, Publication
from opora.community.models.project import InnovationSite, Project, ProjectParticipant

__all__ = [
    "Association",
    "Attendance",
    "Contest",
    "ContestEntry",
    "Event",
    "InnovationSite",
    "Material",
    "Meeting",
    "Membership",
    "MethodicalTheme",
    "Participation",
    "Practice",
    "Presentation",
    "Project",
    "ProjectParticipant",
    "Publication",
]
