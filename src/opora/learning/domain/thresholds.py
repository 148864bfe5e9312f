"""The thresholds of an instrument, as its description states them: «низкий < 50, высокий ≥ 75».

Levels are parted by commas, semicolons or lines; of each is said a comparison («< 50», «не менее 75») or both ends
(«50–74», both included). A level of which nothing is said takes what the other two leave.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import combinations

LEVELS = ("low", "medium", "high")
_STEMS = {"низк": "low", "средн": "medium", "высок": "high"}
_NAMES = re.compile(r"\w*(?:низк|средн|высок|уров|балл)\w*")
_NUMBER = r"(\d+(?:[.,]\d+)?)"
_RANGE = re.compile(rf"(?:от )?{_NUMBER} ?(?:[-–—…]|до|по) ?{_NUMBER}")
_SIGNS = {
    "≤": {"≤", "не более", "не выше", "не больше"},
    "≥": {"≥", "не менее", "не ниже", "не меньше", "от"},
    "<": {"<", "менее", "меньше", "ниже"},
    ">": {">", "более", "больше", "выше"},
}
_WORDS = sorted((word for words in _SIGNS.values() for word in words), key=len, reverse=True)
_COMPARISON = re.compile(rf"({'|'.join(_WORDS)}) ?{_NUMBER}")


class Unreadable(ValueError):
    """The text is not thresholds; the message is in Russian."""


@dataclass(frozen=True, slots=True)
class Span:
    """Scores of one level."""

    first: float
    last: float
    with_first: bool = True
    with_last: bool = True

    @property
    def empty(self) -> bool:
        return self.first > self.last or (self.first == self.last and not self.holds(self.first))

    def holds(self, score: float) -> bool:
        above = score > self.first or (self.with_first and score == self.first)
        return above and (score < self.last or (self.with_last and score == self.last))

    def meets(self, other: Span) -> bool:
        first, last = max(self.first, other.first), min(self.last, other.last)
        return first < last or (first == last and self.holds(first) and other.holds(first))


@dataclass(frozen=True, slots=True)
class Thresholds:
    spans: dict[str, Span]

    def level(self, score: float) -> str | None:
        """None where the score is between or beyond what is stated."""
        return next((level for level, span in self.spans.items() if span.holds(score)), None)

    @property
    def whole(self) -> bool:
        """Every level is stated: a score that is none of them is a slip."""
        return len(self.spans) == len(LEVELS)


def thresholds(text: str) -> Thresholds:
    spans: dict[str, Span] = {}
    for part in _parts(text):
        level = _level(part)
        if level in spans:
            raise Unreadable(f"уровень назван дважды: «{part}»")
        spans[level] = _span(part)
    for one, other in combinations(spans.values(), 2):
        if one.meets(other):
            raise Unreadable("один и тот же балл относится к двум уровням")
    if not spans:
        raise Unreadable("уровней нет")
    return Thresholds(_with_the_rest(spans))


def _parts(text: str) -> list[str]:
    """A comma inside a number parts nothing."""
    plain = text.lower().replace("%", " ").replace("<=", "≤").replace(">=", "≥")
    found = (" ".join(part.split()).strip(" .") for part in re.split(r"[;\r\n]|,(?!\d)", plain))
    return [part for part in found if part]


def _level(part: str) -> str:
    named = [level for stem, level in _STEMS.items() if stem in part]
    if len(named) != 1:
        raise Unreadable(f"не понять, о каком уровне сказано: «{part}»")
    return named[0]


def _span(part: str) -> Span:
    bare = _NAMES.sub(" ", part).strip(" :=–—-")
    both = _RANGE.fullmatch(bare)
    if both:
        first, last = map(_number, both.groups())
        if first > last:
            raise Unreadable(f"начало больше конца: «{part}»")
        return Span(first, last)
    found = _COMPARISON.findall(bare)
    span = Span(-math.inf, math.inf)
    for sign, number in found:
        span = _narrowed(span, sign, _number(number))
    bounds = sum(math.isfinite(bound) for bound in (span.first, span.last))
    rest = re.sub(r"\bи\b", " ", _COMPARISON.sub(" ", bare)).strip()
    if rest or not found or len(found) != bounds or span.empty:
        raise Unreadable(f"не понять, какие баллы: «{part}»")
    return span


def _narrowed(span: Span, word: str, number: float) -> Span:
    sign = next(sign for sign, words in _SIGNS.items() if word in words)
    if sign in ("<", "≤"):
        return Span(span.first, number, span.with_first, sign == "≤")
    return Span(number, span.last, sign == "≥", span.with_last)


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _with_the_rest(spans: dict[str, Span]) -> dict[str, Span]:
    """The level of which nothing is said, if it is one: what lies between the others, or beyond the middle one."""
    missing = set(LEVELS) - set(spans)
    if len(missing) != 1:
        return spans
    (level,) = missing
    if level == "medium":
        lower, upper = sorted(spans.values(), key=lambda span: (span.first, span.last))
        rest = Span(lower.last, upper.first, not lower.with_last, not upper.with_first)
    else:
        middle, other = spans["medium"], spans["high" if level == "low" else "low"]
        above = other.last <= middle.first
        rest = (
            Span(middle.last, math.inf, not middle.with_last)
            if above
            else Span(-math.inf, middle.first, True, not middle.with_first)
        )
    return spans if rest.empty else spans | {level: rest}
