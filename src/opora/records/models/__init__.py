from opora.records.models.collection import CardAnswer, Collection, SurveyResult
from opora.records.models.coverage import Coverage
from opora.records.models.document import Document
from opora.records.models.letter import Acknowledgement, Circular, Recommendation
from opora.records.models.measure import Execution, Measure
from opora.records.models.visit import AssessmentResult, Visit

__all__ = [
    "Acknowledgement",
    "AssessmentResult",
    "CardAnswer",
    "Circular",
    "Collection",
    "Coverage",
    "Document",
    "Execution",
    "Measure",
    "Recommendation",
    "SurveyResult",
    "Visit",
]
