"""The interface for programs: the same rights, plans and numbers as on the pages, by a key instead of a session."""
