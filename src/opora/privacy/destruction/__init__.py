"""Personal data of one person are destroyed, in every table and in the logs; the chain over the logs stays whole."""

from opora.privacy.destruction.destroy import Destroyed, destroy

__all__ = ["Destroyed", "destroy"]
