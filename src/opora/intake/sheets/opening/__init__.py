"""What a file really is, whatever it is called, and how much of it there is, before anything parses it."""

from opora.intake.sheets.opening.book import Book, Sheet, UnreadableBook
from opora.intake.sheets.opening.files import open_book

__all__ = ["Book", "Sheet", "UnreadableBook", "open_book"]
