"""How well pages are read: against what a careful reader finds, field by field."""
