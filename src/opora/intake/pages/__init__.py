"""Reading the pages «Педагогический состав» of schools: pure, from bytes to frozen data."""

from opora.intake.pages.page import read_file, read_page
from opora.intake.pages.result import PageRead, Person, Place, Read, Training
from opora.intake.pages.source import UnreadablePage

__all__ = ["PageRead", "Person", "Place", "Read", "Training", "UnreadablePage", "read_file", "read_page"]
