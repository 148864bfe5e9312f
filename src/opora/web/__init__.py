"""The server: pages, and who may open each."""
