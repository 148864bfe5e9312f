"""Formulas that are nearly right: those of the programmes with some of their words put elsewhere."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from opora.programmes.load import available, load_programme

_WORD = re.compile(r'"[^"]*"|[\w.]+|[<>!]?=|\S')


def _written() -> list[str]:
    """Every condition of the programmes."""
    found = []
    for name in available():
        programme = load_programme(name)
        for one in programme.indicators:
            found += [one.share, one.of, one.count, one.value, one.yes_if]
        for named in programme.all_definitions.values():
            found += [definition.formula for definition in named.values()]
    return sorted({text for text in found if text})


FORMULAS = _written()
_WORDS = sorted({word for text in FORMULAS for word in _WORD.findall(text)})
_FOREIGN = ["99999999999999999999", "0", "1e400", "2100-12-31", "0001-01-01", "days", "latest", "every", "satisfies"]


@st.composite
def nearly_formulas(draw: st.DrawFn) -> str:
    words = _WORD.findall(draw(st.sampled_from(FORMULAS)))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(words)))
        cut = draw(st.integers(0, 2))
        words[at : at + cut] = draw(st.lists(st.sampled_from(_WORDS + _FOREIGN), max_size=2))
    return " ".join(words)
