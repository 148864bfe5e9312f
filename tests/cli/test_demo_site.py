"""``opora demo`` ends in the browser: a registry of its own, one user for each role, a server that stays."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from opora.access.roles import Role


def demo(out: Path, *args: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-m", "opora", "demo", "--out", str(out), *args],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "OPORA_HOME": str(out / "somebody's")},
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_the_demo_can_be_signed_in_to_in_every_role_and_stopped(tmp_path: Path) -> None:
    tmp_path.chmod(0o711)
    try:
        words = demo(tmp_path, "--only", "lesosibirsk", "--people", "120")
        address = re.search(r"http://127\.0\.0\.1:\d+", words)
        assert address is not None
        emails = re.findall(r"(\S+)@demo\.example — (.+); ", words)
        assert emails == [(role.value.replace("_", "-"), role.label) for role in Role]
        assert len(re.findall(r"\b\d{8}\b", words)) == 3  # codes for the administrator's second factor
        with urlopen(f"{address[0]}/health") as answer:
            assert json.load(answer)["ok"]
        assert not (tmp_path / "somebody's").exists()
    finally:
        stopped = demo(tmp_path, "--stop")
    assert stopped == "Сервер остановлен\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lesosibirsk"]
    with pytest.raises(URLError):
        urlopen(f"{address[0]}/health")
    assert demo(tmp_path, "--stop") == "Останавливать нечего\n"
