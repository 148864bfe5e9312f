"""YAML as a tree that remembers where each thing was written.

Narrower than YAML, so that a file is what it looks like and cannot grow when it is read: anchors on single texts only,
no type tags, one document. Every scalar stays the text that was written: ``yes`` is no truth value, ``093`` is not 93.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from yaml import events as ev

from opora.programmes.faults import ProgrammeFault, ProgrammeFaults
from opora.programmes.syntax import syntax_fault

LARGEST_FILE = 1_000_000
"""Bytes; the longest founding programme has a tenth of it."""
DEEPEST = 20
MOST_NODES = 30_000

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STYLES = ("'", '"', "|", ">")
_EMPTY = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar: ``value`` as it is read, ``written`` as it stands in the file, quotes included (empty for an alias)."""

    value: str
    line: int
    column: int
    written: str
    style: str
    """Empty for plain, else one of the characters ``'``, ``"``, ``|``, ``>``."""

    @property
    def empty(self) -> bool:
        return not self.style and self.value in _EMPTY

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of the character ``offset`` of the value, whatever folding and quoting lie between."""
        before = self.written[: _written_offset(self, offset)]
        line = before.count("\n")
        column = len(before) - before.rfind("\n") if line else self.column + len(before)
        return self.line + line, column


@dataclass(frozen=True, slots=True)
class Items:
    """A sequence."""

    items: tuple[Node, ...]
    line: int
    column: int


@dataclass(frozen=True)
class Fields:
    """A mapping. Of a key that was written twice only the first is here; the fault is reported by the reader."""

    entries: tuple[tuple[Text, Node], ...]
    line: int
    column: int

    @cached_property
    def _by_name(self) -> dict[str, tuple[Text, Node]]:
        return {key.value: (key, node) for key, node in self.entries}

    def key(self, name: str) -> Text | None:
        return self._by_name[name][0] if name in self._by_name else None

    def entry(self, name: str) -> Node:
        """The value of a name that is there, be it empty."""
        return self._by_name[name][1]

    def get(self, name: str) -> Node | None:
        """The value of ``name``; None as well where it is written but empty."""
        node = self._by_name[name][1] if name in self._by_name else None
        return None if isinstance(node, Text) and node.empty else node

    def text(self, name: str) -> Text | None:
        node = self.get(name)
        return node if isinstance(node, Text) else None

    def texts(self, name: str) -> Iterator[Text]:
        """The scalars of a list, or the single scalar that stands in its place."""
        node = self.get(name)
        yield from (item for item in (node.items if isinstance(node, Items) else (node,)) if isinstance(item, Text))

    def fields(self, name: str) -> Iterator[Fields]:
        """The mappings of a list."""
        node = self.get(name)
        yield from (item for item in (node.items if isinstance(node, Items) else ()) if isinstance(item, Fields))


Node = Text | Items | Fields


def plain(node: Node) -> Any:
    """The data without places: texts, lists and dicts; what is written but empty is left out of a dict."""
    if isinstance(node, Text):
        return node.value
    if isinstance(node, Items):
        return [plain(item) for item in node.items]
    return {key.value: plain(value) for key, value in node.entries if not (isinstance(value, Text) and value.empty)}


def find(root: Fields, path: tuple[str | int, ...]) -> tuple[Node, Text | None]:
    """The node at ``path``, or the deepest one on the way to it, and the key under which it stands."""
    node: Node = root
    key: Text | None = None
    for step in path:
        if isinstance(node, Fields) and (found := node.key(str(step))) is not None:
            key, node = found, node.entry(str(step))
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            break
    return node, key


def read_file(path: Path) -> str:
    """The text of a file, at most ``LARGEST_FILE`` bytes of it in memory. Raises ``ProgrammeFaults``."""
    with path.open("rb") as file:
        return decoded(file.read(LARGEST_FILE + 1))


def decoded(content: bytes) -> str:
    """The text of a file's bytes. Raises ``ProgrammeFaults`` where there are too many, or it is in another encoding."""
    if len(content) > LARGEST_FILE:
        raise _stop(1, 1, f"Файл больше {LARGEST_FILE // 1_000_000} МБ: это не программа")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        raise _stop(line, column, "Файл не в кодировке UTF-8: сохраните его в UTF-8") from None


def read_tree(text: str) -> tuple[Fields, tuple[ProgrammeFault, ...]]:
    """The tree of a document and the keys written twice.

    Raises ``ProgrammeFaults`` if there is no tree to look at: a syntax error, an anchor, a tag, no mapping at the root.
    """
    text = text.replace("\r\n", "\n")
    builder = _Builder(text)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.YAMLError as error:
        raise ProgrammeFaults([syntax_fault(text, error)]) from None
    if builder.refused:
        raise ProgrammeFaults(builder.refused)
    if not isinstance(builder.root, Fields):
        raise _stop(1, 1, "Файл пуст или начат не с полей: ожидаются programme:, goals:, indicators: и другие")
    return builder.root, tuple(builder.repeated)


def _stop(line: int, column: int, message: str) -> ProgrammeFaults:
    return ProgrammeFaults([ProgrammeFault(line, column, message)])


@dataclass(slots=True)
class _Open:
    """A sequence or a mapping whose end has not come yet."""

    line: int
    column: int
    mapping: bool
    nodes: list[Node] = field(default_factory=list)


