"""Brings an installation back from a backup, into an empty place. Nothing is written until the archive is proved."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

import psycopg
from psycopg.conninfo import make_conninfo
from pydantic import ValidationError

from opora.site.home import Home
from opora.site.setup import make_database, require_application, require_fit_server
from opora.site.trouble import SiteTrouble
from opora.upkeep import manifest as m
from opora.upkeep.archive import PIECE, Content, members
from opora.upkeep.backup import DATABASE, FILES, SECRETS, SETTINGS
from opora.upkeep.contents import contents, differences, protect, protection, renamed, tables_of
from opora.upkeep.elsewhere import bring_up_to_date
from opora.upkeep.key import Key
from opora.upkeep.pg_restore import restoring
from opora.upkeep.sight import everything
from opora.upkeep.trouble import Unfit

STEPS = 4
_ROOM = 1.3
"""A restored database beside the first one, with the room that its making takes."""

Step = Callable[[str], None]


def restore(archive: Path, key: Key, into: Path, *, step: Step, aside: bool = False) -> m.Manifest:
    """Makes the installation ``into``, brought up to this Opora. Its database runs when it is done.

    The embedded PostgreSQL gets passwords of its own. Where the environment names one's own server, its empty database
    is filled; ``aside``: whatever the environment says, into an embedded one. Raises ``Unfit`` or ``SiteTrouble``; then
    there is no folder, but a database of one's own server may be filled already.
    """
    step("проверяю копию")
    _require_empty(Home(into, aside))
    manifest = proved(archive, key)
    m.require_known(manifest)
    _require_room(Home(into, aside), manifest)
    with _scratch(into) as folder:
        home = Home(folder, aside)
        step("восстанавливаю базу данных")
        _fill(home, archive, key)
        step("сверяю строки")
        _compare(home, manifest)
        step("обновляю таблицы")
        bring_up_to_date(home)
        if home.cluster:
            home.cluster.stop()
    restored = Home(into, aside)
    if restored.cluster:
        restored.cluster.start()
    return manifest


def proved(archive: Path, key: Key) -> m.Manifest:
    """Reads all of it, and writes nothing."""
    manifest: m.Manifest | None = None
    for name, content in members(archive, key):
        if manifest is None:
            if name != m.NAME:
                raise Unfit(f"«{archive}» зашифрован этим ключом, но это не резервная копия Опоры")
            manifest = _manifest(archive, content.read())
    assert manifest is not None
    return manifest


def _manifest(archive: Path, text: bytes) -> m.Manifest:
    try:
        return m.Manifest.model_validate_json(text)
    except ValidationError:
        told = re.search(rb'"opora": *"([^"]*)"', text)
        by = f" Её сделала Опора {told[1].decode()}" if told else ""
        raise Unfit(f"Описание копии «{archive}» этой Опоре непонятно.{by}") from None


# ── the place ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _require_empty(home: Home) -> None:
    if home.folder.exists() and (not home.folder.is_dir() or any(home.folder.iterdir())):
        raise SiteTrouble(f"«{home.folder}» не пуста: восстанавливать можно только в новую или пустую папку")
    if home.cluster is None:
        require_fit_server(home)
        require_application(home)
        with psycopg.connect(make_conninfo(**home.owner())) as connection:
            if tables_of(connection):
                raise SiteTrouble("База, которую называет DATABASE_URL, не пуста: создайте для восстановления новую")


def _require_room(home: Home, manifest: m.Manifest) -> None:
    parent = next(folder for folder in home.folder.absolute().parents if folder.is_dir())
    free, needed = shutil.disk_usage(parent).free, manifest.database_size * _ROOM
    if home.cluster and free < needed:
        raise SiteTrouble(f"Для базы нужно {needed / 1e9:.1f} ГБ, а на диске с «{parent}» свободно {free / 1e9:.1f} ГБ")


@contextmanager
def _scratch(into: Path) -> Iterator[Path]:
    """A folder beside the wanted one, that takes its name when all is done."""
    into.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{into.name}-", dir=into.parent))
    folder.chmod(0o711)
    try:
        yield folder
        if into.exists():
            into.rmdir()
        folder.rename(into)
    except BaseException:
        cluster = Home(folder, aside=True).cluster
        if cluster and cluster.exists:
            cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
        raise


# ── the contents ────────────────────────────────────────────────────────────────────────────────────────────────────


def _fill(home: Home, archive: Path, key: Key) -> None:
    with ExitStack() as open_ones:
        database: IO[bytes] | None = None
        for name, content in members(archive, key):
            folder, _, rest = name.partition("/")
            if name == SECRETS:
                home.keep_secrets(json.loads(content.read()))
            elif name == SETTINGS:
                home.settings_file.write_text(without_addresses(content.read().decode()), "utf-8")
            elif folder == DATABASE:
                if database is None:
                    _make_empty_database(home)
                    database = open_ones.enter_context(restoring(home.owner()))
                shutil.copyfileobj(content, database, PIECE)
            elif folder == FILES:
                _write_file(home.files / PurePosixPath(rest), home.files, content)


def _make_empty_database(home: Home) -> None:
    home.create()
    if home.cluster:
        home.cluster.create(home.secret("superuser"))
        home.cluster.start()
        make_database(home)


def _write_file(path: Path, within: Path, content: Content) -> None:
    if not path.resolve().is_relative_to(within.resolve()):
        raise Unfit(f"В копии есть файл, который лёг бы вне своей папки: «{path}»")
    within.mkdir(mode=0o700, exist_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        shutil.copyfileobj(content, out, PIECE)


def without_addresses(settings: str) -> str:
    """Settings in which no database is named: the restored installation must not get at the one that was copied."""
    section, lines = "", []
    for line in settings.splitlines(keepends=True):
        if found := re.match(r"\s*\[([^]]*)\]", line):
            section = found[1].strip()
        address = section == "database" and re.match(r"\s*(owner_)?url\s*=", line)
        lines.append(f"# Из копии; впишите адрес новой базы: {line.partition('=')[0].strip()}\n" if address else line)
    return "".join(lines)


# ── what it became ──────────────────────────────────────────────────────────────────────────────────────────────────


def _compare(home: Home, manifest: m.Manifest) -> None:
    """The same rows under the same protection."""
    with everything(home) as sight:
        lost = differences(manifest.tables, contents(sight.connection))
    if lost:
        raise SiteTrouble(f"Восстановленная база отличается от копии: {'; '.join(lost)}")
    ours = {manifest.owner: home.owner()["user"], manifest.application: home.application()["user"]}
    wanted = {table: renamed(protected, ours) for table, protected in manifest.protection.items()}
    with psycopg.connect(make_conninfo(**home.owner())) as connection:
        for table, protected in wanted.items():
            protect(connection, table, protected)
    with psycopg.connect(make_conninfo(**home.owner()), autocommit=True) as connection:
        connection.execute("ANALYZE")
    with everything(home) as sight:
        if protection(sight.connection) != wanted:
            raise SiteTrouble("Защита строк восстановленной базы отличается от той, что была")
