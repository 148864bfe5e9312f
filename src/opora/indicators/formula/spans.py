"""Words of time in Russian."""

from __future__ import annotations

from opora.indicators.formula import bound as b
from opora.indicators.formula.numerals import UNITS, counted, form_with

INSTANTS = {
    "on": "день подсчёта",
    "period_start": "начало периода",
    "period_end": "конец периода",
    "programme_start": "начало программы",
}
INSTANTS_OF = {  # genitive
    "on": "дня подсчёта",
    "period_start": "начала периода",
    "period_end": "конца периода",
    "programme_start": "начала программы",
}
_FIXED = {
    "date": "на дату подсчёта",
    "period": "за период",
    "previous": "за предыдущий период",
    "ever": "когда-либо",
    "none": "",
}
_FIXED_DATE = {
    "date": "на дату подсчёта",
    "period": "в отчётном периоде",
    "previous": "в предыдущем периоде",
    "ever": "не позже дня подсчёта",
    "none": "",
}


def fixed_window(window: b.Fixed) -> str:
    """«за период», «за последние 3 года»."""
    return _FIXED[window.kind] if window.span is None else f"за {stretch('последн', window.span)}"


def fixed_date(window: b.Fixed) -> str:
    """The same for a date: «в отчётном периоде», «в последние 3 года»."""
    return _FIXED_DATE[window.kind] if window.span is None else f"в {stretch('последн', window.span)}"


def stretch(which: str, span: b.Span) -> str:
    """«последние 3 года», «первый год», «последний 21 день»."""
    single = form_with(span.amount, ("one", "few", "many")) == "one"
    end = ("ий" if which == "последн" else "ый") if single else ("ие" if which == "последн" else "ые")
    length = UNITS[span.unit][0] if span.amount == 1 else counted(span.amount, UNITS[span.unit])
    return f"{which}{end} {length}"
