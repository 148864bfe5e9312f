from opora.intake.models.batch import Busy, IntakeBatch, State
from opora.intake.models.file import IntakeFile, IntakeMapping
from opora.intake.models.line import IntakeLine

__all__ = ["Busy", "IntakeBatch", "IntakeFile", "IntakeLine", "IntakeMapping", "State"]
