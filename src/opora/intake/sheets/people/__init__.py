"""Sheets of people, row by row: whoever a row is about, and what it says of her work, learning and deeds."""

from opora.intake.sheets.people.rows import read_people

__all__ = ["read_people"]
