"""The folder of an installation: its settings, its secrets, its database."""

from __future__ import annotations

import json
import os
import re
import secrets
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict
from pyrage import x25519

from opora.site.embedded import SUPERUSER, Cluster
from opora.site.trouble import SiteTrouble

DATABASE = OWNER = "opora"
"""Name of the embedded database, and of the role that owns the tables and carries out migrations."""
APPLICATION = "opora_app"
"""The role in which Opora works: subject to row-level security, and unable to change the trail."""

DATABASE_SECRETS = ("superuser", "owner", "application")
"""Passwords of the embedded PostgreSQL: of no use anywhere else."""
_token = partial(secrets.token_urlsafe, 32)
_SECRETS: Mapping[str, Callable[[], str]] = {
    "django": partial(secrets.token_urlsafe, 48),
    **dict.fromkeys(DATABASE_SECRETS, _token),
    "backup": lambda: str(x25519.Identity.generate()),
    # Of what is kept encrypted within the database.
    "personal": _token,
}
_OPENID = ("title", "server", "client", "secret")
_SECTIONS = ("database", "server", "openid")
_BRING_BACK = (
    "Верните прежний файл или восстановите установку из резервной копии: "
    "opora restore КОПИЯ --into НОВАЯ-ПАПКА --key КЛЮЧ"
)
_SETTINGS = """\
# Установка Опоры. После правки перезапустите Опору.

[database]
# Пусто — встроенный PostgreSQL в этой папке. Свой сервер: "postgresql://пользователь:пароль@сервер/база".
# Переменные окружения DATABASE_URL и DATABASE_OWNER_URL важнее.
url = ""
# От чьего имени меняется устройство базы. Это должна быть другая роль, чем в url.
owner_url = ""

[server]
# Адрес, который набирают в браузере: "https://opora.example.ru". Пусто — проба: Опора открывается только на этой
# машине. Переменная окружения OPORA_ADDRESS важнее.
address = ""

# Вход через свой сервер учётных записей (OpenID Connect), кроме входа по паролю. Новых пользователей он не заводит:
# адрес почты должен быть уже известен Опоре и подтверждён тем сервером.
# [openid]
# title = "Учётная запись округа"
# server = "https://id.example.ru/realms/okrug"
# client = "opora"
# secret = "…"
"""


