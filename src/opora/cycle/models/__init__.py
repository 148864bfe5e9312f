from opora.cycle.models.programme import ProgrammeTerm, ProgrammeVersion
from opora.cycle.models.published_table import PublishedTable

__all__ = ["ProgrammeTerm", "ProgrammeVersion", "PublishedTable"]
