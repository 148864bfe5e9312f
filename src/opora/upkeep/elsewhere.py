"""Work for another installation than that of this process: Django keeps the settings that it has read first."""

from __future__ import annotations

import os
import subprocess
import sys

from opora.site.home import Home
from opora.site.trouble import SiteTrouble


def bring_up_to_date(home: Home) -> None:
    """As ``opora init`` does."""
    run(home, "-c", "from opora.site import home, setup; setup.make(home.Home.current())")


def run(home: Home, *arguments: str) -> str:
    """What another Python says on its standard output."""
    environment = os.environ | {"OPORA_HOME": str(home.folder)}
    if home.aside:
        environment = {name: value for name, value in environment.items() if not name.startswith("DATABASE_")}
    done = subprocess.run([sys.executable, *arguments], capture_output=True, check=False, env=environment)
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip().splitlines() or [f"код {done.returncode}"]
        raise SiteTrouble(f"Восстановленная установка не работает: {told[-1]}")
    return done.stdout.decode()
