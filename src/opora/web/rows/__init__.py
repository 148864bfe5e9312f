"""Rows of the dataset on pages: one form for all of them, and by which verbs they are kept."""
