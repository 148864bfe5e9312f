"""Tables of the dataset as Ibis expressions, with those that are derived from others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from opora.indicators.periods import Context


def table_expression(name: str, types: Mapping[str, Mapping[str, str]], context: Context) -> Any:
    """A table by name; ``types``: table → column → Ibis type of what the engine has stored."""
    if name == "spell":
        return _spells(ibis.table(dict(types["employment"]), name="employment"), context)
    return ibis.table(dict(types[name]), name=name)


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
