"""Texts that a spreadsheet would take for formulas when it opens a CSV file, which cannot say what is a text."""

from __future__ import annotations

import re

GUARDED = r"^('*[=+\-@\t\r])"
"""For RE2 too. What looks guarded already is guarded once more, so that every text comes back as it was."""
_GUARD = re.compile(r"'+[=+\-@\t\r]")


def unguarded(cell: str) -> str:
    """The text itself, of a cell of a CSV file."""
    return cell[1:] if cell.startswith("'") and _GUARD.match(cell) else cell
