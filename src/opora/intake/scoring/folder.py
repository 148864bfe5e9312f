"""A folder of pages with answers beside them: read, scored, and told as JSON."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from opora.intake.pages import PageRead, UnreadablePage, read_file
from opora.intake.scoring.gold import SUFFIX, BadGold, read_gold
from opora.intake.scoring.score import Score, score_page

PAGES = (".html", ".htm", ".mht", ".mhtml", ".xhtml", ".php", ".aspx", ".xls", ".doc")
"""Sites and office programs name pages so."""


@dataclass(slots=True)
class ScoredFolder:
    score: Score = field(default_factory=Score)
    pages: list[PageRead] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    """What could not be read, for the user."""
    scored: int = 0
    """Pages that have answers."""


def page_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file() and path.suffix.lower() in PAGES)


def score_files(files: list[Path]) -> Iterator[ScoredFolder]:
    """The same result after each file, more complete."""
    result = ScoredFolder()
    for path in files:
        try:
            _score_file(path, result)
        except (UnreadablePage, BadGold) as fault:
            result.faults.append(str(fault) if isinstance(fault, BadGold) else f"{path.name}: {fault}")
        yield result


def _score_file(path: Path, result: ScoredFolder) -> None:
    answers = path.with_name(path.stem + SUFFIX)
    gold = read_gold(answers) if answers.exists() else None
    page = read_file(path)
    result.pages.append(page)
    result.faults += [f"{path.name}: {remark}" for remark in page.remarks]
    if gold is not None:
        result.scored += 1
        score_page(page, gold, result.score)


def as_json(page: PageRead) -> str:
    return json.dumps(asdict(page), ensure_ascii=False, indent=1, default=_told)


def _told(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
