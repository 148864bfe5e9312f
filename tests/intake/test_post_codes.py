"""A post as people write it is the post of the dataset, with its group of staff."""

from __future__ import annotations

import pytest

from opora.indicators.dataset.tables.choices import POST, STAFF_GROUP
from opora.intake.words.post_codes import _POSTS, UNKNOWN, PostCode, post_code


@pytest.mark.parametrize(
    ("written", "post", "group"),
    [
        ("Учитель", "teacher", "educator"),
        ("учитель-логопед", "speech_therapist", "educator"),
        ("Учитель – дефектолог", "defectologist", "educator"),
        ("педагог-психолог", "psychologist", "educator"),
        ("Педагог дополнительного образования", "supplementary_teacher", "educator"),
        ("старший воспитатель", "senior_preschool_teacher", "educator"),
        ("воспитатель ГПД", "preschool_teacher", "educator"),
        ("помощник воспитателя", "other", "support"),
        ("Музыкальный руководитель", "music_director", "educator"),
        ("инструктор по физической культуре", "physical_instructor", "educator"),
        ("преподаватель-организатор ОБЖ", "other_educator", "educator"),
        ("социальный педагог", "social_educator", "educator"),
        ("советник директора по воспитанию", "other_educator", "educator"),
        ("Директор", "director", "manager"),
        ("И.о. директора", "director", "manager"),
        ("Зам. директора по УВР", "deputy", "manager"),
        ("и.о. заместителя директора", "deputy", "manager"),
        ("Заведующий", "director", "manager"),
        ("заведующий отделом", "department_head", "manager"),
        ("руководитель структурного подразделения", "department_head", "manager"),
        ("заместитель директора по административно-хозяйственной работе", "other", "support"),
        ("главный бухгалтер", "other", "support"),
        ("тренер-преподаватель", "coach", "educator"),
        ("главный специалист", "specialist", "support"),
    ],
)
def test_a_post_is_known_by_its_words(written: str, post: str, group: str) -> None:
    assert post_code(written) == PostCode(post, group)


def test_a_post_that_is_not_known_is_doubted() -> None:
    assert post_code("звездочёт") == PostCode("other", "support", UNKNOWN)


def test_every_code_is_of_the_dataset() -> None:
    assert {post for _, post, _ in _POSTS} <= set(POST)
    assert {group for *_, group in _POSTS} <= set(STAFF_GROUP)
