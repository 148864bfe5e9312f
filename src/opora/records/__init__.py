"""What the office writes down: documents, cards, measures, letters, visits, completeness."""
