"""How facts come in: staff pages, workbooks, the tariff list."""
