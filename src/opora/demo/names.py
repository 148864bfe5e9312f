"""Names of people who do not exist: a few hundred from mimesis, joined by chance."""

from __future__ import annotations

from functools import cache

import numpy as np
from mimesis import Gender, Locale, Person

from opora.demo.draw import Bools, Coded, Rng

_COMMON = """
Александра Алла Анастасия Анна Валентина Вера Виктория Галина Дарья Евгения Екатерина Елена Жанна Зоя Ирина
Карина Кристина Ксения Лариса Любовь Людмила Маргарита Марина Мария Надежда Наталья Нина Оксана Ольга Полина
Раиса Светлана София Тамара Татьяна Ульяна Юлия Яна Александр Алексей Анатолий Андрей Антон Артём Борис Вадим
Валерий Василий Виктор Виталий Владимир Вячеслав Геннадий Григорий Денис Дмитрий Евгений Иван Игорь Илья Кирилл
Константин Максим Михаил Николай Олег Павел Пётр Роман Сергей Станислав Степан Фёдор Юрий Александровна
Алексеевна Анатольевна Андреевна Антоновна Борисовна Валерьевна Васильевна Викторовна Витальевна Владимировна
Вячеславовна Геннадьевна Григорьевна Дмитриевна Евгеньевна Ивановна Игоревна Ильинична Константиновна Максимовна
Михайловна Николаевна Олеговна Павловна Петровна Романовна Сергеевна Степановна Фёдоровна Юрьевна Александрович
Алексеевич Анатольевич Андреевич Антонович Борисович Валерьевич Васильевич Викторович Витальевич Владимирович
Вячеславович Геннадьевич Григорьевич Дмитриевич Евгеньевич Иванович Игоревич Ильич Константинович Максимович
Михайлович Николаевич Олегович Павлович Петрович Романович Сергеевич Степанович Фёдорович Юрьевич
"""
COMMON = frozenset(_COMMON.split())
"""Of the library's names those that teachers of today do bear."""


@cache
def _pools() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Kind of name → women's and men's."""
    person = Person(Locale.RU, seed=2021)
    pools = {}
    for kind, draw, common in (
        ("last_name", person.last_name, False),
        ("first_name", person.first_name, True),
        ("patronymic", person.patronymic, True),
    ):
        drawn = [{str(draw(gender)) for _ in range(2000)} for gender in (Gender.FEMALE, Gender.MALE)]
        women, men = (sorted(names & COMMON if common else names) for names in drawn)
        pools[kind] = (tuple(women), tuple(men))
    return pools


def names(rng: Rng, female: Bools) -> dict[str, Coded]:
    """Last name, first name and patronymic for each person, in the right gender."""
    columns = {}
    for kind, (women, men) in _pools().items():
        of_woman = rng.integers(0, len(women), len(female))
        of_man = rng.integers(0, len(men), len(female)) + len(women)
        columns[kind] = Coded(np.where(female, of_woman, of_man).astype(np.int32), women + men)
    return columns
