"""What every test shares."""

from hypothesis import settings

# The same examples in every run: a failure must be repeatable by whoever reads it.
settings.register_profile("opora", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("opora")
