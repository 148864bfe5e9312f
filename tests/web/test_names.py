"""A pasted list of names: whatever way a name is written, it names whom it names and nobody else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.web.rows.names import lines_of, names

ANNA = ("Семёнова", "Анна", "Петровна")


@pytest.mark.parametrize(
    "line",
    [
        "Семёнова Анна Петровна",
        "СЕМЕНОВА АННА ПЕТРОВНА",
        "Анна Петровна Семёнова",
        "Семенова А. П.",
        "А.П. Семенова",
        "Семёнова А",
        "Семёнова",
        "Семёнова Анна Петровна, учитель математики, школа № 5",
        "Семёнова Анна Петровна — МБОУ СОШ № 2",
        "Семёнова Анна Петровна (директор)",
        "Семёнова Aннa Пeтpoвнa",
        "Семёнова Анна Петровна учитель",
    ],
)
def test_a_name_is_known_however_it_is_written(line: str) -> None:
    assert names(line, ANNA)


@pytest.mark.parametrize(
    "line",
    ["Семёнов Анна", "Семёнова Алла Петровна", "Семёнова А. И.", "Анна Петровна", "Петрова, Семёнова", "", "№ 5"],
)
def test_another_name_is_not_taken_for_hers(line: str) -> None:
    assert not names(line, ANNA)


def test_surnames_of_two_words_and_with_a_hyphen_are_whole() -> None:
    assert names("Салтыков-Щедрин М. Е.", ("Салтыков-Щедрин", "Михаил", "Евграфович"))
    assert not names("Щедрин М. Е.", ("Салтыков-Щедрин", "Михаил", "Евграфович"))
    assert names("Мамед Гусейн оглы Али", ("Гусейн оглы", "Мамед", "Али"))
    assert names("Smith John", ("Smith", "John", ""))


def test_what_is_not_known_of_a_person_is_not_held_against_her() -> None:
    assert names("Семёнова Анна Петровна", ("Семёнова", "", ""))


def test_numbers_bullets_empty_lines_and_cells_of_a_table_do_not_matter() -> None:
    pasted = "1. Иванова Анна\r\n2) Петров\tПётр\tИванович\n\n  3 Сидорова М. М. \n– Козлова\n• Ким\n"
    assert lines_of(pasted) == ["Иванова Анна", "Петров Пётр Иванович", "Сидорова М. М.", "Козлова", "Ким"]


WORD = st.text("абвгдежзиклмнопрстуфхцчшщыэюя", min_size=2, max_size=9).map(str.capitalize)


@given(last=WORD, first=WORD, patronymic=WORD, before=st.booleans(), short=st.booleans(), number=st.integers(1, 300))
def test_every_usual_way_to_write_a_name_names_its_person(
    last: str, first: str, patronymic: str, before: bool, short: bool, number: int
) -> None:
    rest = f"{first[0]}. {patronymic[0]}." if short else f"{first} {patronymic}"
    written = f"{number}. " + (f"{last} {rest}" if before else f"{rest} {last}")
    (line,) = lines_of(written)
    # Where the first name is spelled like the surname no reading can tell which is which.
    assert names(line, (last, first, patronymic)) or last in (first, patronymic)
