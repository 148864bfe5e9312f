"""The examples of docs/formulas.md: found, carried out, and written anew with ``python -m tests.docs``.

What an example is stands after its backquotes; the quotation under it is what Opora answers:

- ``formula TABLE`` — a condition on rows of the table; the answer is its phrase;
- ``indicator [PROGRAMME]`` — one indicator in YAML, with the words of that programme; the answer is its sentence;
- ``programme`` — fields of a programme in YAML; the answers are the sentences of its indicators;
- ``wrong TABLE``, ``wrong indicator``, ``wrong programme`` — the answers are the messages.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from opora.indicators.dataset.tables import TABLES
from opora.indicators.definitions import standard
from opora.indicators.formula.bind import bind_condition
from opora.indicators.formula.faults import FormulaFaults
from opora.indicators.formula.indicator import bind_indicator
from opora.indicators.formula.words import phrase, sentence
from opora.programmes.check import examine
from opora.programmes.load import load_programme
from opora.programmes.model import Indicator, Programme

PAGE = Path(__file__).parent.parent / "docs" / "formulas.md"

_EXAMPLE = re.compile(
    r"^```(?P<info>(?:formula|indicator|programme|wrong)[^\n]*)\n(?P<text>.*?)^```\n"
    r"(?P<answers>(?:\n(?:^> [^\n]*\n(?:>\n)?)+)?)",
    re.MULTILINE | re.DOTALL,
)
_MEANING = {"share", "of", "count", "ratio", "value", "yes_if", "reported", "once_per", "exclude"}
_ABOUT = "programme: {key: example, title: Пример, municipality: Город, starts: 2026-01-01}\n"


@dataclass(frozen=True)
class Example:
    info: str
    text: str
    answers: tuple[str, ...]
    line: int

    @property
    def kind(self) -> str:
        return self.info.partition(" ")[0]

    @property
    def of(self) -> str:
        return self.info.partition(" ")[2]


def examples(page: str) -> Iterator[Example]:
    for found in _EXAMPLE.finditer(page):
        yield _example(found, page)


def _example(found: re.Match[str], page: str) -> Example:
    answers = [line[2:] for line in found["answers"].splitlines() if line.startswith("> ")]
    return Example(found["info"].strip(), found["text"], tuple(answers), page.count("\n", 0, found.start()) + 1)


def answers(example: Example) -> tuple[str, ...]:
    """What Opora says of it. Fails where a right example has faults, or a wrong one has none."""
    return _ANSWERS[example.kind](example)


def _of_formula(example: Example) -> tuple[str, ...]:
    said = phrase(bind_condition(example.text, example.of, standard()))
    return (said[0].upper() + said[1:],)


def _of_indicator(example: Example) -> tuple[str, ...]:
    if not example.of:
        return _sentences(_sound(_wrapped(example.text)))
    known = load_programme(example.of)
    written = Indicator.model_validate(yaml.load(example.text, yaml.BaseLoader))
    original = known.indicator(written.code)
    assert original is not None, f"{example.of} has no {written.code}"
    assert written.model_dump(include=_MEANING) == original.model_dump(include=_MEANING), f"not so in {example.of}"
    assert written.by in ((), original.by)
    assert not written.target or written.target == original.target
    return (sentence(bind_indicator(original.formula(known.exclude), known.all_definitions)),)


def _of_programme(example: Example) -> tuple[str, ...]:
    return _sentences(_sound(example.text + _ABOUT))


def _sound(text: str) -> Programme:
    examined = examine(text)
    assert examined.programme is not None, "; ".join(map(str, examined.faults))
    return examined.programme


def _sentences(programme: Programme) -> tuple[str, ...]:
    definitions = programme.all_definitions
    return tuple(
        sentence(bind_indicator(one.formula(programme.exclude), definitions))
        for one in programme.indicators
        if not one.reported
    )


def _wrapped(indicator: str) -> str:
    """A programme of this one indicator, with the lines where they were."""
    return "indicators:\n- " + textwrap.indent(indicator, "  ").lstrip() + _ABOUT


def _of_wrong(example: Example) -> tuple[str, ...]:
    if example.of in TABLES:
        try:
            bind_condition(example.text, example.of, standard())
        except FormulaFaults as problem:
            return tuple(fault.message for fault in problem.faults)
        raise AssertionError("nothing is wrong here")
    text = _wrapped(example.text) if example.of == "indicator" else example.text + _ABOUT
    faults = examine(text).faults
    assert faults, "nothing is wrong here"
    return tuple(fault.message for fault in faults)


_ANSWERS: dict[str, Callable[[Example], tuple[str, ...]]] = {
    "formula": _of_formula,
    "indicator": _of_indicator,
    "programme": _of_programme,
    "wrong": _of_wrong,
}


def answered(page: str) -> str:
    """The page with the answers as they are now; an example that shows none stays without."""

    def anew(found: re.Match[str]) -> str:
        if not found["answers"]:
            return found[0]
        quoted = "\n>\n".join(f"> {answer}" for answer in answers(_example(found, page)))
        return f"```{found['info']}\n{found['text']}```\n\n{quoted}\n"

    return _EXAMPLE.sub(anew, page)


if __name__ == "__main__":
    PAGE.write_text(answered(PAGE.read_text("utf-8")), "utf-8")
