from opora.snapshot.models.kept_values import KeptIndicator, KeptThing, KeptValues

__all__ = ["KeptIndicator", "KeptThing", "KeptValues"]
