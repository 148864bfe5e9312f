"""A unit agrees with its number."""

import pytest

from opora.papers.units import unit_for


@pytest.mark.parametrize(
    "forms",
    [
        "1 мероприятие, 2 мероприятия, 5 мероприятий",
        "1 организация, 3 организации, 11 организаций",
        "21 педагог, 22 педагога, 25 педагогов",
        "1 группа, 4 группы, 0 групп",
        "1 площадка, 2 площадки, 12 площадок",
        "1 справка, 2 справки, 5 справок",
        "1 точка, 2 точки, 5 точек",
        "1 случай, 2 случая, 271 случай",
        "1 учитель, 2 учителя, 5 учителей",
        "1 должность, 2 должности, 5 должностей",
        "1 место, 2 места, 5 мест",
        "1 год, 2 года, 5 лет",
        "1 месяц, 2 месяца, 5 месяцев",
        "1 человек, 2 человека, 5 человек",
    ],
)
def test_nouns_are_declined(forms: str) -> None:
    pairs = [form.split() for form in forms.split(", ")]
    for unit in {pairs[0][1]} if pairs[0][1] != "год" else {"год", "лет"}:
        assert [unit_for(int(count), unit) for count, _ in pairs] == [noun for _, noun in pairs]


def test_a_fraction_takes_the_genitive() -> None:
    assert unit_for(1.5, "мероприятие") == "мероприятия"


@pytest.mark.parametrize("unit", ["чел.", "%", "% в год", "да/нет", "ед.", "часов на педагога", ""])
def test_what_is_no_single_noun_stays_as_it_is(unit: str) -> None:
    assert unit_for(5, unit) == unit
