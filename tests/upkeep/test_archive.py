"""The file of a backup: it gives back what was put in, and nothing else passes for one."""

from __future__ import annotations

import io
import tarfile
import tempfile
from pathlib import Path

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyrage import x25519

from opora.upkeep.archive import SEAL, in_pieces, members, of_bytes, of_file, write_archive
from opora.upkeep.key import Key
from opora.upkeep.trouble import Unfit

KEY = Key(str(x25519.Identity.generate()))
SMALL = {"manifest.json": b"{}", "files/письмо.txt": "Прошу принять".encode()}

NAMES = st.text(st.characters(exclude_characters="\0/", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200)


def written(contents: dict[str, bytes], key: Key = KEY) -> bytes:
    out = io.BytesIO()
    write_archive(out, key, (of_bytes(name, data) for name, data in contents.items()))
    return out.getvalue()


def read(archive: bytes, key: Key = KEY) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "copy.tar.age"
        path.write_bytes(archive)
        return {name: content.read() for name, content in members(path, key)}


def refusal(archive: bytes, key: Key = KEY) -> str:
    with pytest.raises(Unfit) as refused:
        read(archive, key)
    return str(refused.value)


@given(st.dictionaries(NAMES.filter(lambda name: name.strip("./") and name != SEAL), st.binary(max_size=3000)))
def test_it_gives_back_what_was_put_in(contents: dict[str, bytes]) -> None:
    assert read(written(contents)) == contents


def test_what_has_no_size_beforehand_comes_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("opora.upkeep.archive.PIECE", 4)
    out = io.BytesIO()
    write_archive(out, KEY, in_pieces("database", io.BytesIO(b"0123456789")))
    assert read(out.getvalue()) == {"database/000001": b"0123", "database/000002": b"4567", "database/000003": b"89"}


ARCHIVE = written(SMALL)
PLACES = st.integers(0, len(ARCHIVE) - 1)


@given(PLACES)
def test_wherever_it_is_cut_it_is_refused(length: int) -> None:
    told = refusal(ARCHIVE[:length])
    assert "повреждена или обрывается" in told or "не резервная копия Опоры, или её начало испорчено" in told


@given(PLACES, st.integers(1, 255))
def test_wherever_a_byte_is_changed_it_is_refused(place: int, change: int) -> None:
    archive = bytearray(ARCHIVE)
    archive[place] ^= change
    refusal(bytes(archive))


def test_a_large_one_cut_between_two_blocks_of_age_is_refused() -> None:
    archive = written({"manifest.json": b"{}", "database/000001": bytes(1 << 20)})
    plain = len(pyrage.decrypt(archive, [KEY.identity]))
    head = len(archive) - plain - 16 * -(-plain // 65536)
    assert "повреждена или обрывается" in refusal(archive[: head + 5 * (65536 + 16)])


def test_another_key_does_not_open_it() -> None:
    assert "Ключ не подходит" in refusal(written(SMALL), Key(str(x25519.Identity.generate())))


def test_what_is_not_an_archive_is_refused() -> None:
    assert "не резервная копия Опоры" in refusal("Уважаемые коллеги!".encode())
    encrypted = pyrage.encrypt(b"a letter", [KEY.identity.to_public()])
    assert refusal(encrypted).endswith("зашифрован этим ключом, но это не резервная копия Опоры")


def test_who_knows_only_the_public_half_of_the_key_cannot_forge_one() -> None:
    stranger = Key(str(x25519.Identity.generate()))
    forged = pyrage.decrypt(written(SMALL, stranger), [stranger.identity])
    assert "печать не сходится" in refusal(pyrage.encrypt(forged, [KEY.identity.to_public()]))


def test_a_member_that_was_left_out_or_added_breaks_the_seal() -> None:
    plain = pyrage.decrypt(written(SMALL | {"files/2": b"2"}), [KEY.identity])
    with (
        tarfile.open(fileobj=io.BytesIO(plain)) as whole,
        tarfile.open(fileobj=(out := io.BytesIO()), mode="w") as less,
    ):
        for info in whole:
            if info.name != "files/2":
                less.addfile(info, whole.extractfile(info))
    assert "печать не сходится" in refusal(pyrage.encrypt(out.getvalue(), [KEY.identity.to_public()]))


def test_one_may_stop_reading_after_the_manifest(tmp_path: Path) -> None:
    path = tmp_path / "copy.tar.age"
    path.write_bytes(written({"manifest.json": b"{}"} | {f"database/{n:06}": bytes(1 << 20) for n in range(8)}))
    reading = members(path, KEY)
    name, content = next(reading)
    assert (name, content.read()) == ("manifest.json", b"{}")
    reading.close()


def test_a_file_that_shrinks_while_it_is_copied_is_told(tmp_path: Path) -> None:
    path = tmp_path / "letter"
    path.write_bytes(b"12345")
    member = of_file("files/letter", path)
    path.write_bytes(b"123")
    with pytest.raises(OSError, match="файл изменился, пока его копировали"):
        write_archive(io.BytesIO(), KEY, [member])


class Full(io.RawIOBase):
    def write(self, data: object) -> int:
        raise OSError(28, "No space left on device")


def test_what_went_wrong_is_told_as_it_was() -> None:
    with pytest.raises(OSError, match="No space left"):
        write_archive(Full(), KEY, [of_bytes("manifest.json", b"{}")])  # type: ignore[arg-type]
