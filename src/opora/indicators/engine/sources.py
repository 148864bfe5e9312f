"""Tables of the dataset as Ibis expressions, with those that are derived from others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from opora.indicators.periods import Context

DERIVED_FROM = {"spell": ("employment",), "last_answer": ("card_answer", "collection")}
"""The stored tables behind those that are derived."""


def table_expression(name: str, types: Mapping[str, Mapping[str, str]], context: Context) -> Any:
    """A table by name; ``types``: table → column → Ibis type of what the engine has stored."""
    if name == "spell":
        return _spells(ibis.table(dict(types["employment"]), name="employment"), context)
    if name == "last_answer":
        answers, collections = (ibis.table(dict(types[one]), name=one) for one in ("card_answer", "collection"))
        return _last_answers(answers, collections, context)
    return ibis.table(dict(types[name]), name=name)


def _last_answers(answers: Any, collections: Any, context: Context) -> Any:
    """Of each respondent's answers to a question in one period the newest, up to the date."""
    start = context.period.start
    places = collections.select(_collection=collections.id, _municipality=collections.municipality)
    told = answers.filter(answers.date <= ibis.literal(context.on))
    told = told.left_join(places, told.collection == places._collection)
    months = (told.date.year() - start.year) * 12 + told.date.month() - start.month
    window = ibis.window(
        group_by=[
            told.question.strip(),
            told.organisation,
            told.organisation.isnull().ifelse(told._municipality, ibis.null(told._municipality.type())),
            (months.cast("float64") / context.period.months).floor(),
        ],
        order_by=[ibis.desc(told.date), ibis.desc(told.id)],
    )
    told = told.mutate(_place=ibis.row_number().over(window))
    kept = ("id", "collection", "organisation", "question", "value", "base", "date")
    return told.filter(told._place == 0).select(*kept)


def _spells(employment: Any, context: Context) -> Any:
    """Pedagogical work of a person in an organisation, all her posts there as one."""
    jobs = employment.filter(employment.staff_group == "educator")
    spells = jobs.group_by(["person", "organisation"]).aggregate(
        since=jobs.since.min(),
        vague=jobs.since.isnull().any(),
        until=jobs.until.max(),
        held=jobs.until.isnull().any(),
        observed_on=jobs.observed_on.min(),
    )
    until = spells.held.ifelse(ibis.null("date"), spells.until)
    left = until <= ibis.literal(context.on)
    return spells.select(
        id=spells.person.cast("string") + "/" + spells.organisation.cast("string"),
        person=spells.person,
        organisation=spells.organisation,
        since=spells.vague.ifelse(ibis.null("date"), spells.since),
        until=until,
        observed_on=spells.observed_on,
        last_day=left.fill_null(False).ifelse(until, ibis.literal(context.on)),
    )
