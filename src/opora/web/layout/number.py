"""The one way to show a number: value, n of N, what is not known, bounds, and the verdict as a word with a sign."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from opora.indicators.results import VERDICT_WORDS, IndicatorResult, Value, Verdict
from opora.papers import words
from opora.papers.bars import bar, scale_top
from opora.papers.reading import look
from opora.papers.units import unit_for
from opora.papers.words import Look
from opora.web.layout.icons import sign

TONES: dict[Verdict, str] = {
    Verdict.MET: "good",
    Verdict.HELD: "good",
    Verdict.NOT_MET: "bad",
    Verdict.UNDECIDED: "warn",
    Verdict.NO_DATA: "plain",
    Verdict.NO_BASE: "plain",
    Verdict.NOT_DUE: "info",
    Verdict.AHEAD: "info",
    Verdict.BEHIND: "info",
    Verdict.NO_TARGET: "plain",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A verdict in words: «не определён», «мешают неизвестные»."""

    verdict: Verdict

    @property
    def tone(self) -> str:
        return TONES[self.verdict]

    @property
    def sign(self) -> SafeString:
        return sign(self.verdict)

    @property
    def words(self) -> str:
        return self._parts[0]

    @property
    def reason(self) -> str:
        return self._parts[1]

    @property
    def _parts(self) -> tuple[str, str]:
        first, _, rest = VERDICT_WORDS[self.verdict].replace(": ", ", ").partition(", ")
        return first, rest


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as ``{% figure %}`` (large, with all that belongs to it) and ``{% number %}`` (in a line) show it."""

    value: Value
    look: Look
    title: str = ""
    code: str = ""
    unit: str = ""
    target: str = ""
    """In words."""
    goal: float | None = None
    """The same as a number."""
    verdict: Verdict | None = None
    note: str = ""
    url: str = ""
    """Where the number opens."""

    @property
    def known(self) -> bool:
        return self.value.value is not None

    @property
    def words(self) -> str:
        """The value, told apart from its target: 64,96 % beside 65 %."""
        return words.shown(self.look, self.value.value, unlike=self.goal)

    @property
    def unit_words(self) -> str:
        shown = self.look is Look.NUMBER and self.value.value is not None and self.unit
        return unit_for(self.value.value or 0, self.unit) if shown else ""

    @property
    def out_of(self) -> str:
        return words.out_of(self.value)

    @property
    def unknown(self) -> str:
        return words.number(self.value.unknown) if self.value.unknown else ""

    @property
    def bounds(self) -> str:
        return words.bounds(self.look, self.value) if words.has_spread(self.value) else ""

    @property
    def target_words(self) -> str:
        return words.tied(self.target)

    @property
    def told(self) -> Told | None:
        return Told(self.verdict) if self.verdict else None

    @property
    def bar(self) -> SafeString:
        """Value, bounds and target as a bar; empty where there is nothing to draw."""
        if self.look is Look.YES_NO or self.value.no_data:
            return SafeString("")
        return mark_safe(bar(self.value, scale_top([self.value], self.look, self.goal), self.goal))


def figure_of(indicator: IndicatorResult, url: str = "") -> Figure:
    return Figure(
        indicator.value,
        look(indicator),
        title=words.capital(indicator.title),
        code=indicator.code,
        unit=indicator.unit,
        target=indicator.target,
        goal=indicator.target_value,
        verdict=indicator.verdict,
        note=words.capital(indicator.verdict_note),
        url=url,
    )
