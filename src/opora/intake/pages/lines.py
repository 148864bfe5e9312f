"""A page's elements as lines of text, broken where a browser breaks them, each with the boxes that it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from opora.intake.words.letters import tidy

LONGEST = 20_000
"""Characters of a line and of a cell that are read; the longest real cell had 9,000."""
TEXT = "-text"
BUTTON = "button"
"""Also what only looks like one."""
_CELLS = frozenset({"td", "th"})
_UNSEEN = re.compile(r"script|style|noscript|template|svg|head|title|iframe|select|textarea|object|nav|footer|-comment")
_BLOCKS = re.compile(
    r"address|article|aside|blockquote|body|br|button|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form"
    r"|h[1-6]|header|hr|li|main|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
_CAPTION = re.compile(
    r"(?:показать|скрыть|свернуть|развернуть|раскрыть)(?: (?:все|всё|полностью|ещ[её]|больше|список))?"
    r"|(?:читать|смотреть|узнать) (?:далее|дальше|ещ[её]|больше|подробнее|полностью)"
    r"|подробнее|далее|ещ[её]|закрыть|наверх",
    re.IGNORECASE,
)
_TRAILING_CAPTION = re.compile(
    r"\s*(?<!\w)(?:показать (?:все|всё|полностью)|читать далее|подробнее)\s*(?:\.{3}|…|»)?$", re.IGNORECASE
)


@dataclass(slots=True, eq=False)
class Box:
    """An element that lines stand in."""

    tag: str
    parent: Box | None
    prop: str = ""
    """Its ``itemprop``."""

    def within(self) -> Iterator[Box]:
        """The box and those around it, outwards."""
        box: Box | None = self
        while box is not None:
            yield box
            box = box.parent


@dataclass(slots=True)
class Line:
    text: str
    box: Box


@dataclass(slots=True)
class _Pen:
    """Gathers pieces of text until a line ends."""

    keep_buttons: bool
    lines: list[Line] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    def end_line(self, box: Box) -> None:
        text = tidy(" ".join("".join(self.pieces)[:LONGEST].split()))
        self.pieces.clear()
        text = _TRAILING_CAPTION.sub("", text).strip()
        if text and not _CAPTION.fullmatch(text):
            self.lines.append(Line(text, box))


def lines_of(top: LexborNode, *, labels: bool = False, keep_buttons: bool = False) -> list[Line]:
    """The lines under an element. With ``labels`` what stands first in a row of two, or in a ``dt``, ends with a colon,
    else the cells of an inner table's row make one line with commas."""
    pen = _Pen(keep_buttons)
    root = box = Box(top.tag or "", None, prop_of(top))
    node = top.child
    while node is not None:
        entered = _enter(node, box, pen)
        if entered is not None and node.child is not None:
            box, node = entered, node.child
            continue
        if entered is not None:
            _leave(node, entered, pen, labels)
        while node.next is None:
            parent = node.parent
            if parent is None or parent.mem_id == top.mem_id:
                pen.end_line(root)
                return pen.lines
            _leave(parent, box, pen, labels)
            box, node = box.parent or root, parent
        node = node.next
    pen.end_line(root)
    return pen.lines


def text_of(node: LexborNode) -> str:
    return "\n".join(line.text for line in lines_of(node))[:LONGEST]


def prop_of(node: LexborNode) -> str:
    return (node.attributes.get("itemprop") or "").strip()


def _enter(node: LexborNode, box: Box, pen: _Pen) -> Box | None:
    """The box of the element, or None where nothing under it is read."""
    tag = node.tag or ""
    if tag == TEXT:
        pen.pieces.append(node.text_content or "")
        return None
    if tag in ("a", "span") and "btn" in (node.attributes.get("class") or ""):
        tag = BUTTON
    if _UNSEEN.fullmatch(tag) or (tag == BUTTON and not pen.keep_buttons):
        pen.end_line(box)
        return None
    inner = Box(tag, box, prop_of(node))
    if tag == "br" or (_breaks(inner) and not (tag in _CELLS and pen.pieces)):
        pen.end_line(box)
    return inner


def _breaks(box: Box) -> bool:
    return bool(_BLOCKS.fullmatch(box.tag)) or bool(box.prop)


def _leave(node: LexborNode, box: Box, pen: _Pen, labels: bool) -> None:
    tag = node.tag or ""
    if tag in _CELLS:
        _leave_cell(node, box, pen, labels)
    elif tag == "dt" and labels:
        _add_colon(pen)
        pen.end_line(box)
    elif _breaks(box):
        pen.end_line(box)


def _leave_cell(node: LexborNode, box: Box, pen: _Pen, labels: bool) -> None:
    following = _next_element(node)
    if following is None:
        pen.end_line(box)
    elif labels:
        if _next_element(following) is None:
            _add_colon(pen)
        pen.end_line(box)
    elif pen.pieces:
        pen.pieces.append(", ")


def _add_colon(pen: _Pen) -> None:
    if pen.pieces and not "".join(pen.pieces).rstrip().endswith(":"):
        pen.pieces.append(":")


def _next_element(node: LexborNode) -> LexborNode | None:
    following = node.next
    while following is not None and following.tag in (TEXT, "-comment"):
        following = following.next
    return following
