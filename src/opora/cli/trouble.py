"""An error as a person is told it: what is wrong, what to do, and the exit code. No traceback, unless asked for."""

from __future__ import annotations

import errno
import os
import traceback

import click

from opora.cli import codes

DEBUG = "OPORA_DEBUG"
REPORT = (
    f"Это ошибка Опоры, а не ваша. Повторите команду с переменной окружения {DEBUG}=1 и пришлите разработчикам всё, "
    "что она напечатает; данных о людях не присылайте"
)
_SYSTEM = {
    errno.ENOSPC: "На диске кончилось место",
    errno.EDQUOT: "Исчерпана квота диска",
    errno.EACCES: "Нет прав, или файл открыт в другой программе",
    errno.EPERM: "Нет прав",
    errno.ENOTDIR: "Это файл, а нужна папка",
    errno.EROFS: "Диск доступен только для чтения",
    errno.EIO: "Диск или сеть не отвечают",
    errno.EMFILE: "Открыто слишком много файлов",
    errno.ENAMETOOLONG: "Слишком длинное имя файла",
}
_DISK_FULL = "53100"
"""As PostgreSQL numbers it."""
_OPTIONAL = ("pysail", "pyspark", "grpc")


class Trouble(click.ClickException):
    """Not the user's fault, and known what it is."""

    exit_code = codes.TROUBLE


class Faulty(click.ClickException):
    """A fault in what the user has given."""

    exit_code = codes.FAULTS


def told(error: BaseException) -> int:
    """Tells of the error on stderr and returns the exit code."""
    if _is_interruption(error):
        click.echo("Прервано: недописанного не осталось", err=True)
        return codes.INTERRUPTED
    if os.environ.get(DEBUG) and not isinstance(error, click.ClickException):
        click.echo("".join(traceback.format_exception(error)), err=True)
    known = as_told(error)
    known.show()
    return known.exit_code


def as_told(error: BaseException) -> click.ClickException:
    """The error with a message for the user."""
    if isinstance(error, click.ClickException):
        return error
    if isinstance(error, ModuleNotFoundError) and error.name and error.name.partition(".")[0] in _OPTIONAL:
        return Trouble("Этот движок не установлен: pip install 'opora[spark]'")
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryException":
        return Trouble("Не хватило памяти: закройте лишние программы или считайте на другой машине")
    if isinstance(error, OSError):
        return Trouble(_system_words(error))
    return _of_opora(error) or Trouble(f"{type(error).__name__}: {_first_line(error)}. {REPORT}")


def _of_opora(error: BaseException) -> click.ClickException | None:
    from opora.indicators.dataset.faults import DatasetFaults
    from opora.indicators.engine.backends import NoAnswer
    from opora.programmes.faults import ProgrammeFaults
    from opora.programmes.load import NoSuchProgramme
    from opora.site.trouble import SiteTrouble
    from opora.snapshot.trouble import Dangling, NoSuchTerritory
    from opora.upkeep.trouble import Unfit

    if isinstance(error, DatasetFaults):
        return Faulty("\n".join(str(fault) for fault in error.faults))
    if isinstance(error, ProgrammeFaults):
        return Faulty("\n".join(str(fault) for fault in error.faults))
    if isinstance(error, Unfit):
        return Faulty(str(error))
    if isinstance(error, (NoSuchProgramme, NoSuchTerritory)):
        return click.UsageError(str(error))
    if isinstance(error, (NoAnswer, SiteTrouble, Dangling)):
        return Trouble(str(error))
    if of_database := _of_database(error):
        return of_database
    if type(error).__module__.partition(".")[0] in _OPTIONAL:
        return Trouble(f"Движок не справился: {_first_line(error)}")
    return None


def _of_database(error: BaseException) -> Trouble | None:
    """Django's errors and the driver's own, without importing either."""
    kinds = {kind.__name__ for kind in type(error).__mro__ if kind.__module__.startswith(("django.db", "psycopg"))}
    if not kinds & {"OperationalError", "InterfaceError"}:
        return None
    from opora.site.embedded import NO_ROOM
    from opora.site.home import Home

    cluster = Home.current().cluster
    if getattr(error.__cause__ or error, "sqlstate", None) == _DISK_FULL or (cluster and cluster.short_of_room):
        return Trouble(NO_ROOM)
    return Trouble(f"База данных не отвечает; ничего не записано. {_first_line(error)}")


def _is_interruption(error: BaseException) -> bool:
    """DuckDB has its own way to say that Ctrl+C was pressed."""
    interrupted = isinstance(error, RuntimeError) and "interrupt" in str(error).lower()
    return isinstance(error, (KeyboardInterrupt, click.Abort)) or interrupted


def _system_words(error: OSError) -> str:
    words = _SYSTEM.get(error.errno or 0) or f"Система отказала: {error.strerror or error}"
    return f"{words}: «{error.filename}»" if error.filename else words


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).splitlines()), "") or "без пояснений"
