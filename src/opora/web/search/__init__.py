"""Finding anything that a reader may open: people, organisations, indicators, documents, pages and the guide."""
