"""The verbs of what the office writes down: documents, cards, measures, letters, visits, and what is complete."""
