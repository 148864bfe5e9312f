"""Any sheet that people keep: its bytes, which column is what, its rows as facts. Pure."""
