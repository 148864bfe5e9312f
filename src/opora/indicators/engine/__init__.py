"""The engine: bound formulas over a dataset, in DuckDB or any Spark Connect endpoint."""
