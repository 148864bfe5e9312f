"""The key of an installation's backups: whoever has it reads them, and nobody else can make one that it takes."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyrage import x25519

from opora.site.home import Home
from opora.upkeep.trouble import Unfit

SECRET = "AGE-SECRET-KEY-"


@dataclass(frozen=True)
class Key:
    """An age identity. Archives are encrypted to its public half, and sealed with what only its owner can derive, so
    that an archive made by somebody who has learnt the public half is not restored."""

    secret: str

    @classmethod
    def of(cls, home: Home) -> Key:
        return cls(home.secret("backup"))

    @classmethod
    def read(cls, path: Path) -> Key:
        """From a file that ``written`` has made, or that holds the secret line alone."""
        lines = path.read_text("utf-8", errors="replace").split()
        found = [word for word in lines if word.startswith(SECRET)]
        try:
            x25519.Identity.from_str(found[0] if len(found) == 1 else "")
        except Exception:  # pyrage's own, which has no public base
            raise Unfit(f"В файле «{path}» нет ключа резервных копий: строки, которая начинается с {SECRET}") from None
        return cls(found[0])

    @cached_property
    def identity(self) -> x25519.Identity:
        return x25519.Identity.from_str(self.secret)

    @property
    def name(self) -> str:
        """Tells keys from each other, and gives none away."""
        return hashlib.sha256(str(self.identity.to_public()).encode()).hexdigest()[:8]

    def seal(self, text: bytes) -> str:
        sealing = hmac.digest(self.secret.encode(), b"opora: seal of a backup", "sha256")
        return hmac.new(sealing, text, "sha256").hexdigest()

    def written(self, today: dt.date) -> str:
        """A file that the program age takes too."""
        return (
            f"# Ключ резервных копий Опоры {self.name}, записан {today:%d.%m.%Y}.\n"
            "# Без него копии не открыть никому, с ним их откроет любой.\n"
            "# Держите его не там, где копии, и не на том компьютере, где Опора.\n"
            f"# public key: {self.identity.to_public()}\n"
            f"{self.secret}\n"
        )


def write_key(key: Key, path: Path, today: dt.date) -> None:
    """Readable by its owner alone. A file that is there stays: it may be the only copy of another key."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(key.written(today))
        file.flush()
        os.fsync(file.fileno())
