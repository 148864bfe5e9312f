"""Numbers for those who hold no role: fixed tables, without filters and opening, from which nobody is found out."""

from opora.privacy.outsiders.table import Earlier, Groups, OutsidersTable, outsiders_table

__all__ = ["Earlier", "Groups", "OutsidersTable", "outsiders_table"]
