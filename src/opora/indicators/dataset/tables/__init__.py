"""Every table of the dataset, in the order in which a person would fill them in."""

from opora.indicators.dataset.schema import Table
from opora.indicators.dataset.tables import community, derived, experience, learning, people, records

STORED: dict[str, Table] = {
    table.name: table
    for table in (
        *people.TABLES,
        *learning.TABLES,
        *community.TABLES,
        *experience.TABLES,
        *records.TABLES,
        *derived.COVERAGE,
    )
}
"""Tables that a dataset holds."""

TABLES: dict[str, Table] = STORED | {table.name: table for table in derived.DERIVED}
"""Tables that a formula may name: the stored ones and those computed from them."""

REFERRED_TO = frozenset(column.to for table in STORED.values() for column in table.refs())
"""Tables whose rows others name by their key. In the rest nobody needs one, and a person may leave it out."""
