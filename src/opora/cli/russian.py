"""click in Russian: its own messages go through gettext, and this is the catalogue."""

from __future__ import annotations

import gettext
import os
import sys
from pathlib import Path

CATALOGUES = Path(__file__).parent / "locale"
_DOMAIN = "messages"


def speak_russian() -> None:
    """Whatever the language of the system is: gettext has no other way to be told than the environment."""
    os.environ["LANGUAGE"] = "ru"
    gettext.bindtextdomain(_DOMAIN, str(CATALOGUES))
    for stream in (sys.stdout, sys.stderr):
        # A sign that an old console lacks must not end the work.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
