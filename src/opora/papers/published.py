"""A published table as files: a workbook and a page, with what was published and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from opora.cycle.models import PublishedTable

from .sheets import Book, Column, Figure, Head
from .words import Look

HIDDEN = "скрыто"
RULE = (
    f"«{HIDDEN}»: людей меньше пяти, или по этому числу и соседним — здесь или в прежних таблицах — узнали бы о тех, "
    "кого меньше пяти."
)
SYNTHETIC = "Данные условные: эти люди и организации придуманы."


@dataclass(frozen=True, slots=True)
class Line:
    """A place in the table of one indicator; of a hidden one there are no numbers."""

    title: str
    n: int | None = None
    total: int | None = None

    @property
    def share(self) -> float | None:
        return self.n / self.total if self.n is not None and self.total else None

    @property
    def percent(self) -> str:
        return HIDDEN if self.share is None else f"{self.share * 100:.1f} %".replace(".", ",")


@dataclass(frozen=True, slots=True)
class Part:
    """One indicator."""

    code: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    title: str
    place: str
    on: dt.date
    period: str
    synthetic: bool
    parts: tuple[Part, ...]

    @property
    def name(self) -> str:
        """Of its files: letters of a code and digits, whatever the title."""
        return f"tables-{self.on:%Y-%m-%d}"


def paper_of(table: PublishedTable) -> Paper:
    parts = parts_of(table.columns, table.places)
    return Paper(table.title, table.place, table.on, table.period, table.synthetic, parts)


def parts_of(columns: Sequence[Mapping[str, Any]], places: Sequence[Mapping[str, str]]) -> tuple[Part, ...]:
    """Of a published table's ``columns`` and ``places``."""
    return tuple(
        Part(
            column["code"],
            column["title"],
            tuple(Line(where["title"], *column["told"].get(where["place"], (None, None))) for where in places),
        )
        for column in columns
    )


def write_published_workbook(paper: Paper, path: Path) -> None:
    columns = (Column("Где", 60), *(Column(title, 12, "number") for title in ("Доля", "Из них да", "Всего")))
    with Book(path, title=paper.title, made=paper.on) as book:
        for number, part in enumerate(paper.parts, start=1):
            sheet = book.sheet(f"Показатель {number}", columns, _head(paper, part))
            for line in part.lines:
                if line.share is None:
                    sheet.add(line.title, HIDDEN, HIDDEN, HIDDEN)
                else:
                    sheet.add(line.title, Figure(line.share, Look.PERCENT), line.n, line.total)
            sheet.finish()


def write_published_page(paper: Paper, path: Path) -> None:
    page = _environment().get_template("published.html.j2")
    path.write_text(page.render(paper=paper, rule=RULE, synthetic=SYNTHETIC), "utf-8", newline="\n")


def _head(paper: Paper, part: Part) -> Head:
    about = f"{paper.place}. {paper.title}. На {paper.on:%d.%m.%Y}, {paper.period}"
    return Head(f"{part.code}. {part.title}", (about, RULE), (SYNTHETIC,) if paper.synthetic else ())


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("opora.papers"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
