"""Indicators that no record can know: what the cards answered (docs/semantics.md, section 7)."""

from __future__ import annotations

from typing import Literal

from opora.indicators.dataset.tables import TABLES
from opora.indicators.formula import bound as b

ANSWER = "card_answer"

Form = Literal["share", "count", "yes"]


def reported(form: Form, question: str) -> b.Formula:
    """Of the newest answers of all respondents in the period. Without answers there is no value, not a zero."""
    answers = b.Thing(ANSWER, b.Fixed("period"), "during", b.AllOf((_answers(question), _newest(question))))
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
    column = TABLES[ANSWER].column(name)
    assert column is not None
    return b.Attribute(ANSWER, column, kind)


def _answers(question: str) -> b.Item:
    asked = b.Compare("=", _attribute("question", b.Type.TEXT), b.Plain(question, b.Type.TEXT))
    return b.AllOf((asked, b.IsKnown(_attribute("value", b.Type.NUMBER), True)))


def _newest(question: str) -> b.Item:
    """The answer is the last one of its respondent: the organisation or, where none is named, the municipality."""
    organisation = _attribute("organisation", b.Type.KEY)
    by_organisation = b.IsKnown(organisation, True)
    of_municipality = b.IsKnown(organisation, False)
    municipality = b.Follow(ANSWER, "collection", "collection", _municipality_of_collection(), b.Type.KEY)
    same = b.Compare("=", municipality, b.Outer(1, municipality, b.Type.KEY))
    theirs = b.AllOf((_answers(question), of_municipality, same))
    return b.AnyOf(
        (
            b.AllOf((by_organisation, _is_last("organisation", _answers(question)))),
            b.AllOf((of_municipality, _is_last("question", theirs))),
        )
    )


def _municipality_of_collection() -> b.Attribute:
    column = TABLES["collection"].column("municipality")
    assert column is not None
    return b.Attribute("collection", column, b.Type.KEY)


def _is_last(link: str, where: b.Item) -> b.Item:
    rows = b.Rows(ANSWER, link, link, where, b.Fixed("period"), "during")
    return b.Compare("=", b.Latest(rows, b.Key(ANSWER), b.Type.KEY), b.Key(ANSWER))
