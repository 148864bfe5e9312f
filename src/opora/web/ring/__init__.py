"""The management cycle of a town, as a ring of stations with the state of each."""
