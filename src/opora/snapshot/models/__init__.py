from opora.snapshot.models.kept_values import KeptValues

__all__ = ["KeptValues"]
