"""From tables of codes to counts: plain SQL that every engine understands.

These queries are many, alike and simple; writing them as text takes a thousandth of the time of an expression tree.
All names in them are made by ``tabulate``; nothing that a person has written gets into the text.
"""

from __future__ import annotations

from collections.abc import Mapping

from opora.indicators.engine.dimensions import Counted
from opora.indicators.engine.tabulate import Codes
from opora.indicators.formula import bound as b

SHARE_CLASSES = {"t": 8, "f": 6, "u": 7, "x0": 3, "x1": 4, "x2": 5}
"""Name of a count → code of the denominator × 3 + code of the numerator."""
STATISTIC_PARTS = ("low", "high", "sum", "least", "most", "negative", "known", "empty", "min", "max")


def stated(codes: Codes, rows: str) -> str:
    """The query ``rows`` for the table of codes, with the state of each measure beside: of a share ``s``, code of the
    denominator × 3 + code of the numerator; of a statistic ``d``, code of the denominator.

    Written around the query, so that the code of a counted set is computed once for all the measures that share it.
    """
    made = []
    for number, measure in codes.measures.items():
        base = f"b{codes.things[measure.thing]}"
        made.append(
            f"{base} * 3 + c{number} AS s{number}" if isinstance(measure, b.ShareOf) else f"{base} AS d{number}"
        )
    kept = [name for name in codes.rows.columns if name[0] not in "bc"]
    return f"SELECT {', '.join([*kept, *made])} FROM ({rows}) AS coded"


def totals(codes: Codes, source: str, group: str | None = None) -> list[tuple[str, list[int]]]:
    """Queries over ``source``, a table of codes or a query in brackets: whole, or by its column ``group``.

    Each comes with the numbers of the measures that it counts: those that count a person once over several rows need a
    query of their own.
    """
    plain = [number for number, measure in codes.measures.items() if not _once(measure)]
    found = []
    if plain:
        counts = [count for number in plain for count in _counts(number, codes.measures[number])]
        found.append((_query(counts, source, group), plain))
    for number, measure in codes.measures.items():
        if _once(measure):
            found.append((_query(_share_counts(number), _per_person(number, source, group), group), [number]))
    return found


def limited(codes: Codes, source: str, pairs: str, columns: Mapping[b.Thing, str]) -> str:
    """Codes joined to ``pairs`` (person × group), each no greater than the code of belonging to the group.

    ``columns``: in which column of ``pairs`` that code is, for each counted set. The group is in ``group_``.
    """
    made = ["p.group_ AS group_", "c.id AS id"]
    for number, measure in codes.measures.items():
        belongs = f"p.{columns[measure.thing]}"
        if isinstance(measure, b.ShareOf):
            made.append(f"LEAST({_base(f'c.s{number}')}, {belongs}) * 3 + MOD(c.s{number}, 3) AS s{number}")
            if measure.once_per:
                made.append(f"c.o{number} AS o{number}")
        else:
            made.append(f"LEAST(c.d{number}, {belongs}) AS d{number}")
            if measure.item is not None:
                made.append(f"c.v{number} AS v{number}")
    return f"(SELECT {', '.join(made)} FROM {pairs} p JOIN {source} c ON p.person = c.id) AS limited"


def having(codes: Codes, source: str, pairs: str, absent: str) -> str:
    """Codes of every thing in every group of ``pairs`` (thing × group), the numerator no greater than the code of
    having something of the group: ``j0``, and the column ``absent`` where no row tells."""
    made = ["g.group_ AS group_", "c.id AS id"]
    for number in codes.measures:
        has = f"COALESCE(p.j0, c.{absent})"
        made.append(f"{_base(f'c.s{number}')} * 3 + LEAST(MOD(c.s{number}, 3), {has}) AS s{number}")
    return (
        f"(SELECT {', '.join(made)} FROM {source} c CROSS JOIN (SELECT DISTINCT group_ FROM {pairs} q) g "
        f"LEFT JOIN {pairs} p ON p.person = c.id AND p.group_ IS NOT DISTINCT FROM g.group_) AS having_"
    )


def _once(measure: Counted) -> bool:
    return isinstance(measure, b.ShareOf) and measure.once_per is not None


def _query(counts: list[str], source: str, group: str | None) -> str:
    if group is None:
        return f"SELECT {', '.join(counts)} FROM {source}"
    return f"SELECT {group} AS group_, {', '.join(counts)} FROM {source} GROUP BY {group}"


def _base(state: str) -> str:
    return f"CAST(FLOOR({state} / 3) AS INT)"


def _per_person(number: int, source: str, group: str | None) -> str:
    """Rows of one person joined: in the base if any is, in the number if any that is in the base is."""
    base, state, keys = _base(f"s{number}"), f"s{number}", ", ".join([f"o{number}", *([group] if group else [])])
    joined = f"MAX({base}) * 3 + MAX(LEAST({base}, MOD({state}, 3)))"
    return f"(SELECT {keys}, {joined} AS s{number} FROM {source} WHERE o{number} IS NOT NULL GROUP BY {keys}) AS joined"


def _counts(number: int, measure: Counted) -> list[str]:
    if isinstance(measure, b.ShareOf):
        return _share_counts(number)
    sure, maybe, value = f"d{number} = 2", f"d{number} >= 1", f"v{number}"
    if measure.function == "people":
        person = "id" if measure.thing.table == "person" else "person"
        return [
            f"COUNT(DISTINCT CASE WHEN {sure} THEN {person} END) AS low{number}",
            f"COUNT(DISTINCT CASE WHEN {maybe} THEN {person} END) AS high{number}",
        ]
    made = [_number_of(sure, f"low{number}"), _number_of(maybe, f"high{number}")]
    if measure.item is not None:
        made += [
            f"SUM(CASE WHEN {sure} THEN {value} END) AS sum{number}",
            f"SUM(CASE WHEN {sure} OR {maybe} AND {value} < 0 THEN {value} END) AS least{number}",
            f"SUM(CASE WHEN {sure} OR {maybe} AND {value} > 0 THEN {value} END) AS most{number}",
            _number_of(f"{maybe} AND {value} < 0", f"negative{number}"),
            _number_of(f"{sure} AND {value} IS NOT NULL", f"known{number}"),
            _number_of(f"{maybe} AND {value} IS NULL", f"empty{number}"),
            f"MIN(CASE WHEN {sure} THEN {value} END) AS min{number}",
            f"MAX(CASE WHEN {sure} THEN {value} END) AS max{number}",
        ]
    return made


def _share_counts(number: int) -> list[str]:
    return [_number_of(f"s{number} = {state}", f"{name}{number}") for name, state in SHARE_CLASSES.items()]


def _number_of(condition: str, name: str) -> str:
    return f"COUNT(CASE WHEN {condition} THEN 1 END) AS {name}"
