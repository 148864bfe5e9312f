"""What the database itself refuses, in words for the one who entered it."""

from __future__ import annotations

import psycopg
from django.db import DatabaseError

_CONSTRAINTS = (
    (
        "_one_main_job_at_a_time",
        "У человека в это же время есть другая основная работа",
        "Исправьте даты или вид работы",
    ),
    ("_unique", "Такая запись уже есть", "Найдите её и исправьте, вместо того чтобы вводить вторую"),
    ("_after_", "Конец раньше начала", "Исправьте одну из дат"),
    ("_at_least_zero", "Число меньше нуля", "Впишите число не меньше 0"),
    ("_of_two", "Наставник и наставляемый — один и тот же человек", "Выберите другого человека"),
    ("_is_known", "Значения нет в списке", "Выберите одно из списка"),
    ("_fk_", "Того, на что ссылается запись, уже нет", "Обновите страницу и выберите заново"),
)
"""A part of the constraint's name, what is told, how to mend."""
_MEANWHILE = (
    psycopg.errors.DeadlockDetected,
    psycopg.errors.LockNotAvailable,
    psycopg.errors.SerializationFailure,
)


def told_in_words(error: DatabaseError) -> tuple[str, str] | None:
    """Message and how to mend; None of what no user can mend."""
    cause = error.__cause__
    if isinstance(cause, _MEANWHILE):
        return "Эти же сведения сейчас меняет кто-то ещё", "Повторите через минуту"
    if isinstance(cause, psycopg.errors.IntegrityError):
        return _constraint(cause.diag.constraint_name or "")
    if isinstance(cause, psycopg.errors.DataError):
        return "Значение не помещается в базу данных", "Проверьте числа, даты и тексты"
    return None


def _constraint(name: str) -> tuple[str, str]:
    for part, message, mend in _CONSTRAINTS:
        if part in name:
            return message, mend
    return "Запись противоречит тому, что внесли тем временем", "Обновите страницу и проверьте"
