"""Opora: the working system of a municipal methodical service."""

__version__ = "0.1.0"
