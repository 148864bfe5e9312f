"""Where the texts of the guide lie, and which there are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

REFERENCE = ("formulas", "dataset", "access", "personal-data")
"""Pages beside the guide to which it leads."""
_MENTIONED = re.compile(r"\]\((?:\.\./)?([\w-]+)\.md")
INDEX = "index"


@dataclass(frozen=True, slots=True)
class Text:
    """A page of the guide as it is written."""

    name: str
    path: Path
    title: str
    source: str
    """Markdown, its title included."""


def folder() -> Path:
    """In an installed package beside this file, in the source tree where they are written (pyproject.toml)."""
    shipped = Path(__file__).parent / "docs"
    return shipped if shipped.is_dir() else Path(__file__).parents[4] / "docs"


@cache
def texts() -> dict[str, Text]:
    """By name, in the order in which the first page leads to them."""
    paths = [*sorted((folder() / "guide").glob("*.md")), *(folder() / f"{name}.md" for name in REFERENCE)]
    found = {path.stem: _read(path) for path in paths}
    mentioned = [INDEX, *_MENTIONED.findall(found[INDEX].source)]
    order = [name for name in dict.fromkeys([*mentioned, *found]) if name in found]
    return {name: found[name] for name in order}


@cache
def pictures() -> dict[str, Path]:
    return {path.name: path for path in sorted((folder() / "img").iterdir())}


def _read(path: Path) -> Text:
    source = path.read_text("utf-8")
    title = re.search(r"^# (.+)$", source, re.MULTILINE)
    assert title, path
    return Text(path.stem, path, title[1], source)
