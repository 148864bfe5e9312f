"""Numbers in Russian: words agree with them."""

from __future__ import annotations

Forms = tuple[str, str, str]
"""As with 1, 2 and 5: «год», «года», «лет»."""

UNITS: dict[str, Forms] = {
    "year": ("год", "года", "лет"),
    "month": ("месяц", "месяца", "месяцев"),
    "day": ("день", "дня", "дней"),
}
TIMES: Forms = ("раз", "раза", "раз")
PEOPLE: Forms = ("человек", "человека", "человек")


def counted(amount: float, forms: Forms) -> str:
    """«1 год», «3 года», «5 лет»; a fraction takes the genitive: «2,5 года»."""
    if amount != int(amount):
        return f"{number(amount)} {forms[1]}"
    tail, tens = int(amount) % 10, int(amount) % 100
    form = forms[0] if tail == 1 and tens != 11 else forms[1] if 2 <= tail <= 4 and not 12 <= tens <= 14 else forms[2]
    return f"{number(amount)} {form}"


def counted_of(amount: float, forms: Forms) -> str:
    """In the genitive: «(не менее) 1 года», «2 лет», «21 года»."""
    return counted(amount, (forms[1], forms[2], forms[2]) if amount == int(amount) else forms)


def number(value: float) -> str:
    whole = f"{value:.6f}".rstrip("0").rstrip(".")
    return whole.replace(".", ",")


def percent(value: float) -> str:
    return f"{number(value * 100)} %"
