"""The programmes of municipalities as data: what they hold, and how they are read and checked."""
