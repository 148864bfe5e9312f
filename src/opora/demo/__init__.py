"""Synthetic municipalities: made-up people, real shapes of data. Every dataset says that it is synthetic."""
