"""A cell is understood as a person meant it, or it is said why not; nothing is guessed."""

from __future__ import annotations

import datetime as dt

import pytest

from opora.indicators.dataset.cells import Raw, Unread, Value, cell_reader
from opora.indicators.dataset.schema import Column, choice, date, flag, number, text

POST = choice("post", "Должность", {"teacher": "учитель", "tutor": "тьютор"})
WHOLE = number("hours", "Часов", whole=True)
REAL = number("rate", "Ставка")
DAY = date("since", "С")
YES_NO = flag("online", "В сети")
WORDS = text("title", "Название")


@pytest.mark.parametrize("column", [POST, WHOLE, REAL, DAY, YES_NO, WORDS], ids=lambda column: column.name)
@pytest.mark.parametrize("raw", [None, "", "   ", "\u00a0\u2009\ufeff", "\t\r\n"])
def test_an_empty_cell_is_unknown(column: Column, raw: Raw) -> None:
    assert cell_reader(column)(raw) is None


@pytest.mark.parametrize(
    ("column", "raw", "value"),
    [
        (WORDS, " Школа\u00a0№ 1 ", "Школа\u00a0№ 1"),
        (WORDS, "=1+1", "=1+1"),
        (WORDS, 7.0, "7"),
        (WORDS, 0.5, "0,5"),
        (WORDS, True, "да"),
        (WORDS, dt.date(2022, 5, 1), "01.05.2022"),
        (POST, "teacher", "teacher"),
        (POST, " Учитель ", "teacher"),
        (WHOLE, 12.0, 12),
        (WHOLE, "12", 12),
        (WHOLE, "1\u00a0234", 1234),
        (WHOLE, "5,0", 5),
        (REAL, "0,5", 0.5),
        (REAL, "1 234,5", 1234.5),
        (REAL, "1e-05", 1e-05),
        (REAL, 3, 3.0),
        (DAY, "31.12.2022", dt.date(2022, 12, 31)),
        (DAY, "1.9.2022 г.", dt.date(2022, 9, 1)),
        (DAY, "2022-12-31", dt.date(2022, 12, 31)),
        (DAY, "2022-12-31T00:00:00", dt.date(2022, 12, 31)),
        (DAY, dt.datetime(2022, 12, 31, 10, 5), dt.date(2022, 12, 31)),
        (DAY, dt.date(2022, 12, 31), dt.date(2022, 12, 31)),
        (YES_NO, "Да", True),
        (YES_NO, "нет", False),
        (YES_NO, 1.0, True),
        (YES_NO, "0", False),
        (YES_NO, "TRUE", True),
        (YES_NO, "ложь", False),
        (YES_NO, False, False),
    ],
)
def test_a_value_is_read_however_it_is_written(column: Column, raw: Raw, value: Value) -> None:
    read = cell_reader(column)(raw)
    assert (type(read), read) == (type(value), value)


@pytest.mark.parametrize(
    ("column", "raw", "message", "mend"),
    [
        (POST, "учител", "Значения «учител» нет в списке", "Возможно, «учитель»? Допустимо: «учитель», «тьютор»"),
        (POST, "завхоз", "Значения «завхоз» нет в списке", "Допустимо: «учитель», «тьютор»"),
        (WHOLE, "много", "«много» — не целое число", "Впишите целое число, например 12"),
        (WHOLE, 0.5, "«0,5» — не целое число", "Впишите целое число, например 12"),
        (WHOLE, 1e30, f"«{10**30:.0f}» — не целое число", "Впишите целое число, например 12"),
        (REAL, "1.234,5", "«1.234,5» — не число", "Впишите число, например 0,5"),
        (REAL, "50%", "«50%» — не число", "Впишите число, например 0,5"),
        (REAL, "nan", "«nan» — не число", "Впишите число, например 0,5"),
        (REAL, "1e999", "«1e999» — не число", "Впишите число, например 0,5"),
        (REAL, True, "«да» — не число", "Впишите число, например 0,5"),
        (DAY, "31.02.2022", "Даты «31.02.2022» нет в календаре", "Исправьте день, месяц или год"),
        (DAY, "0000-01-01", "Даты «0000-01-01» нет в календаре", "Исправьте день, месяц или год"),
        (DAY, "вчера", "«вчера» — не дата", "Впишите дату, например 31.12.2022"),
        (DAY, "31.12.22", "«31.12.22» — не дата", "Впишите дату, например 31.12.2022"),
        (
            DAY,
            44926.0,
            "Вместо даты стоит «44926»",
            "Впишите дату, например 31.12.2022, и задайте ячейке формат «Дата»",
        ),
        (
            YES_NO,
            "наверное",
            "«наверное» — не да и не нет",
            "Впишите «да» или «нет»; если неизвестно, оставьте пустым",
        ),
        (YES_NO, 2, "«2» — не да и не нет", "Впишите «да» или «нет»; если неизвестно, оставьте пустым"),
    ],
)
def test_what_is_not_a_value_says_why(column: Column, raw: Raw, message: str, mend: str) -> None:
    assert cell_reader(column)(raw) == Unread(message, mend)
