"""``HYPOTHESIS_PROFILE=long`` looks at many more towns, and at others in every run."""

import os

from hypothesis import settings

settings.register_profile("long", deadline=None, max_examples=2_000, print_blob=True)
if "HYPOTHESIS_PROFILE" in os.environ:
    settings.load_profile(os.environ["HYPOTHESIS_PROFILE"])
