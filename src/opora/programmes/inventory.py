"""What the founding documents demand: the official lists against which the programmes are checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

import yaml

from opora.programmes.model import Programme

_CODED = ("goals", "tasks", "indicators", "measures", "monitorings")


@dataclass(frozen=True, slots=True)
class Inventory:
    """``codes`` by section; ``counts`` for the sections whose items have no codes."""

    codes: Mapping[str, tuple[str, ...]]
    counts: Mapping[str, int]


def inventory(key: str) -> Inventory:
    """The list of a founding programme. Raises ``FileNotFoundError`` for a programme that has none."""
    text = files(__package__).joinpath("inventory", f"{key}.yaml").read_text(encoding="utf-8")
    given = yaml.safe_load(text)
    return Inventory({section: tuple(given["codes"][section]) for section in _CODED}, given["counts"])


def missing_codes(programme: Programme, inventory: Inventory) -> tuple[str, ...]:
    """Codes that the document has and the programme has not, in the order of the document."""
    present = {section: {item.code for item in getattr(programme, section)} for section in inventory.codes}
    return tuple(code for section, codes in inventory.codes.items() for code in codes if code not in present[section])


def missing_counts(programme: Programme, inventory: Inventory) -> dict[str, int]:
    """How many items each section still lacks; sections that lack none are left out."""
    lacking = {name: count - len(getattr(programme, name)) for name, count in inventory.counts.items()}
    return {name: count for name, count in lacking.items() if count > 0}
