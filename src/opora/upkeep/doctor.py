"""What is wrong with an installation, and what to do. It looks and changes nothing."""

from __future__ import annotations

import datetime as dt
import platform
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import psycopg

from opora import __version__
from opora.site.home import Home
from opora.site.setup import KNOWN_SERVERS, require_application, start
from opora.site.trouble import SiteTrouble
from opora.upkeep import migrations
from opora.upkeep.contents import protection
from opora.upkeep.journal import Journal
from opora.upkeep.sight import Sight, everything

LEAST_FREE = 1 << 30
"""Bytes."""
FRESH_BACKUP = dt.timedelta(hours=36)
FRESH_DRILL = dt.timedelta(days=35)
_WRONGS = ("суперпользователь", "обходит защиту строк", "имеет права владельца", "владеет таблицами", "пишет в журнал")


class Level(StrEnum):
    FINE = "fine"
    WARNING = "warning"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class Finding:
    name: str
    """For programs: does not change."""
    level: Level
    words: str
    mend: str = ""


def examine(home: Home, now: dt.datetime) -> list[Finding]:
    """In the order in which one would look: the versions, the folder, the database, the backups."""
    found = [*_versions(), *_folder(home)]
    try:
        start()
        with everything(home) as sight:
            found += _database(home, sight)
    except SiteTrouble as trouble:
        found.append(Finding("database", Level.TROUBLE, str(trouble)))
    except psycopg.OperationalError as error:
        words = f"База данных не отвечает: {str(error).splitlines()[0]}"
        found.append(Finding("database", Level.TROUBLE, words, _way_to_the_database(home)))
    try:
        return found + list(_backups(home, now))
    except SiteTrouble as trouble:
        return [*found, Finding("journal", Level.TROUBLE, str(trouble))]


def _finding(name: str, good: bool, words: str, mend: str, otherwise: Level = Level.TROUBLE) -> Finding:
    return Finding(name, Level.FINE, words) if good else Finding(name, otherwise, words, mend)


# ── versions, folder ────────────────────────────────────────────────────────────────────────────────────────────────


def _versions() -> Iterator[Finding]:
    yield Finding("opora", Level.FINE, f"Опора {__version__}, Python {platform.python_version()}")


def _folder(home: Home) -> Iterator[Finding]:
    free = shutil.disk_usage(home.folder).free
    words = f"Свободно на диске: {free / 1e9:.1f} ГБ"
    yield _finding("disk", free >= LEAST_FREE, words, "Освободите место: без него база остановится")
    rights = stat.S_IMODE(home.secrets_file.stat().st_mode)
    closed = not rights & (stat.S_IRWXG | stat.S_IRWXO)
    words = "secrets.json читает только владелец" if closed else f"secrets.json открыт другим: права {rights:o}"
    yield _finding("secrets", closed, words, f"chmod 600 {home.secrets_file}")


# ── database ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _way_to_the_database(home: Home) -> str:
    if home.cluster:
        return (
            f"Причина — в «{home.cluster.log}». Если не подошёл пароль, верните прежний «{home.secrets_file}» или "
            "восстановите установку из копии"
        )
    return "Проверьте сервер PostgreSQL и адреса в DATABASE_URL и DATABASE_OWNER_URL (или в opora.toml)"


