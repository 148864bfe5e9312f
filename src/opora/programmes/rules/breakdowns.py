"""Breakdowns: what is wrong in a name after ``by:``, and what was meant."""

from __future__ import annotations

from opora.indicators.dataset.schema import Kind, Table
from opora.indicators.dataset.tables import TABLES
from opora.indicators.definitions import Definitions
from opora.indicators.engine.dimensions import BY_JOB, can_be_broken_down, measures_of
from opora.indicators.formula import bound as b
from opora.indicators.formula.names import short
from opora.programmes.faults import perhaps

_OF_PEOPLE = (*BY_JOB, "subject")


def breakdown_fault(formula: b.Formula, by: str, definitions: Definitions) -> str | None:
    """What is wrong with the breakdown; None if the formula can be broken down so."""
    if can_be_broken_down(formula, by, definitions):
        return None
    counts = list(measures_of(formula))
    tables = {count.thing.table: TABLES[count.thing.table] for count in counts}
    return f"Разрез «{short(by)}»: {_why(formula, by, list(tables.values()), definitions)}"


def _why(formula: b.Formula, by: str, tables: list[Table], definitions: Definitions) -> str:
    first, _, path = by.partition(".")
    if len(tables) > 1:
        titles = " и ".join(f"«{table.title}»" for table in tables)
        return f"в формуле несколько чисел ({titles}), и разделить их все по одному и тому же нельзя"
    (table,) = tables
    if not path:
        known = [*_own(table, definitions), *(_OF_PEOPLE if table.name == "person" else ())]
        return f"у того, что считают («{table.title}»), такого столбца нет{perhaps(by, known)}"
    if first in TABLES and table.column(first) is None:
        return _of_relation(formula, TABLES[first], path, definitions)
    return f"такого пути от таблицы {table.name} («{table.title}») нет{perhaps(first, _own(table, definitions))}"


def _of_relation(formula: b.Formula, related: Table, path: str, definitions: Definitions) -> str:
    known = _own(related, definitions)
    if path.partition(".")[0] not in known:
        return f"в таблице {related.name} («{related.title}») нет «{short(path)}»{perhaps(path, known)}"
    if any(isinstance(node, b.Rows) and node.table == related.name for node in b.walk(formula)):
        return f"строки таблицы {related.name} здесь относятся не прямо к тому, что считают"
    return f"формула не спрашивает о таблице {related.name}: нет has {related.name} …"


def _own(table: Table, definitions: Definitions) -> list[str]:
    columns = [column.name for column in table.columns if column.kind is not Kind.KEY]
    return [*columns, *definitions.get(table.name, {})]
