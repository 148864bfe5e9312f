"""What a ZIP archive really unpacks into: counted as it is inflated, whatever its table of contents says.

Another parser may not stop where the table of contents tells it to, so an archive that lies about a size is refused
here, before that parser sees it.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

_CHUNK = 1 << 20
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_LOCAL = b"PK\x03\x04"
_RAW_DEFLATE = -15
_BIG_PART = 1_000_000
MAX_RATIO = 200
"""How many times a part may grow on unpacking; a sheet of real data grows by 10 to 50."""
_ENCRYPTED = 1


class TooLarge(Exception):
    """The archive unpacks into more than is allowed."""


class Inflating:
    """Reads parts of an archive, all of them together no more than ``most`` bytes.

    Raises `TooLarge`, and ``zipfile.BadZipFile`` for an archive that is broken or lies.
    """

    def __init__(self, archive: zipfile.ZipFile, most: int) -> None:
        self._archive = archive
        self._left = most
        assert archive.fp is not None, "the archive is open"
        self._file: IO[bytes] = archive.fp
        names = archive.namelist()
        if len(set(names)) < len(names):
            raise zipfile.BadZipFile("two parts of one name: parsers differ in which of them they take")

    def infolist(self) -> list[zipfile.ZipInfo]:
        return self._archive.infolist()

    def getinfo(self, name: str) -> zipfile.ZipInfo:
        return self._archive.getinfo(name)

    def chunks(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        if info.flag_bits & _ENCRYPTED:
            raise zipfile.BadZipFile("an encrypted part")
        produced = 0
        for chunk in self._inflated(info):
            produced += len(chunk)
            self._left -= len(chunk)
            if self._left < 0 or (produced > _BIG_PART and produced > MAX_RATIO * max(info.compress_size, 1)):
                raise TooLarge
            yield chunk
        if produced != info.file_size:
            raise zipfile.BadZipFile("the table of contents lies about a size")

    def _inflated(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        if info.compress_type == zipfile.ZIP_STORED:
            yield from self._packed(info)
            return
        if info.compress_type != zipfile.ZIP_DEFLATED:
            raise zipfile.BadZipFile("a way of packing that no office program uses")
        inflater = zlib.decompressobj(_RAW_DEFLATE)
        for packed in self._packed(info):
            rest = packed
            while rest:
                yield self._step(inflater, rest)
                rest = inflater.unconsumed_tail
        yield inflater.flush(_CHUNK)

    def _step(self, inflater: zlib._Decompress, packed: bytes) -> bytes:
        try:
            return inflater.decompress(packed, _CHUNK)
        except zlib.error as error:
            raise zipfile.BadZipFile("a part cannot be inflated") from error

    def _packed(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        self._file.seek(info.header_offset)
        head = self._file.read(_LOCAL_HEADER.size)
        if len(head) < _LOCAL_HEADER.size or not head.startswith(_LOCAL):
            raise zipfile.BadZipFile("a part is not where it should be")
        *_, name, extra = _LOCAL_HEADER.unpack(head)
        self._file.seek(name + extra, 1)
        left = info.compress_size
        while left > 0:
            packed = self._file.read(min(left, _CHUNK))
            if not packed:
                raise zipfile.BadZipFile("a part is cut off")
            left -= len(packed)
            yield packed
