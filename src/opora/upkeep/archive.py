"""The file of a backup: a tar stream within age encryption, its members in the order in which they are needed.

The manifest comes first. What has no size beforehand comes in pieces (``database/000001``), so that nothing lies on a
disk in the clear. The last member holds the digests of all the others and the seal. In need it opens without Opora:
``age --decrypt --identity KEY | tar --extract``, ``cat database/* | pg_restore``.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import os
import tarfile
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import IO

import pyrage

from opora.upkeep.key import Key
from opora.upkeep.trouble import Unfit

PIECE = 8 << 20
SEAL = "seal.json"
_MAGIC = b"age-encryption.org/v1\n"
_BLOCK = tarfile.BLOCKSIZE


@dataclass(frozen=True, slots=True)
class Member:
    name: str
    size: int
    parts: Iterable[bytes]


def of_bytes(name: str, data: bytes) -> Member:
    return Member(name, len(data), [data])


def of_file(name: str, path: Path) -> Member:
    return Member(name, path.stat().st_size, _parts(path))


def in_pieces(name: str, stream: IO[bytes]) -> Iterator[Member]:
    number = 0
    while data := stream.read(PIECE):
        number += 1
        yield of_bytes(f"{name}/{number:06}", data)


def _parts(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while data := file.read(PIECE):
            yield data


# ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def write_archive(out: IO[bytes], key: Key, members: Iterable[Member]) -> None:
    reader, writer = _Stream(_packed(members, key)), _Stream((), out)
    try:
        pyrage.encrypt_io(reader, writer, [key.identity.to_public()])
    except pyrage.EncryptError as error:
        # It tells what our own streams raised only as a text.
        raise reader.error or writer.error or error from None
    if writer.error:
        # It does not look at what becomes of the last bytes.
        raise writer.error


def _packed(members: Iterable[Member], key: Key) -> Iterator[bytes]:
    digests: dict[str, str] = {}
    for member in members:
        digest, left = hashlib.sha256(), member.size
        yield _header(member)
        for part in member.parts:
            digest.update(part)
            left -= len(part)
            yield part
        if left:
            raise OSError(f"«{member.name}»: файл изменился, пока его копировали")
        yield b"\0" * (-member.size % _BLOCK)
        digests[member.name] = digest.hexdigest()
    seal = of_bytes(SEAL, json.dumps({"digests": digests, "seal": key.seal(_told(digests))}).encode())
    yield _header(seal)
    yield from seal.parts
    yield b"\0" * (-seal.size % _BLOCK + 2 * _BLOCK)


def _header(member: Member) -> bytes:
    info = tarfile.TarInfo(member.name)
    info.size, info.mode = member.size, 0o600
    return info.tobuf(tarfile.PAX_FORMAT)


def _told(digests: dict[str, str]) -> bytes:
    return json.dumps(digests, sort_keys=True).encode()


class _Stream(io.RawIOBase):
    """A generator to read from, or a file to write to, that remembers what went wrong."""

    def __init__(self, parts: Iterable[bytes], out: IO[bytes] | None = None) -> None:
        self._parts, self._left, self._out = iter(parts), memoryview(b""), out
        self.error: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            while not self._left:
                self._left = memoryview(next(self._parts))
        except StopIteration:
            return b""
        except BaseException as error:
            self.error = error
            raise
        taken, self._left = self._left[:size], self._left[size:]
        return bytes(taken)

    def write(self, data: bytes) -> int:  # type: ignore[override]
        assert self._out is not None
        try:
            return self._out.write(data)
        except BaseException as error:
            self.error = error
            raise


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def members(path: Path, key: Key) -> Generator[tuple[str, Content], None, None]:
    """Every member but the seal, to be read one after the other.

    What was handed out is proved only when the iteration has come to its end: until then it may be cut or forged.
    Raises ``Unfit``.
    """
    _require_age(path)
    digests: dict[str, str] = {}
    seal: dict[str, object] | None = None
    with _decrypted(path, key) as stream, _unpacked(path, stream) as tar:
        for info in tar:
            if seal is not None or not info.isfile():
                raise _foreign(path)
            content = tar.extractfile(info)
            assert content is not None
            if info.name == SEAL:
                seal = json.loads(content.read())
                continue
            watched = Content(path, content)
            yield info.name, watched
            digests[info.name] = watched.digest()
    if seal is None:
        raise _foreign(path)
    if not hmac.compare_digest(str(seal.get("seal")), key.seal(_told(digests))):
        raise Unfit(f"Копия «{path}» сделана не этой установкой или изменена: печать не сходится")


def _require_age(path: Path) -> None:
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise Unfit(f"«{path}» — не резервная копия Опоры, или её начало испорчено")


@contextmanager
def _unpacked(path: Path, stream: IO[bytes]) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(fileobj=stream, mode="r|", bufsize=1 << 20) as tar:
            yield tar
    except (tarfile.TarError, json.JSONDecodeError):
        raise _foreign(path) from None


@contextmanager
def _decrypted(path: Path, key: Key) -> Iterator[IO[bytes]]:
    """The decryption runs in a thread of its own: age pushes, tar pulls. Its error explains whatever tar met."""
    read_end, write_end = os.pipe()
    failed: list[Exception] = []

    def decrypt() -> None:
        with path.open("rb") as source, os.fdopen(write_end, "wb", buffering=0) as pipe:
            sink = _Stream((), pipe)
            try:
                pyrage.decrypt_io(source, sink, [key.identity])
            except (pyrage.DecryptError, OSError) as error:
                if sink.error is None:  # else whoever reads has seen enough
                    failed.append(error)

    thread = Thread(target=decrypt, daemon=True)
    thread.start()
    reader = os.fdopen(read_end, "rb")
    try:
        yield reader
        while reader.read(PIECE):
            pass
    except Unfit:
        reader.close()
        thread.join()
        if not failed:
            raise
    finally:
        reader.close()
        thread.join()
    if failed:
        raise _why(path, failed[0])


def _why(path: Path, error: BaseException) -> Unfit:
    if "No matching keys" in str(error):
        return Unfit(f"Ключ не подходит к копии «{path}»: она сделана другой установкой или другим ключом")
    return _damaged(path)


def _damaged(path: Path) -> Unfit:
    return Unfit(f"Копия «{path}» повреждена или обрывается: возьмите другую")


def _foreign(path: Path) -> Unfit:
    return Unfit(f"«{path}» зашифрован этим ключом, но это не резервная копия Опоры")


class Content:
    """A member that counts its own digest while it is read, by whoever reads it and to the end."""

    def __init__(self, archive: Path, content: IO[bytes]) -> None:
        self._archive, self._content, self._digest = archive, content, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        try:
            data = self._content.read(size)
        except tarfile.TarError:
            raise _damaged(self._archive) from None
        self._digest.update(data)
        return data

    def digest(self) -> str:
        while self.read(PIECE):
            pass
        return self._digest.hexdigest()
