"""Lists of everything that the dataset holds: what a table says of itself is all that a list needs to know."""