class _Builder:
    """Builds the tree from the events of the parser without recursion: depth and size are bounded as it goes."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root: Node | None = None
        self.refused: list[ProgrammeFault] = []
        self.repeated: list[ProgrammeFault] = []
        self._open: list[_Open] = []
        self._anchored: dict[str, Text] = {}
        self._nodes = 0
        self._repeated_characters = 0
        self._documents = 0

    def take(self, event: ev.Event) -> None:
        mark = event.start_mark
        assert mark is not None
        line, column = mark.line + 1, mark.column + 1
        if isinstance(event, ev.NodeEvent):
            self._check(event, line, column)
        match event:
            case ev.ScalarEvent():
                self._text(event, line, column)
            case ev.AliasEvent():
                self._add(self._repeat(event, line, column))
            case ev.CollectionStartEvent():
                self._start(_Open(line, column, isinstance(event, ev.MappingStartEvent)))
            case ev.CollectionEndEvent():
                self._end(self._open.pop())
            case ev.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    raise _stop(line, column, "Вторая программа в том же файле: уберите строку «---»")

    def _check(self, event: ev.NodeEvent, line: int, column: int) -> None:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise _stop(line, column, f"В файле больше {MOST_NODES} значений: это не программа")
        if isinstance(event, ev.CollectionStartEvent) and event.anchor is not None:
            message = f"Имя «&{event.anchor}» можно дать только тексту, а не группе полей или списку"
            self.refused.append(ProgrammeFault(line, column, message))
        if getattr(event, "tag", None) is not None:
            message = "Метки типов YAML (знак !) не разрешены: уберите метку или возьмите текст в кавычки"
            self.refused.append(ProgrammeFault(line, column, message))

    def _text(self, event: ev.ScalarEvent, line: int, column: int) -> None:
        assert event.start_mark is not None
        assert event.end_mark is not None
        written = self.text[event.start_mark.index : event.end_mark.index]
        if event.anchor is not None:
            before = written[: len(written) - len(written.removeprefix(f"&{event.anchor}").lstrip())]
            written = written[len(before) :]
            column = column + len(before) if "\n" not in before else len(before) - before.rfind("\n")
            line += before.count("\n")
        style = written[:1] if not event.implicit[0] and written[:1] in _STYLES else ""
        text = Text(event.value, line, column, written, style)
        if event.anchor is not None:
            self._anchored[event.anchor] = text
        self._add(text)

    def _repeat(self, event: ev.AliasEvent, line: int, column: int) -> Text:
        """The text that an alias stands for; faults in it are told at the alias."""
        text = self._anchored.get(event.anchor or "")
        if text is None:
            message = f"«*{event.anchor}» ни на что не указывает: выше нет текста с именем «&{event.anchor}»"
            self.refused.append(ProgrammeFault(line, column, message))
            return Text("", line, column, "", "")
        self._repeated_characters += len(text.value)
        if self._repeated_characters > LARGEST_FILE:
            raise _stop(line, column, "Повторы через «*» раздувают файл: это не программа")
        return Text(text.value, line, column, "", text.style)

    def _start(self, container: _Open) -> None:
        self._open.append(container)
        if len(self._open) > DEEPEST:
            raise _stop(container.line, container.column, f"Вложенность больше {DEEPEST} уровней: это не программа")

    def _end(self, container: _Open) -> None:
        if container.mapping:
            entries = tuple(self._entries(container.nodes))
            self._add(Fields(entries, container.line, container.column))
        else:
            self._add(Items(tuple(container.nodes), container.line, container.column))

    def _entries(self, nodes: list[Node]) -> Iterator[tuple[Text, Node]]:
        first: dict[str, Text] = {}
        for key, value in zip(nodes[::2], nodes[1::2], strict=True):
            if not isinstance(key, Text):
                self.repeated.append(ProgrammeFault(key.line, key.column, "Имя поля должно быть простым текстом"))
            elif key.value in first:
                line = first[key.value].line
                message = f"Поле «{key.value}» уже записано в строке {line}"
                self.repeated.append(ProgrammeFault(key.line, key.column, message))
            else:
                first[key.value] = key
                yield key, value

    def _add(self, node: Node) -> None:
        if self._open:
            self._open[-1].nodes.append(node)
        elif self.root is None:
            self.root = node


# ── from a character of the value to its place in the file ───────────────────────────────────────────────────────
# Folding only ever changes white space, so the n-th visible character of the value is the n-th visible one written.

_PIECES = {
    "'": re.compile(r"''|.", re.DOTALL),
    '"': re.compile(r"\\x..|\\u.{4}|\\U.{8}|\\.|.", re.DOTALL),
}
_ONE = re.compile(".", re.DOTALL)
_INVISIBLE_ESCAPES = frozenset("nrtvfeabN_LP0 \t\n")


def _written_offset(text: Text, offset: int) -> int:
    body = _body_start(text)
    wanted = len("".join(text.value[:offset].split()))
    seen = 0
    end = body
    for piece in _PIECES.get(text.style, _ONE).finditer(text.written, body):
        if not _visible(piece.group(), text.style):
            continue
        if seen == wanted:
            return piece.start() if not text.value[offset : offset + 1].isspace() else end
        seen, end = seen + 1, piece.end()
    return end


def _body_start(text: Text) -> int:
    if text.style in ("|", ">"):
        return text.written.find("\n") + 1
    return 1 if text.style else 0


def _visible(piece: str, style: str) -> bool:
    if style == '"' and piece.startswith("\\"):
        return piece[1] not in _INVISIBLE_ESCAPES
    return not piece.isspace()
