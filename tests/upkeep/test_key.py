"""The key of backups, as a file that the administrator keeps elsewhere."""

from __future__ import annotations

import datetime as dt
import stat
from pathlib import Path

import pytest
from pyrage import x25519

from opora.upkeep.key import Key, write_key
from opora.upkeep.trouble import Unfit

KEY = Key(str(x25519.Identity.generate()))
TODAY = dt.date(2026, 12, 31)


def test_it_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "key.txt"
    write_key(KEY, path, TODAY)
    assert Key.read(path) == KEY
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_line_alone_is_enough_if_somebody_has_typed_it_from_paper(tmp_path: Path) -> None:
    path = tmp_path / "key.txt"
    path.write_text(f"  {KEY.secret}\r\n")
    assert Key.read(path) == KEY


def test_a_file_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "key.txt"
    path.write_text("ключ другой установки")
    with pytest.raises(FileExistsError):
        write_key(KEY, path, TODAY)
    assert path.read_text() == "ключ другой установки"


@pytest.mark.parametrize(
    "text",
    ["", "пароль", KEY.secret[:-1], KEY.secret.replace("1", "2"), f"{KEY.secret}\n" * 2],
    ids=["nothing", "a word", "cut", "another alphabet", "twice"],
)
def test_anything_else_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "key.txt"
    path.write_text(text)
    with pytest.raises(Unfit, match=f"В файле «{path}» нет ключа резервных копий"):
        Key.read(path)