@dataclass(frozen=True)
class Home:
    """An installation. Nothing is made or started by looking at it."""

    folder: Path
    aside: bool = False
    """Beside the one in use: the addresses in the environment are not for it."""

    @classmethod
    def current(cls) -> Home:
        """OPORA_HOME, else ``opora-home`` in the folder where we are."""
        return cls(Path(os.environ.get("OPORA_HOME") or "opora-home").absolute())

    @property
    def exists(self) -> bool:
        return self.secrets_file.exists()

    def require(self) -> None:
        self.refuse_lost_secrets()
        if not self.exists:
            raise SiteTrouble(
                f"В папке «{self.folder}» нет установки Опоры: выполните opora init или укажите другую в OPORA_HOME"
            )

    def refuse_lost_secrets(self) -> None:
        """Others would open neither the database nor what is encrypted in it, and would take the place of the key to
        the backups."""
        if not self.exists and self._embedded.exists:
            raise SiteTrouble(
                f"В папке «{self.folder}» есть база данных, а файла secrets.json, без которого её не открыть, нет. "
                + _BRING_BACK
            )

    def create(self) -> None:
        """Makes the folder, its settings and secrets; what is there is kept, and what a newer Opora needs is added."""
        self.refuse_lost_secrets()
        self.folder.mkdir(mode=0o711, parents=True, exist_ok=True)
        if not self.settings_file.exists():
            self.settings_file.write_text(_SETTINGS, "utf-8")
        kept = self.secrets() if self.exists else {}
        if missing := {name: make() for name, make in _SECRETS.items() if name not in kept}:
            self.keep_secrets(kept | missing)

    @property
    def settings_file(self) -> Path:
        return self.folder / "opora.toml"

    @property
    def secrets_file(self) -> Path:
        return self.folder / "secrets.json"

    @property
    def files(self) -> Path:
        """Where the files lie that people have sent in."""
        return self.folder / "files"

    @cached_property
    def _settings(self) -> dict[str, Any]:
        try:
            read = tomllib.loads(self.settings_file.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except ValueError as error:  # of TOML, or of the encoding
            raise SiteTrouble(f"Не удалось прочитать «{self.settings_file}»: {error}") from error
        if wrong := [name for name in _SECTIONS if not isinstance(read.get(name, {}), dict)]:
            written = ", ".join(f"[{name}]" for name in wrong)
            raise SiteTrouble(f"В файле «{self.settings_file}» это должны быть разделы: {written}")
        return read

    def secret(self, name: str) -> str:
        try:
            return self.secrets()[name]
        except KeyError:
            raise SiteTrouble(
                f"В файле «{self.secrets_file}» нет ключа «{name}». Если он там был, верните прежний файл; если нет, "
                "его создаст opora init"
            ) from None

    def secrets(self) -> dict[str, str]:
        try:
            read = json.loads(self.secrets_file.read_text("utf-8"))
        except ValueError:  # of JSON, or of the encoding
            read = None
        if not isinstance(read, dict):
            raise SiteTrouble(f"Файл «{self.secrets_file}», в котором ключи и пароли, повреждён. {_BRING_BACK}")
        return read

    def keep_secrets(self, all_of_them: Mapping[str, str]) -> None:
        _write_private(self.secrets_file, json.dumps(dict(all_of_them)))

    # ── server ──────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def address(self) -> str:
        """``https://…`` under which people open Opora, no slash at the end; empty for a trial on this machine."""
        given = os.environ.get("OPORA_ADDRESS") or str(self._settings.get("server", {}).get("address", ""))
        if given and not re.fullmatch(r"https://[^/\s]+/?", given):
            raise SiteTrouble(f"Адрес сервера «{given}» должен быть вида https://opora.example.ru, без пути")
        return given.rstrip("/")

    @property
    def time_zone(self) -> str:
        """In which days begin and times are told, as the IANA names it."""
        given = str(self._settings.get("server", {}).get("time_zone", "Europe/Moscow"))
        if given not in available_timezones():
            raise SiteTrouble(
                f"Часового пояса «{given}» нет (файл «{self.settings_file}»). Впишите, например, time_zone = "
                '"Asia/Yekaterinburg"'
            )
        return given

    @property
    def openid(self) -> dict[str, str]:
        """``title``, ``server``, ``client`` and ``secret`` of somebody else's sign-in; empty if there is none."""
        given = self._settings.get("openid", {})
        missing = [name for name in _OPENID if not given.get(name)]
        if given and missing:
            raise SiteTrouble(f"В разделе [openid] файла «{self.settings_file}» не хватает: {', '.join(missing)}")
        return {name: str(given[name]) for name in _OPENID} if given else {}

    # ── database ────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def cluster(self) -> Cluster | None:
        """The embedded PostgreSQL; None where one's own server is used."""
        return None if self._url("url", "DATABASE_URL") else self._embedded

    @property
    def _embedded(self) -> Cluster:
        return Cluster(self.folder / "postgres")

    def application(self) -> dict[str, str]:
        """Where and as whom Opora works: ``host``, ``port``, ``dbname``, ``user``, ``password`` and what else the
        address says, in libpq's words."""
        return self._connection("url", "DATABASE_URL", APPLICATION, "application")

    def owner(self) -> dict[str, str]:
        """Where and as whom migrations are carried out."""
        own = self._url("owner_url", "DATABASE_OWNER_URL")
        return _parsed(own) if own else self._connection("url", "DATABASE_URL", OWNER, "owner")

    def superuser(self, database: str = DATABASE) -> dict[str, str]:
        """Of the embedded PostgreSQL: whom row-level security does not hold."""
        assert self.cluster is not None
        return self.cluster.connection() | {
            "dbname": database,
            "user": SUPERUSER,
            "password": self.secret("superuser"),
        }

    def _connection(self, name: str, variable: str, role: str, secret: str) -> dict[str, str]:
        if self.cluster is None:
            return _parsed(self._url(name, variable))
        return self.cluster.connection() | {"dbname": DATABASE, "user": role, "password": self.secret(secret)}

    def _url(self, name: str, variable: str) -> str:
        told = "" if self.aside else os.environ.get(variable)
        return told or str(self._settings.get("database", {}).get(name, ""))


def _parsed(url: str) -> dict[str, str]:
    """The address itself is not told: there is a password in it."""
    try:
        words = {name: str(value) for name, value in conninfo_to_dict(url).items()}
    except ProgrammingError:
        words = {}
    if not words.keys() >= {"user", "dbname"}:
        raise SiteTrouble(
            "Непонятный адрес базы данных (DATABASE_URL, DATABASE_OWNER_URL или opora.toml): "
            "он должен быть вида postgresql://роль:пароль@сервер/база"
        )
    return words


def _write_private(path: Path, text: str) -> None:
    """Never readable by others, not even for a moment; and whole or not at all."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    fresh.rename(path)
