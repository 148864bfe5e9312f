"""PostgreSQL refuses to run as root: then its programs run as another user of the system."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from opora.site.trouble import SiteTrouble

PREFERRED = "opora"
FALLBACK = "nobody"


@dataclass(frozen=True, slots=True)
class ServerUser:
    """Whose rights the server's programs get."""

    name: str
    uid: int
    gid: int

    def popen(self) -> dict[str, Any]:
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        os.chown(path, self.uid, self.gid)


def server_user() -> ServerUser | None:
    """None where we are not root, so that the server runs as we do."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    import pwd

    for name in (PREFERRED, FALLBACK):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return ServerUser(name, found.pw_uid, found.pw_gid)
    raise SiteTrouble(
        f"PostgreSQL не запускается от имени root, а пользователя «{PREFERRED}» нет. Заведите его: useradd {PREFERRED}"
    )


def programs_of(package: Path) -> Path:
    """The folder with PostgreSQL's programs."""
    return package / "pginstall" / "bin"


def reachable_binaries(package: Path, own_copy: Path, user: ServerUser | None) -> Path:
    """The same; of a copy of the package where the other user may not enter the first one."""
    programs = programs_of(Path(package.name))
    if own_copy.exists():
        return own_copy / programs
    if user is None or _may_run(package.parent / programs / "postgres", user):
        return package.parent / programs
    fresh = own_copy.with_name(own_copy.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    # The wheel keeps libraries beside the package, and the programs look for them there.
    for part in package.parent.glob(f"{package.name}*"):
        if part.is_dir():
            shutil.copytree(part, fresh / part.name, symlinks=True)
    fresh.rename(own_copy)
    return own_copy / programs


def require_way_to(folder: Path, user: ServerUser | None) -> None:
    """We open no door that somebody has closed: the folder must be one that the other user can enter."""
    if user is not None and not _may_enter(folder, user):
        raise SiteTrouble(
            f"PostgreSQL работает от имени пользователя «{user.name}», а войти в папку «{folder}» он не может. "
            "Выберите для установки другую папку (OPORA_HOME) или запустите команду не от имени root"
        )


def _may_enter(folder: Path, user: ServerUser) -> bool:
    looked = subprocess.run(["/bin/ls", "-d", f"{folder}/."], capture_output=True, check=False, cwd="/", **user.popen())
    return looked.returncode == 0


def _may_run(program: Path, user: ServerUser) -> bool:
    try:
        done = subprocess.run([program, "--version"], capture_output=True, check=False, cwd="/", **user.popen())
    except PermissionError:
        return False
    return done.returncode == 0
