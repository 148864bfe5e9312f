from opora.registry.models.row import Row, State
from opora.registry.models.source import Source
from opora.registry.models.trail import Trail

__all__ = ["Row", "Source", "State", "Trail"]
