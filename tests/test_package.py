"""The promises that the repository makes about itself."""

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

import opora

ROOT = Path(__file__).parent.parent
LOCKS = ["build", "runtime", "dev"]


def read_lock(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.lock").read_text("utf-8")


def pins(name: str) -> set[str]:
    return set(re.findall(r"^\w[^ ]*==[^ ]+(?: ; .*?)?(?= \\$)", read_lock(name), re.MULTILINE))


def declared() -> set[str]:
    """The names of all dependencies in pyproject.toml, of every group."""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project = pyproject["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    groups += pyproject["dependency-groups"].values()
    wanted = [line for group in groups for line in group if isinstance(line, str)]
    return {re.split(r"[\[<>=]", line)[0] for line in wanted}


def test_the_installed_version_is_the_one_in_the_code() -> None:
    assert version("opora") == opora.__version__


LOCK_LINE = re.compile(
    r"""
      [a-z0-9][a-z0-9._-]* == [a-z0-9.+!-]+ (\ ;\ [^/@]+)? \ \\      # a pin, perhaps for some machines only
    | \ {4} --hash=sha256:[0-9a-f]{64} (\ \\)?
    | \ {4} \# (\ via|\ {3}) .*                                   # who wants it
    """,
    re.VERBOSE,
)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_pins_and_hashes_alone_and_no_place_to_download_from(name: str) -> None:
    lines = read_lock(name).splitlines()
    assert [line for line in lines if not LOCK_LINE.fullmatch(line)] == []
    wanted_by = {line.split("#", 1)[1] for line in lines if line.lstrip().startswith("#")}
    assert [line for line in wanted_by if ":" in line.replace("pyproject.toml:", "")] == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_of_a_lock_has_a_hash(name: str) -> None:
    blocks = re.split(r"^(?=\w)", read_lock(name), flags=re.MULTILINE)[1:]
    assert len(blocks) == len(pins(name)) > 0
    assert all("--hash=sha256:" in block for block in blocks)


def test_development_runs_on_the_versions_that_users_get() -> None:
    assert pins("runtime") < pins("dev")


def test_every_dependency_has_its_reason_written_down() -> None:
    documented = set(re.findall(r"^\| `([^`]+)`", (ROOT / "docs/dependencies.md").read_text("utf-8"), re.MULTILINE))
    assert documented == declared()
