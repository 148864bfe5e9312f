"""Whose a file is, from what it calls itself: sure only where it names one organisation and no other."""

from __future__ import annotations

import pytest

from opora.intake.adapters import Dropped, FileTold, adapter_of
from opora.intake.adapters.organisations import proposed

ORGANISATIONS = [
    ("s1", "МБОУ «СОШ № 1»"),
    ("s5", "МБОУ «Средняя общеобразовательная школа № 5»"),
    ("g1", "МБОУ «Гимназия № 1»"),
    ("d5", "МБДОУ «Детский сад № 5 «Ромашка»"),
    ("k", "Кривецкая средняя школа"),
    ("l", "МАОУ «Лицей имени Пушкина»"),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Педагогический состав школы № 5", [("s5", True)]),
        ("МБОУ СОШ №5 г. Берёзовый", [("s5", True)]),
        ("школа 5.html", [("s5", True)]),
        ("Детский сад № 5", [("d5", True)]),
        ("Воспитатели детского сада «Ромашка» № 5", [("d5", True)]),
        ("Гимназия № 1", [("g1", True)]),
        ("Кривецкая школа", [("k", True)]),
        ("Коллектив Кривецкой школы", [("k", False)]),
        ("Лицей имени Пушкина", [("l", True)]),
        ("Школа № 15", []),
        ("Школа", []),
        ("Лицей", []),
        ("А", []),
        ("школа 1 сентября", []),
        ("Педагогический состав 2025", []),
    ],
)
def test_a_text_proposes_whom_it_names(text: str, found: list[tuple[str, bool]]) -> None:
    assert [(each.key, each.sure) for each in proposed([text], ORGANISATIONS)] == found


def test_of_two_that_are_named_none_is_sure() -> None:
    texts = ["Школа № 5", "Детский сад № 5"]
    assert [(each.key, each.sure) for each in proposed(texts, ORGANISATIONS)] == [("d5", False), ("s5", False)]


@pytest.mark.parametrize("heading", ["Школа", "О школе", "А", "Учителя", "Наша школа"])
def test_a_page_that_names_no_school_is_asked_about(heading: str) -> None:
    page = f'<meta charset="utf-8"><h1>Персонал</h1><h2>{heading}</h2><table><tr><td>1</td></tr></table>'
    file = Dropped("page.html", page.encode())
    adapter = adapter_of(file)
    assert adapter is not None
    asked = adapter.asks(file, FileTold(), ORGANISATIONS)
    assert (asked.organisation, [each for each in asked.organisations if each.sure]) == (True, [])
