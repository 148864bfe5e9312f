"""Letters of another alphabet are named one by one: nobody finds them by eye."""

import pytest

from opora.indicators.dataset.check import check_dataset
from opora.indicators.dataset.letters import strayed_letters
from tests.dataset.files import dataset_of, told


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("учитeль", ": буква 5 — латинская «e»"),
        ("выcшaя", ": буква 3 — латинская «c», буква 5 — латинская «a»"),
        ("педагог дoполнительного", ": в слове «дoполнительного» буква 2 — латинская «o»"),
        ("schооl", ": буква 4 — русская «о», буква 5 — русская «о»"),
        ("мeтoдиcтa", ": буква 2 — латинская «e», буква 4 — латинская «o», буква 7 — латинская «c» и ещё 1"),
        ("учитель IT", ""),
        ("К-1", ""),
        ("", ""),
    ],
)
def test_strayed_letters_are_told_with_their_place(text: str, words: str) -> None:
    assert strayed_letters(text) == words


def test_a_code_that_only_looks_the_same_is_told_apart() -> None:
    town = {"id": "К-1", "title": "Город", "kind": "municipality"}
    dataset = dataset_of(territory=[town], person=[{"id": "p1", "municipality": "K-1"}])
    assert told(check_dataset(dataset)) == [
        "таблица «Люди», код «p1», столбец «Муниципалитет»: В таблице «Территории» нет кода «K-1»; есть «К-1»: "
        "знак 1 здесь — латинская «K», а там — русская. Исправьте код или добавьте строку в таблицу «Территории»"
    ]
