"""Indicators that no record can know: what the cards answered (docs/semantics.md, section 7)."""

from __future__ import annotations

from typing import Literal

from opora.indicators.dataset.tables import TABLES
from opora.indicators.formula import bound as b

_ANSWERS = TABLES["last_answer"]

Form = Literal["share", "count", "yes"]


def reported(form: Form, question: str) -> b.Formula:
    """Of the last answers of all respondents in the period. Without answers there is no value, not a zero."""
    asked = b.Compare("=", _attribute("question", b.Type.TEXT), b.Plain(question, b.Type.TEXT))
    answers = b.Thing(_ANSWERS.name, b.Fixed("period"), "during", asked)
    value = _attribute("value", b.Type.NUMBER)
    match form:
        case "share":
            base = _attribute("base", b.Type.NUMBER)
            return b.Arithmetic("/", b.Statistic("sum", answers, value), b.Statistic("sum", answers, base))
        case "count":
            return b.Statistic("sum", answers, value)
        case "yes":
            return b.MeasureCompare(">", b.Statistic("mean", answers, value), b.Constant(0))


def _attribute(name: str, kind: b.Type) -> b.Attribute:
    column = _ANSWERS.column(name)
    assert column is not None
    return b.Attribute(_ANSWERS.name, column, kind)
