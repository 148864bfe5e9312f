"""A programme by its key or from a file."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from opora.programmes.check import examine
from opora.programmes.faults import ProgrammeFaults, perhaps
from opora.programmes.model import Programme
from opora.programmes.tree import read_file

_HERE = Path(str(files(__package__)))


class NoSuchProgramme(LookupError):
    """Neither a key of a programme that Opora brings with it, nor a file; the message is for the user."""


def available() -> list[str]:
    """Keys of the programmes that Opora brings with it, in the order of the alphabet."""
    return sorted(path.stem for path in _HERE.glob("*.yaml"))


def programme_path(path_or_key: Path | str) -> Path:
    """The file behind a key; a path is given back as it is. Raises ``NoSuchProgramme``."""
    if str(path_or_key) in available():
        return _HERE / f"{path_or_key}.yaml"
    path = Path(path_or_key)
    if path.is_file():
        return path
    known = available()
    message = f"Нет ни программы, ни файла «{path_or_key}»{perhaps(str(path_or_key), known)}. Есть: {', '.join(known)}"
    raise NoSuchProgramme(message)


def load_programme(path_or_key: Path | str) -> Programme:
    """The programme, checked as a whole.

    Raises ``NoSuchProgramme``, or ``ProgrammeFaults`` with everything that is wrong in the file.
    """
    examined = examine(read_file(programme_path(path_or_key)))
    if examined.programme is None:
        raise ProgrammeFaults(examined.faults)
    return examined.programme
