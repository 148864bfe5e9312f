"""The sign of each verdict, so that no verdict is told by a colour alone: strokes in a square of 16."""

from __future__ import annotations

from opora.indicators.results import Verdict

_RING = '<circle cx="8" cy="8" r="6.5"/>'
_STRUCK = f'{_RING}<path d="M3.5 12.5l9-9"/>'

SIGNS: dict[Verdict, str] = {
    Verdict.MET: '<path d="M3 8.5l3.4 3.4L13 4.8"/>',
    Verdict.HELD: '<path d="M3 6h10M3 10h10"/>',
    Verdict.NOT_MET: '<path d="M4 4l8 8M12 4l-8 8"/>',
    Verdict.UNDECIDED: '<path d="M5.3 6a2.8 2.8 0 1 1 4.2 2.5C8.4 9.1 8 9.6 8 10.5M8 13.2v.2"/>',
    Verdict.NO_DATA: _STRUCK,
    Verdict.NO_BASE: _STRUCK,
    Verdict.NOT_DUE: f'{_RING}<path d="M8 4.5V8l2.5 1.8"/>',
    Verdict.AHEAD: '<path d="M8 13V3.5M4 7.5l4-4 4 4"/>',
    Verdict.BEHIND: '<path d="M8 3v9.5M4 8.5l4 4 4-4"/>',
    Verdict.NO_TARGET: '<path d="M3.5 8h9"/>',
}
