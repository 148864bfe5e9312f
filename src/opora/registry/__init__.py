"""What all tables of the registry share: the base of a row, the scope of a query, protection, the trail."""
