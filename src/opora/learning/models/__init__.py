from opora.learning.models.diagnostic import Deficit, DiagnosticResult, Instrument
from opora.learning.models.mentorship import Adaptation, Mentorship
from opora.learning.models.route import Route, RouteStep, Support
from opora.learning.models.training import Training, TrainingPlan, TrainingProgramme, TrainingRequest

__all__ = [
    "Adaptation",
    "Deficit",
    "DiagnosticResult",
    "Instrument",
    "Mentorship",
    "Route",
    "RouteStep",
    "Support",
    "Training",
    "TrainingPlan",
    "TrainingProgramme",
    "TrainingRequest",
]
