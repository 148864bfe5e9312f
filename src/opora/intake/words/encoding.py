"""From bytes to Russian text, whatever they say of themselves."""

from __future__ import annotations

from collections import Counter

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_OLD_ENCODINGS = ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")
_SAMPLE = 200_000
_BROKEN_SHARE = 0.01
_COMMON = frozenset("оеаинтсрвл")
"""The ten commonest letters of Russian: 60 % of any text."""


def decoded(content: bytes) -> str:
    """As text: what a page says of its encoding is often wrong, so it is seen from the letters."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    sample = content[:_SAMPLE]
    mended = sample.decode("utf-8", errors="replace")
    high = sum(byte > 127 for byte in sample)
    if mended.count("\ufffd") < high * _BROKEN_SHARE:
        return content.decode("utf-8", errors="replace")
    best = max(_OLD_ENCODINGS, key=lambda encoding: _likeness(sample, encoding))
    return content.decode(best, errors="replace")


def _likeness(sample: bytes, encoding: str) -> int:
    """How Russian the text is in this encoding: common small letters, less what no Russian word has."""
    letters = Counter(sample.decode(encoding, errors="replace"))
    common = sum(letters[letter] for letter in _COMMON)
    strange = sum(count for letter, count in letters.items() if letter > "\x7f" and not _is_usual(letter))
    return common - 2 * strange


def _is_usual(letter: str) -> bool:
    return "А" <= letter <= "я" or letter in "Ёё«»–—№…„“”\xa0\xad§©°·•"
