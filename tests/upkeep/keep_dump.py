"""``python -m tests.upkeep.keep_dump NAME``: keeps the tables of this version, with a tiny town in them, as a dump.

To be called once for each release, with its tag as the name, and the files committed: ``test_migrations`` then brings
every one of them forward for ever. Until the first release the dump ``unreleased`` is made anew whenever a migration
that nobody has run outside is changed.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from opora.site.embedded import client_program
from opora.site.home import Home
from opora.upkeep.sight import address, environment

FOLDER = Path(__file__).parent / "dumps"
TOWN = Path(__file__).parent.parent / "cli" / "town"
PROGRAMME = "strezhevoy"
ON = dt.date(2022, 12, 31)


def values_of(installation: dict[str, str]) -> dict[str, object]:
    """What the programme comes to there, counted by another process. The installation is told as environment."""
    command = [sys.executable, "-m", "opora.upkeep.values", "town", PROGRAMME, ON.isoformat()]
    counted = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=os.environ | installation)
    values: dict[str, object] = json.loads(counted.stdout)["values"]
    return values


def dump_of(home: Home) -> str:
    """Plain SQL, without what differs from one making to the next."""
    words = home.superuser()
    command = [
        str(client_program("pg_dump")),
        f"--dbname={address(words)}",
        "--no-owner",
        "--no-privileges",
        "--no-comments",
    ]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environment(words))
    return re.sub(r"(?m)^(\\(un)?restrict .*|--.*|)\n", "", done.stdout.decode())


def keep(name: str) -> None:
    with tempfile.TemporaryDirectory(prefix="opora-") as scratch:
        Path(scratch).chmod(0o711)
        home = Home(Path(scratch) / "home", aside=True)
        words = {"OPORA_HOME": str(home.folder)}
        for call in (["init"], ["load", str(TOWN), "--municipality", "town"]):
            code = f"from opora.cli import main; main({call!r})"
            subprocess.run([sys.executable, "-c", code], check=True, env=os.environ | words)
        FOLDER.mkdir(exist_ok=True)
        (FOLDER / f"{name}.sql.gz").write_bytes(gzip.compress(dump_of(home).encode(), mtime=0))
        (FOLDER / f"{name}.json").write_text(json.dumps(values_of(words), indent=0) + "\n")
        assert home.cluster is not None
        home.cluster.stop()


if __name__ == "__main__":
    keep(sys.argv[1])
