"""The pages of organisations: who works there, their numbers against the town, what they lack."""
