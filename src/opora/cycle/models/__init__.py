from opora.cycle.models.form_figure import FormFigure
from opora.cycle.models.programme import ProgrammeTerm, ProgrammeVersion
from opora.cycle.models.published_table import PublishedTable

__all__ = ["FormFigure", "ProgrammeTerm", "ProgrammeVersion", "PublishedTable"]
