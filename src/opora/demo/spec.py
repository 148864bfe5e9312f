"""What a synthetic town is like: its size, its habits, and the rows that its programme names.

Sizes and habits: ``sizes.yaml``. Named rows and published figures: ``towns/<key>.yaml``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import yaml

TOWNS = ("strezhevoy", "lesosibirsk", "balakhta", "olenegorsk", "pervouralsk")
NOTE = "синтетические данные"
MARK = " (демо)"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class TownSpec:
    """Everything that the generator is told about a town."""

    key: str
    title: str
    region: str
    life: Mapping[str, Any]
    """Sizes, shares and rates: the merged sections of ``sizes.yaml``."""
    named: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    """Table → rows that the programme's formulas name literally."""
    figures: Any = None
    measures: tuple[dict[str, Any], ...] = ()
    """Points of the programme's plans: code, title, kind, due."""
    questions: tuple[str, ...] = ()
    """Codes of the indicators whose value an information card reports."""

    @property
    def anchor(self) -> np.datetime64:
        """The day on which the counted quotas hold exactly."""
        return self._day("anchor")

    @property
    def first(self) -> np.datetime64:
        """The first day of the facts."""
        return self._day("first")

    @property
    def last(self) -> np.datetime64:
        return self._day("last")

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(range(int(str(self.first)[:4]), int(str(self.last)[:4]) + 1))

    def rate(self, name: str, year: int) -> float:
        """Share of people to whom it happens in that year."""
        base, step = self.life["rates"][name]
        return float(min(1.0, max(0.0, base + step * (year - self.years[0]))))

    def _day(self, name: str) -> np.datetime64:
        return np.datetime64(str(self.life[name]), "D")

    def scaled(self, people: int) -> TownSpec:
        """The same town with another number of educators and managers."""
        staff = self.life["staff"]
        now = sum(part["educators"] + part["managers"] for part in staff.values())
        factor = people / now
        sized = {kind: _scale(part, factor) for kind, part in staff.items()}
        missing = people - sum(part["educators"] + part["managers"] for part in sized.values())
        largest = max(sized, key=lambda kind: sized[kind]["educators"])
        sized[largest]["educators"] += missing
        return replace(self, life={**self.life, "staff": sized})


def _scale(part: Mapping[str, int], factor: float) -> dict[str, int]:
    organisations = max(1, round(part["organisations"] * factor))
    return {
        "organisations": organisations,
        "educators": max(1, round(part["educators"] * factor)),
        "managers": max(organisations, round(part["managers"] * factor)),
        "support": round(part["support"] * factor),
    }


@cache
def _read(path: str, package: str = "opora.demo") -> dict[str, Any]:
    resource = files(package) / path
    if not resource.is_file():
        return {}
    loaded = yaml.load(resource.read_text(encoding="utf-8"), _LOADER)
    return loaded if isinstance(loaded, dict) else {}


def _merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """``over`` laid on ``base``, section by section."""
    merged = dict(base)
    for name, value in over.items():
        old = merged.get(name)
        deep = isinstance(old, dict) and isinstance(value, dict) and name != "staff"
        merged[name] = _merged(old, value) if deep and isinstance(old, dict) else value
    return merged


def town(key: str) -> TownSpec:
    """One of the demonstration towns."""
    sizes = _read("sizes.yaml")
    if key not in sizes["towns"]:
        raise KeyError(f"нет такого города: {key}; есть {', '.join(sizes['towns'])}")
    own = dict(sizes["towns"][key])
    rows = _read(f"towns/{key}.yaml")
    pack = programme(key)
    return TownSpec(
        key=key,
        title=str(rows.get("title") or own["title"]),
        region=str(own["region"]),
        life=_with_posts(_merged(sizes["defaults"], own), own),
        named=_rows(rows.get("named")),
        figures=rows.get("figures"),
        measures=tuple(_measures(pack)),
        questions=tuple(_questions(pack)),
    )


def _with_posts(life: dict[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """A town that lists its posts lists all of them."""
    return {**life, "posts": {**life["posts"], **own.get("posts", {})}}


def _rows(named: Any) -> dict[str, list[dict[str, Any]]]:
    return {table: list(rows or []) for table, rows in (named or {}).items()}


def country() -> TownSpec:
    """An average municipality, of which a country is made."""
    sizes = _read("sizes.yaml")
    life = {**sizes["defaults"], "staff": {}, "country": sizes["country"]["staff"]}
    return TownSpec(key="country", title="Муниципалитет", region="Регион", life=life)


def programme(key: str) -> dict[str, Any]:
    """The programme's pack as plain data; empty where there is none yet."""
    return _read(f"{key}.yaml", "opora.programmes") if key in TOWNS else {}


def _measures(pack: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [measure for measure in pack.get("measures") or [] if isinstance(measure, dict)]


def _questions(pack: Mapping[str, Any]) -> list[str]:
    found = []
    for indicator in pack.get("indicators") or []:
        if isinstance(indicator, dict) and "reported" in indicator:
            found.append(str(indicator["code"]))
    return found


def as_day(value: Any) -> np.datetime64:
    """A day from YAML: a date, its text, or nothing."""
    if isinstance(value, (dt.date, str)):
        return np.datetime64(str(value)[:10], "D")
    return np.datetime64("NaT", "D")
