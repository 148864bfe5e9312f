"""The engine: plans, values, breakdowns, and who is behind a number."""
