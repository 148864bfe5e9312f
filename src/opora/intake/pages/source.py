"""From the bytes of a saved page to its text, and what is refused before a parser sees it."""

from __future__ import annotations

import email
import email.policy
import re

from opora.intake.words.encoding import decoded

MAX_BYTES = 25_000_000
MAX_TAGS = 200_000
"""A page of two hundred teachers pasted from Word has 60,000."""
MAX_EFFORT = 150_000_000
"""The parser's work on nested elements and on attributes grows with the square of their number; real pages need less
than a hundredth of this."""

_SAVE_AS_PAGE = "Откройте страницу в браузере и сохраните как «Веб-страница, только HTML»"
_NOT_PAGES = (
    (b"PK\x03\x04", "Это документ Word, книга Excel или архив, а не страница сайта, хотя файл так назван"),
    (b"\xd0\xcf\x11\xe0", "Это документ Word или книга Excel старого формата, а не страница сайта"),
    (b"%PDF", "Это PDF, а не страница сайта"),
    (b"{\\rtf", "Это документ RTF, а не страница сайта"),
    (b"\x1f\x8b", "Это архив, а не страница сайта"),
    (b"Rar!", "Это архив, а не страница сайта"),
    (b"\x89PNG", "Это картинка, а не страница сайта"),
    (b"\xff\xd8\xff", "Это картинка, а не страница сайта"),
)
_TOP = 200_000
"""Characters in which a page of frames shows itself."""
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^<>\"']|\"[^\"<>]*\"|'[^'<>]*')*)")
_VOID = re.compile(r"area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr")
_CLOSED_BY_THEMSELVES = re.compile(r"p|li|dt|dd|tr|td|th|thead|tbody|tfoot|option|colgroup|html|head|body")
_WORDS = re.compile(r"\s+")


class UnreadablePage(Exception):
    """The file is not a page that can be read; the message tells the user why and what to do."""


def page_text(content: bytes) -> str:
    """The page's HTML. Raises `UnreadablePage` for what is no page and for what would take a parser too long."""
    if len(content) > MAX_BYTES:
        raise UnreadablePage(
            f"Файл больше {MAX_BYTES // 1_000_000} МБ: это не страница о сотрудниках или в неё вложены картинки. "
            f"{_SAVE_AS_PAGE}"
        )
    if what := what_else(content):
        raise UnreadablePage(f"{what}. {_SAVE_AS_PAGE}")
    text = decoded(_page_of_archive(content) or content)
    if "<" not in text:
        raise UnreadablePage(f"В файле нет разметки HTML: это не страница сайта. {_SAVE_AS_PAGE}")
    if re.search(r"<frameset\b", text[:_TOP], re.IGNORECASE):
        raise UnreadablePage(
            "Это рамка, содержимое лежит рядом: дайте файл sheet001.htm (или другой .htm) из папки с тем же именем"
        )
    text = _without_scripts(text)
    _refuse_costly(text)
    return text


def what_else(content: bytes) -> str:
    """What it is that begins so and is no page, in Russian; empty where it may be one."""
    return next((what for beginning, what in _NOT_PAGES if content.startswith(beginning)), "")


def _page_of_archive(content: bytes) -> bytes | None:
    """The page inside a web archive (.mht), which is a letter with attachments."""
    head = content[:2000].lower()
    if b"mime-version:" not in head or b"content-type:" not in head:
        return None
    letter = email.message_from_bytes(content, policy=email.policy.compat32)
    for part in letter.walk():
        if part.get_content_type() == "text/html":
            inside = part.get_payload(decode=True)
            return inside if isinstance(inside, bytes) else None
    return None


def _without_scripts(text: str) -> str:
    """Programs and styles may be longer than all the rest, and hold what looks like tags."""
    small = text.lower()
    if len(small) != len(text):
        return text
    for opening, closing in (("<script", "</script"), ("<style", "</style")):
        kept, place = [], 0
        while (start := small.find(opening, place)) >= 0:
            kept.append(text[place:start])
            end = small.find(closing, start)
            place = len(text) if end < 0 else end
        text = "".join([*kept, text[place:]])
        small = text.lower()
    return text


def _refuse_costly(text: str) -> None:
    depth = effort = 0
    for tags, tag in enumerate(_TAG.finditer(text)):
        name = tag.group(2).lower()
        if not _VOID.fullmatch(name) and not _CLOSED_BY_THEMSELVES.fullmatch(name):
            depth = max(depth - 1, 0) if tag.group(1) else depth + 1
        words = len(_WORDS.findall(tag.group(3)))
        effort += depth + words * words
        if effort > MAX_EFFORT or tags > MAX_TAGS:
            raise UnreadablePage(
                "Страница устроена слишком сложно: столько элементов на странице о сотрудниках не бывает. "
                "Дайте страницу одной школы, а не выгрузку целого сайта"
            )
