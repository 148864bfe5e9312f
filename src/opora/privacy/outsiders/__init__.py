"""Numbers for those who hold no role: fixed tables, without filters and opening, from which nobody is found out."""

from opora.privacy.outsiders.table import Groups, OutsidersTable, outsiders_table

__all__ = ["Groups", "OutsidersTable", "outsiders_table"]
