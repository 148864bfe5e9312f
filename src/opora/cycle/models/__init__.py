from opora.cycle.models.programme import ProgrammeTerm, ProgrammeVersion

__all__ = ["ProgrammeTerm", "ProgrammeVersion"]
