"""The page of a person: one timeline of all that the registry holds on her, what runs out, what is not known."""
