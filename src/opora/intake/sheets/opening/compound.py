"""Compound files, in which old Office programs keep their streams: read without trust, written with one stream."""

from __future__ import annotations

import struct
from collections.abc import Iterator

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = struct.Struct("<8s16sHHHHH6sIIIIIIIII")
_IN_HEADER = 109
"""Sectors of the table of chains that are named in the header itself."""
_END, _FREE, _OF_TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_ENTRY = 128
_STREAM, _ROOT = 2, 5
_LARGE_SECTOR = 4096


class CompoundFile:
    """Raises ``ValueError`` or ``struct.error`` for what is broken."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        head = _HEADER.unpack_from(content)
        if head[0] != _MAGIC or head[5] not in (9, 12) or head[6] != 6:
            raise ValueError("not a compound file")
        self._size = 1 << head[5]
        self._cutoff = head[12]
        self._table = self._chains(first=head[15])
        self._entries = list(self._directory(head[10]))
        self._small_table = _numbers(b"".join(self._sectors(head[13]))) if head[14] else ()

    def names(self) -> frozenset[str]:
        return frozenset(name for name, *_ in self._entries)

    def stream(self, name: str) -> bytes:
        _, _, start, length = next(entry for entry in self._entries if entry[0] == name and entry[1] == _STREAM)
        content = self._small(start) if length < self._cutoff else b"".join(self._sectors(start))
        if len(content) < length:
            raise ValueError("a stream is cut off")
        return content[:length]

    def _sector(self, number: int) -> bytes:
        sector = self._content[(number + 1) * self._size : (number + 2) * self._size]
        if not sector:
            raise ValueError("a sector that is not there")
        return sector

    def _chains(self, first: int) -> tuple[int, ...]:
        """The table that tells which sector follows which."""
        named = list(struct.unpack_from(f"<{_IN_HEADER}I", self._content, _HEADER.size))
        seen: set[int] = set()
        while first < _OF_TABLE and first not in seen:
            seen.add(first)
            *more, following = _numbers(self._sector(first))
            named += more
            first = following
        wanted = [number for number in named if number < _OF_TABLE]
        if len(wanted) > len(self._content) // self._size + 1:
            raise ValueError("a table larger than the file")
        return _numbers(b"".join(self._sector(number) for number in wanted))

    def _sectors(self, number: int) -> Iterator[bytes]:
        for each in _chain(self._table, number):
            yield self._sector(each)

    def _directory(self, first: int) -> Iterator[tuple[str, int, int, int]]:
        content = b"".join(self._sectors(first))
        for at in range(0, len(content) - _ENTRY + 1, _ENTRY):
            entry = content[at : at + _ENTRY]
            length, kind = struct.unpack_from("<HB", entry, 64)
            start, size = struct.unpack_from("<II", entry, 116)
            if kind:
                yield entry[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace"), kind, start, size

    def _small(self, start: int) -> bytes:
        root = next(entry for entry in self._entries if entry[1] == _ROOT)
        store = b"".join(self._sectors(root[2]))
        return b"".join(store[number * 64 : number * 64 + 64] for number in _chain(self._small_table, start))


def _chain(table: tuple[int, ...], number: int) -> Iterator[int]:
    seen: set[int] = set()
    while number < _OF_TABLE:
        if number in seen or number >= len(table):
            raise ValueError("a chain that has no end")
        seen.add(number)
        yield number
        number = table[number]


def _numbers(content: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])


def wrapped(stream: bytes) -> bytes:
    """A compound file of this one stream, «Workbook»."""
    size = _LARGE_SECTOR
    stream = stream.ljust(size, b"\0")
    data = [stream[at : at + size].ljust(size, b"\0") for at in range(0, len(stream), size)]
    per_sector = size // 4
    tables = -(-(len(data) + 1) // (per_sector - 1))
    chain = [_OF_TABLE] * tables + [_END] + [tables + 1 + place + 1 for place in range(len(data))]
    chain[-1] = _END
    chain += [_FREE] * (tables * per_sector - len(chain))
    named = [*range(tables), *([_FREE] * (_IN_HEADER - tables))]
    zeros = b"\0" * 16
    header = _HEADER.pack(_MAGIC, zeros, 62, 4, 0xFFFE, 12, 6, b"\0" * 6, 1, tables, tables, 0, 4096, _END, 0, _END, 0)
    header += struct.pack(f"<{_IN_HEADER}I", *named)
    # The root must name some sector, though it keeps nothing in it: without one the parser takes the file for empty.
    directory = _entry("Root Entry", _ROOT, 1, tables, 0) + _entry("Workbook", _STREAM, _FREE, tables + 1, len(stream))
    return b"".join(
        [header.ljust(size, b"\0"), struct.pack(f"<{len(chain)}I", *chain), directory.ljust(size, b"\0"), *data]
    )


def _entry(name: str, kind: int, child: int, start: int, length: int) -> bytes:
    written = name.encode("utf-16-le")
    return (
        written.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(written) + 2, kind, 1, _FREE, _FREE, child)
        + b"\0" * 36
        + struct.pack("<III", start, length, 0)
    )
