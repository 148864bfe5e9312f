"""Whatever is done to a programme, the answer is a list of faults with places or a programme that can be counted."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from opora.indicators.formula.normal import version
from opora.indicators.formula.words import sentence
from opora.programmes.check import examine
from opora.programmes.compute import bound_indicators
from opora.programmes.load import available, programme_path

PACKS = [yaml.load(programme_path(name).read_text("utf-8"), yaml.BaseLoader) for name in available()]
INDICATORS = [(pack, one) for pack in PACKS for one in (*pack["indicators"], *pack.get("published", ()))]
FIELDS = sorted({field for _, one in INDICATORS for field in one})
SPOILED: list[Any] = [
    "",
    "~",
    "none",
    "person",
    "yes",
    "-1",
    "1e400",
    "nan",
    "45.2",
    "45.2%",
    "growth",
    "at least 150%",
    "0001-01-01",
    "9999-12-31",
    "organisation",
    "attestation.category",
    "has",
    "count(",
    "«да»",
    [],
    {},
    ["x", ["y"]],
    {"of": "educator"},
    {"2025": "at least 5%"},
    {"form": "share", "question": "?", "reason": "?"},
    {"date": "2021-12-31"},
    {"value": "0.5", "source": "?"},
]


def small(pack: dict[str, Any], indicators: list[dict[str, Any]]) -> dict[str, Any]:
    kept = {name: pack[name] for name in ("programme", "reporting_dates", "exclude", "definitions") if name in pack}
    plain = [{name: value for name, value in one.items() if name not in ("goals", "repeats")} for one in indicators]
    return deepcopy({**kept, "indicators": plain})


def spots(node: Any) -> list[tuple[Any, Any]]:
    """All places: a mapping or a list, and the key."""
    pairs = list(node.items()) if isinstance(node, dict) else list(enumerate(node)) if isinstance(node, list) else []
    return [(node, key) for key, _ in pairs] + [spot for _, value in pairs for spot in spots(value)]


@st.composite
def spoiled(draw: st.DrawFn) -> str:
    chosen = draw(st.lists(st.sampled_from(range(len(INDICATORS))), min_size=1, max_size=2))
    given_ = small(INDICATORS[chosen[0]][0], [INDICATORS[one][1] for one in chosen])
    values = [deepcopy(parent[key]) for parent, key in spots(given_)] + SPOILED
    for _ in range(draw(st.integers(1, 3))):
        parent, key = draw(st.sampled_from(spots(given_)))
        match draw(st.sampled_from(["put", "put", "delete", "add", "rename"])):
            case "put":
                parent[key] = deepcopy(draw(st.sampled_from(values)))
            case "delete":
                del parent[key]
            case "add" if isinstance(parent, dict):
                parent[draw(st.sampled_from(FIELDS))] = deepcopy(draw(st.sampled_from(values)))
            case "rename" if isinstance(parent, dict):
                parent[draw(st.sampled_from(FIELDS))] = parent.pop(key)
        if not spots(given_):
            break
    return yaml.safe_dump(given_, allow_unicode=True)


def places_are_inside(text: str) -> Callable[[int, int], bool]:
    lines = [*text.split("\n"), ""]
    return lambda line, column: 1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1


@settings(max_examples=150, deadline=None)
@given(spoiled())
def test_a_programme_that_is_spoiled_is_told_or_can_be_counted(text: str) -> None:
    found = examine(text)
    inside = places_are_inside(text)
    assert all(inside(fault.line, fault.column) for fault in found.faults)
    if found.programme is None:
        assert found.faults
        return
    for one in bound_indicators(found.programme):
        assert sentence(one.formula)
        assert version(one.formula)
