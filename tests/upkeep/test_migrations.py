"""A database of every released version comes forward to this one, and means what it meant."""

from __future__ import annotations

import gzip
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from opora.site.embedded import client_program
from opora.site.home import Home
from opora.upkeep.sight import address, environment
from tests.cli.calls import TOWN, opora
from tests.registry.database import as_superuser
from tests.upkeep.keep_dump import FOLDER, values_of

DUMPS = sorted(FOLDER.glob("*.sql.gz"))


@pytest.fixture(params=DUMPS, ids=lambda path: path.name.removesuffix(".sql.gz"))
def old(request: pytest.FixtureRequest, installation: Home, place: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    """The dump, and an installation whose database was made from it, as environment."""
    dump: Path = request.param
    with as_superuser(installation, "postgres") as connection:
        connection.execute("CREATE DATABASE old OWNER opora")
        yield dump, _restored(dump, installation, place)
        connection.execute("DROP DATABASE old WITH (FORCE)")


def _restored(dump: Path, installation: Home, place: Path) -> dict[str, str]:
    words = installation.owner() | {"dbname": "old"}
    command = [
        str(client_program("psql")),
        "--no-psqlrc",
        "--quiet",
        "--set=ON_ERROR_STOP=1",
        f"--dbname={address(words)}",
    ]
    plain = gzip.decompress(dump.read_bytes())
    subprocess.run(command, input=plain, stdout=subprocess.DEVNULL, check=True, env=environment(words))
    # An installation keeps its secrets beside its database: without them it would be taken for somebody else's.
    Home(place / "old", aside=True).create()
    return {
        "OPORA_HOME": str(place / "old"),
        "DATABASE_URL": _url(installation.application()),
        "DATABASE_OWNER_URL": _url(installation.owner()),
    }


def _url(words: dict[str, str]) -> str:
    where = f"host={quote(words['host'])}&port={words['port']}"
    return f"postgresql://{words['user']}:{words['password']}@/old?{where}"


def test_there_is_a_dump_to_begin_with() -> None:
    assert DUMPS


def test_an_old_database_is_brought_forward_and_counts_the_same(old: tuple[Path, dict[str, str]]) -> None:
    dump, there = old
    done = opora("init", **there)
    assert (done.code, done.err) == (0, "")
    expected = json.loads(dump.with_name(dump.name.replace(".sql.gz", ".json")).read_text())
    assert values_of(there) == expected
    again = opora("load", TOWN, "--municipality", "town", **there)
    assert again.out == "Всё это в реестре уже есть: ничего не изменилось\n"
    found = {one["name"]: one["level"] for one in json.loads(opora("doctor", "--json", **there).out)["findings"]}
    assert (found["migrations"], found["row_security"], found["role"]) == ("fine", "fine", "fine")
