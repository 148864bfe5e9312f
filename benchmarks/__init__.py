"""How fast Opora is: each claim measured beside something else in the same run. ``python -m benchmarks``."""
