"""One installation: its folder, its PostgreSQL, and the Django settings that follow from them."""
