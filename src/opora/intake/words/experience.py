"""Lengths of experience: «36 лет», «62 г. 5 мес.», «6,5», «22/20», «общий – 10 лет, пед. – 8 лет», «с 2015»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from opora.intake.words.found import Found
from opora.intake.words.stages import Stage, stages_of
from opora.intake.words.values import Span

MOST = 75
"""Years; more is a slip or a year of the calendar."""
_SINCE = "указан год начала, а не стаж"
_TOO_LONG = "столько лет не работают"
_UNCLEAR = "неясно: доли года, месяцы или два разных стажа"
_TWO_TENTHS = re.compile(r"\d+[.,]\d\d")
_ABOUT = "стаж указан примерно"
_YEARS = r"(?:лет|год[а-я]*|г(?![а-я])\.?|л(?![а-я])\.?|r(?![a-z])\.?)"
_MONTHS = r"(?:мес\w*\.?|м(?![а-я])\.?)"
_LENGTH = re.compile(
    rf"(?P<years>\d{{1,4}})(?:[.,](?P<tenths>\d{{1,2}})(?!\d))?\s*{_YEARS}?(?:\s*(?:,|и)?\s*(?P<months>\d{{1,2}})\s*{_MONTHS})?"
    rf"(?:\s*(?:,|и)?\s*\d{{1,2}}\s*дн\w*\.?)?",
    re.IGNORECASE,
)
_IN_YEARS = re.compile(rf"\d\s*(?:{_YEARS}|{_MONTHS})", re.IGNORECASE)
_ONLY_MONTHS = re.compile(rf"(?<!\d)(\d{{1,2}})\s*{_MONTHS}", re.IGNORECASE)
_LESS_THAN_YEAR = re.compile(r"(?:менее|меньше|до|неполный)\s+(?:1\s+|одного\s+)?год", re.IGNORECASE)
_NONE = re.compile(r"(?:нет|без)\s+(?:\w+\s+)?стажа|стажа?\s+нет|стаж\w*\s+не\s+имеет|не имеет стажа", re.IGNORECASE)
_SINCE_YEAR = re.compile(
    r"\b(?:с|со)\s+(?:\d{1,2}\.\d{1,2}\.)?(?:19|20)\d\d|^\s*(?:\d{1,2}\.\d{1,2}\.)?(?:19|20)\d\d", re.IGNORECASE
)
_ROUGHLY = re.compile(r"(?:более|больше|свыше|около|почти|менее|меньше|до)\s*$", re.IGNORECASE)


def read_experience(text: str, stages: Sequence[Stage]) -> dict[Stage, Found[Span | None]]:
    """By kind; ``stages`` are those that the heading names. What the cell itself names goes before the heading.
    None where something is stated that is no length."""
    if none := _NONE.search(text):
        return {_stage_of(text[: none.end()], stages): Found(Span(0), none.start(), none.end())}
    found: dict[Stage, Found[Span | None]] = {}
    unnamed: list[Found[Span | None]] = []
    for named, length in _lengths(text):
        if named:
            found.setdefault(named[-1], length)
        else:
            unnamed.append(length)
    free = [stage for stage in (stages or (Stage.TOTAL,)) if stage not in found]
    for stage, length in zip(free, unnamed, strict=False):
        found[stage] = length
    return found


def _stage_of(words: str, stages: Sequence[Stage]) -> Stage:
    named = stages_of(words)
    return named[-1] if named else stages[0] if stages else Stage.TOTAL


def _lengths(text: str) -> Iterator[tuple[tuple[Stage, ...], Found[Span | None]]]:
    """Each length with the kinds that the words before it name."""
    place = 0
    if since := _SINCE_YEAR.search(text):
        blanked = text[: since.start()] + " " * (since.end() - since.start()) + text[since.end() :]
        if not _IN_YEARS.search(blanked):
            yield stages_of(text[: since.start()]), Found(None, since.start(), since.end(), _SINCE)
            return
        text = blanked
    matches = []
    while match := _next_length(text, place):
        matches.append(match)
        place = match[1]
    edges = [0, *(match[1] for match in matches)]
    before = [text[edge : match[0]] for edge, match in zip(edges, matches, strict=False)]
    named_after = bool(matches) and not stages_of(before[0]) and bool(stages_of(text[matches[-1][1] :]))
    for number, match in enumerate(matches):
        following = matches[number + 1][0] if number + 1 < len(matches) else len(text)
        words = text[match[1] : following] if named_after else before[number]
        yield stages_of(words)[: 1 if named_after else None], _found(text, match, before[number])


def _next_length(text: str, place: int) -> tuple[int, int, Span] | None:
    months = _ONLY_MONTHS.search(text, place)
    length = _LENGTH.search(text, place)
    less = _LESS_THAN_YEAR.search(text, place)
    if less and (not length or less.start() < length.start() < less.end() or less.end() <= length.start()):
        return less.start(), less.end(), Span(-1)
    if months and length and months.start() == length.start():
        return months.start(), months.end(), Span(*divmod(int(months[1]), 12))
    if length is None:
        return None
    return length.start(), length.end(), Span(int(length["years"]), _months(length))


def _months(length: re.Match[str]) -> int:
    if length["months"]:
        return min(int(length["months"]), 11)
    if length["tenths"]:
        return round(float(f"0.{length['tenths']}") * 12) % 12
    return 0


def _found(text: str, match: tuple[int, int, Span], before: str) -> Found[Span | None]:
    start, end, span = match
    if span.years < 0:
        return Found(Span(0), start, end)
    if _TWO_TENTHS.fullmatch(text[start:end].strip()):
        return Found(span, start, end, _UNCLEAR)
    doubt = _TOO_LONG if span.years > MOST else _ABOUT if _ROUGHLY.search(before) or text[end : end + 1] == "+" else ""
    return Found(span, start, end, doubt)
