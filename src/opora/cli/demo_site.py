"""What ``opora demo`` ends with: the towns in a registry of their own, and a server over it that stays."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

from opora.cli.registry import whoever_runs_this
from opora.cli.screen import Screen, steps
from opora.cli.trouble import Trouble

if TYPE_CHECKING:
    from opora.cli.demo_accounts import Account
    from opora.site.home import Home

_NOTE = "site.json"
"""Where the installation lies and which process serves it, so that the next demo, or ``--stop``, can end it."""
_PORTS = range(8000, 8100)
_PATIENCE = 60
"""Seconds for the server to answer."""
_ELSEWHERE = ("DATABASE_URL", "DATABASE_OWNER_URL", "OPORA_ADDRESS", "OPORA_HOME")


@dataclass(frozen=True, slots=True)
class Site:
    address: str
    password: str
    accounts: Sequence[Account]


def open_site(out: Path, keys: Sequence[str]) -> Site:
    """Made anew each time: nobody's data are in it."""
    close_site(out)
    # Whatever installation the environment names, the demo does not touch it.
    for name in _ELSEWHERE:
        os.environ.pop(name, None)
    folder = _folder(out)
    os.environ["OPORA_HOME"] = str(folder)
    _keep_note(out, {"home": str(folder)})
    with steps(2 * len(keys) + 3) as step:
        from opora.site.home import Home
        from opora.site.setup import make

        step("создаю реестр")
        home = Home.current()
        make(home)
        for key in keys:
            step(f"загружаю в реестр: {key}")
            _load(key, out / key / "dataset")
            step(f"считаю программу для страниц: {key}")
            _count(key)
        from opora.cli.demo_accounts import make_accounts

        step("завожу пользователей")
        password = secrets.token_urlsafe(12)
        accounts = make_accounts(keys, password, whoever_runs_this())
        step("запускаю сервер")
        address = _serve(home, out)
    return Site(address, password, accounts)


def tell_site(screen: Screen, site: Site) -> None:
    screen.head("Опора открыта")
    screen.say(site.address, "bold", indent=2)
    screen.say(f"Пароль у всех один: {site.password}", indent=2)
    for account in site.accounts:
        screen.say(f"{account.email} — {account.role}; {account.where}", indent=4)
        if account.codes:
            screen.say(f"одноразовые коды второго фактора: {', '.join(account.codes)}", "dim", indent=6)
    screen.say("Сервер работает и после этой команды. Остановить: opora demo --stop", indent=2)


def close_site(out: Path) -> bool:
    """Ends the server of the last demo and removes its installation; whether there was one."""
    note = out / _NOTE
    if not note.exists():
        return False
    told = json.loads(note.read_text("utf-8"))
    if process := told.get("process"):
        _end(int(process))
    from opora.site.home import Home

    home = Home(Path(told["home"]), aside=True)
    if home.cluster is not None and home.cluster.exists:
        home.cluster.stop()
    shutil.rmtree(home.folder, ignore_errors=True)
    note.unlink()
    return True


def _folder(out: Path) -> Path:
    """Beside the papers, unless the user in whose name PostgreSQL must run cannot enter there."""
    from opora.site.server_user import require_way_to, server_user
    from opora.site.trouble import SiteTrouble

    folder = (out / "opora-home").absolute()
    folder.mkdir(mode=0o711, parents=True, exist_ok=True)
    try:
        require_way_to(folder, server_user())
    except SiteTrouble:
        folder.rmdir()
        folder = Path(tempfile.mkdtemp(prefix="opora-demo-"))
        folder.chmod(0o711)
    return folder


def _load(key: str, folder: Path) -> None:
    """The town's facts, and its programme in force from its first day."""
    from opora.cycle.domain.programme import put_in_force, take_in
    from opora.indicators.dataset.store import read_dataset
    from opora.programmes.load import load_programme, programme_path
    from opora.programmes.tree import read_file
    from opora.snapshot.load import load
    from opora.snapshot.territories import territory

    by = whoever_runs_this()
    load(read_dataset(folder), key, by)
    place = territory(key).pk
    version = take_in(read_file(programme_path(key)), municipality=place, by=by)
    starts = load_programme(key).about.starts
    assert starts is not None, "the founding programmes say when they start"
    put_in_force(version.pk, since=starts, municipality=place, by=by)


def _count(key: str) -> None:
    """So that the first visitor of the day does not wait."""
    from django.utils import timezone

    from opora.cycle.numbers import USUAL, day_of, in_force
    from opora.cycle.queue import OPORA, Asking
    from opora.registry.scope import scope
    from opora.snapshot.territories import territory
    from opora.snapshot.values import fresh_values

    place, today = territory(key), timezone.localdate()
    with scope([place.pk], OPORA):
        versions = in_force(place.pk, today)
    for version in versions:
        fresh_values(Asking(version, place, day_of(version, today), by=USUAL).question, OPORA)


def _serve(home: Home, out: Path) -> str:
    port = next(port for port in _PORTS if _free(port))
    log = home.folder / "server.log"
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "opora", "serve", "--port", str(port)],
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    _keep_note(out, {"home": str(home.folder), "process": process.pid})
    address = f"http://127.0.0.1:{port}"
    over = time.monotonic() + _PATIENCE
    while not _answers(address):
        if process.poll() is not None or time.monotonic() > over:
            raise Trouble(f"Сервер не запустился, причина — в файле «{log}»")
        time.sleep(0.2)
    return address


def _answers(address: str) -> bool:
    try:
        with urlopen(f"{address}/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _end(process: int) -> None:
    """Only if it is still ours: numbers of processes are given again."""
    shown = subprocess.run(["ps", "-p", str(process), "-o", "args="], capture_output=True, text=True, check=False)
    if "opora serve" not in shown.stdout:
        return
    os.kill(process, signal.SIGTERM)
    over = time.monotonic() + _PATIENCE
    while time.monotonic() < over and _alive(process):
        time.sleep(0.1)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def _keep_note(out: Path, told: dict[str, object]) -> None:
    (out / _NOTE).write_text(json.dumps(told), "utf-8")
