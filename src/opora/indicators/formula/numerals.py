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
    return f"{number(amount)} {form_with(amount, forms)}"


def form_with(amount: float, forms: Forms) -> str:
    """The form alone."""
    if amount != int(amount):
        return forms[1]
    last_two, last = int(abs(amount)) % 100, int(abs(amount)) % 10
    if 11 <= last_two <= 14 or last == 0 or last >= 5:
        return forms[2]
    return forms[0] if last == 1 else forms[1]


def counted_of(amount: float, forms: Forms) -> str:
    """In the genitive: «(не менее) 1 года», «2 лет», «21 года»."""
    return counted(amount, (forms[1], forms[2], forms[2]) if amount == int(amount) else forms)


def number(value: float) -> str:
    whole = f"{value:.6f}".rstrip("0").rstrip(".")
    return whole.replace(".", ",")


def percent(value: float) -> str:
    return f"{number(value * 100)} %"
