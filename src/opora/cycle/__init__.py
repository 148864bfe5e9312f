"""How the service is steered: which programme is in force, and since when."""