def _database(home: Home, sight: Sight) -> Iterator[Finding]:
    connection = sight.connection
    server = connection.info.server_version
    whose = "встроенный" if home.cluster else "свой сервер"
    words = f"PostgreSQL {server // 10_000}.{server % 10_000}, {whose}"
    known = f"Опора знает PostgreSQL {KNOWN_SERVERS[0]}–{KNOWN_SERVERS[-1]}"
    yield _finding("postgres", server // 10_000 in KNOWN_SERVERS, words, known)
    yield _migrations(connection)
    yield _protected(connection)
    yield _role(connection, home)
    yield from _application(home)
    yield _synthetic(connection)


def _migrations(connection: psycopg.Connection) -> Finding:
    if newer := migrations.unknown(migrations.recorded(connection)):
        words = f"База новее этой Опоры: изменений таблиц, которых она не знает, — {len(newer)}"
        return Finding("migrations", Level.TROUBLE, words, "Верните ту версию Опоры, которая с этой базой работала")
    lacking = migrations.pending()
    words = f"Таблицы не обновлены: не сделано шагов — {lacking}" if lacking else "Таблицы соответствуют этой версии"
    return _finding("migrations", not lacking, words, "opora init")


def _protected(connection: psycopg.Connection) -> Finding:
    """Every table that says whose its rows are, and those of persons."""
    query = (
        "SELECT table_name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND column_name = 'municipality_id' ORDER BY 1"
    )
    protected = protection(connection)
    names = [str(row[0]) for row in connection.execute(query)]
    open_ones = [name for name in names if not (protected[name].forced and protected[name].enabled)]
    words = f"Защита строк включена: таблиц {len(names)}"
    if open_ones:
        words = f"Защита строк не включена: {', '.join(open_ones)}"
    return _finding(
        "row_security", not open_ones, words, "Восстановите базу из копии: так её могли изменить только вручную"
    )


def _role(connection: psycopg.Connection, home: Home) -> Finding:
    application, owner = home.application()["user"], home.owner()["user"]
    row = connection.execute(
        "SELECT rolsuper, rolbypassrls, "
        "pg_has_role(oid, (SELECT oid FROM pg_roles WHERE rolname = %(owner)s), 'MEMBER'), "
        "EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid), "
        "EXISTS (SELECT FROM pg_class l WHERE l.relnamespace = 'public'::regnamespace "
        "AND l.relname IN ('trail', 'card_reading', 'seal', 'sealed_payload') "
        "AND has_table_privilege(r.oid, l.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')) "
        "FROM pg_roles r WHERE rolname = %(application)s",
        {"owner": owner, "application": application},
    ).fetchone()
    if row is None:
        words = f"Роли приложения {application} на сервере нет"
        return Finding("role", Level.TROUBLE, words, "Заведите её (docs/deploy.md) и выполните opora init")
    found = [words for wrong, words in zip(row, _WRONGS, strict=True) if wrong]
    words = f"Роль приложения {application}: " + (", ".join(found) or "ни владелец, ни суперпользователь")
    return _finding("role", not found, words, "Заведите приложению отдельную роль без этих прав (docs/deploy.md)")


def _application(home: Home) -> Iterator[Finding]:
    """Only where it does not get in: the rest was asked as the owner."""
    try:
        require_application(home)
    except SiteTrouble as trouble:
        yield Finding("application", Level.TROUBLE, str(trouble))


def _synthetic(connection: psycopg.Connection) -> Finding:
    row = connection.execute("SELECT count(*) FROM public.source WHERE synthetic").fetchone()
    count = row[0] if row else 0
    words = f"В реестре есть условные данные: загрузок {count}" if count else "Условных данных в реестре нет"
    return _finding("synthetic", not count, words, "Не выдавайте числа этой установки за настоящие", Level.WARNING)


# ── backups ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _backups(home: Home, now: dt.datetime) -> Iterator[Finding]:
    journal = Journal.of(home)
    last = journal.backup
    if last is None:
        yield Finding("backup", Level.TROUBLE, "Резервных копий ещё нет", "opora backup ПАПКА — и по расписанию")
    else:
        words = f"Последняя копия: {_when(last.made_at)}, {last.path}, {last.size / 1e6:.1f} МБ"
        yield _finding("backup", now - last.made_at < FRESH_BACKUP, words, "Копия старая: проверьте расписание")
        if not last.path.exists():
            mend = "Верните её, подключите диск с копиями или сделайте новую: opora backup ПАПКА"
            yield Finding("backup_file", Level.WARNING, "Этой копии на месте нет", mend)
    saved = journal.key_saved
    words = f"Ключ копий сохранён: {saved:%d.%m.%Y}" if saved else "Ключ копий есть только на этом компьютере"
    mend = "opora backup-key ФАЙЛ — и унесите файл: без него копия не откроется"
    yield _finding("backup_key", saved is not None, words, mend, Level.WARNING)
    yield _drilled(journal, now)


def _drilled(journal: Journal, now: dt.datetime) -> Finding:
    if not journal.drills:
        return Finding("drill", Level.WARNING, "Учебного восстановления ещё не было", "opora drill")
    last = journal.drills[-1]
    if last.trouble:
        return Finding("drill", Level.TROUBLE, f"Учебное восстановление {_when(last.at)} не удалось", last.trouble)
    words = f"Учебное восстановление: {_when(last.at)}, за {last.seconds:.0f} с, показателей сверено: {last.compared}"
    return _finding("drill", now - last.at < FRESH_DRILL, words, "Давно: проверьте расписание", Level.WARNING)


def _when(moment: dt.datetime) -> str:
    return f"{moment.astimezone():%d.%m.%Y %H:%M}"
