"""A page, from its bytes to the people on it."""

from __future__ import annotations

from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from opora.intake.pages.cards import read_cards
from opora.intake.pages.person import read_person
from opora.intake.pages.result import PageRead
from opora.intake.pages.source import MAX_BYTES, page_text
from opora.intake.pages.staff_tables import read_tables

NOBODY = (
    "На странице не найдено ни одного педагога: нет ни разметки, ни таблицы со столбцом «ФИО», ни карточек с именем, "
    "отчеством и подписями. Откройте раздел «Педагогический состав» и сохраните страницу, на которой видны фамилии"
)


def read_file(path: Path) -> PageRead:
    """Raises `UnreadablePage` for what is no page."""
    with path.open("rb") as file:
        return read_page(file.read(MAX_BYTES + 1), path.name)


def read_page(content: bytes, file: str) -> PageRead:
    """The people of a page in its order; a page without people has a remark. Raises `UnreadablePage`."""
    top = LexborHTMLParser(page_text(content)).body
    records = (read_tables(top) or read_cards(top)) if top is not None else []
    persons = tuple(read_person(file, row, record) for row, record in enumerate(records, 1))
    return PageRead(file, persons, () if persons else (NOBODY,))
